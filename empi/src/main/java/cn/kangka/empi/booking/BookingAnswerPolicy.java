package cn.kangka.empi.booking;

import cn.kangka.empi.hl7.Hl7Message;
import java.util.Locale;
import java.util.Set;

/** What an answer decides, by who fills the appointment. */
final class BookingAnswerPolicy {
    private static final String SCHEDULE_RESPONSE = "SRR";

    /** Filler status codes (SCH-25, table 0278) by which a hospital takes back what MSA-1 took. */
    private static final Set<String> TAKEN_BACK = Set.of("CANCELLED", "DELETED", "BLOCKED", "DISCONTINUED", "NOSHOW");

    private static final Set<String> UNDECIDED = Set.of("PENDING", "WAITLIST");

    private BookingAnswerPolicy() {}

    /**
     * What a hospital is only told of, its acknowledgement takes or leaves.
     *
     * @param hospitalFills whether the hospital's SRR decides; else its acknowledgement does, because our pool is the truth
     * @param accepted whether MSA-1 took it
     */
    static BookingOutcome outcome(
            boolean hospitalFills, BookingOrder.Action action, boolean accepted, Hl7Message answer) {
        if (!accepted) {
            return BookingOutcome.REFUSED;
        }
        if (!hospitalFills || !action.asks()) {
            return BookingOutcome.ACCEPTED;
        }
        return answer.code().equals(SCHEDULE_RESPONSE)
                ? scheduled(action, fillerStatus(answer))
                : BookingOutcome.PENDING;
    }

    private static BookingOutcome scheduled(BookingOrder.Action action, String status) {
        if (UNDECIDED.contains(status)) {
            return BookingOutcome.PENDING;
        }
        return action == BookingOrder.Action.BOOK && TAKEN_BACK.contains(status)
                ? BookingOutcome.REFUSED
                : BookingOutcome.ACCEPTED;
    }

    private static String fillerStatus(Hl7Message answer) {
        return answer.segment("SCH")
                .map(schedule -> schedule.value(25).toUpperCase(Locale.ROOT))
                .orElse("");
    }
}
