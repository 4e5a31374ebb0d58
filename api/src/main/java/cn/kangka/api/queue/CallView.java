package cn.kangka.api.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who is called. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallView(
        @Schema(description = "absent when nobody waits") Called called,
        @Schema(description = "how many wait now") int waiting) {

    /** One call. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Called(
            @Schema(description = "the booking, as the hospital has it from its order")
            UUID appointment,

            @Schema(examples = "B07") String number,
            String room,
            OffsetDateTime at) {}

    static CallView of(Ticket ticket, QueueSnapshot queue) {
        return new CallView(
                ticket == null
                        ? null
                        : new Called(ticket.appointment(), ticket.number(), ticket.room(), ticket.calledAt()),
                queue.waiting().size());
    }
}
