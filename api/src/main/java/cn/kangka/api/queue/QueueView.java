package cn.kangka.api.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where a booking stands at the clinic.
 *
 * @param number on the ticket: a letter for the band, then the order of check-in within it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Where a booking stands at the clinic")
public record QueueView(
        UUID appointment,
        UUID session,

        @Schema(
                description =
                        "EARLY: before check-in opens; OPEN: one may check in; LATE: the band is over, who checks in now"
                                + " goes behind everybody; WAITING, CALLED, PASSED (called, and did not come), DONE; CLOSED: nothing"
                                + " more to do here")
        State state,

        @Schema(examples = "B07") String number,

        @Schema(description = "how many are called before; while WAITING")
        Integer ahead,

        @Schema(description = "estimated minutes until the call; while WAITING, absent when nothing tells")
        Long minutes,

        @Schema(description = "where one is called to", examples = "3")
        String room,

        OffsetDateTime calledAt,
        @Schema(description = "from when one may check in") OffsetDateTime opensAt,

        @Schema(description = "until when; later one goes behind everybody, or has missed it")
        OffsetDateTime closesAt,

        @Schema(description = "until when who is late may come; absent when that is not possible")
        OffsetDateTime lateUntil,

        @Schema(description = "how often one may still be put behind others after not coming")
        int requeuesLeft,

        @Schema(description = "behind how many others") int requeueBehind) {

    /** Where. */
    public enum State {
        EARLY,
        OPEN,
        LATE,
        WAITING,
        CALLED,
        PASSED,
        DONE,
        CLOSED
    }

    /** Nothing more will change. */
    boolean over() {
        return state == State.DONE || state == State.CLOSED;
    }
}
