package cn.kangka.api.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the screen in a waiting room shows: numbers, nobody.
 *
 * @param open false when the clinic was stopped
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BoardView(
        UUID session,
        boolean open,

        @Schema(description = "who is called and was not seen yet, the last call first")
        List<Call> called,

        @Schema(description = "who comes next, in order") List<String> next,
        @Schema(description = "how many wait") int waiting,

        @Schema(description = "who was called and did not come")
        List<String> passed) {

    /** A number that is called. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Call(
            @Schema(examples = "B07") String number,
            @Schema(examples = "3") String room,
            OffsetDateTime at) {}
}
