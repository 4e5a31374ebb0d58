package cn.kangka.api.queue;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whose turn it was. */
public record TicketRequest(
        @Schema(description = "the booking, as the call named it") @NotNull
        UUID appointment) {}
