package cn.kangka.api.queue;

import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where the next one is called to. */
public record NextRequest(
        @Schema(description = "what the board and the person are told, such as the room's number", examples = "3")
        @Size(max = 20)
        String room) {}
