package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import java.util.ArrayList;
import java.util.List;

/** The pairs of patients that a message speaks of, in order: PID with MRG, or PID with PID. */
final class ChartPairs {
    /**
     * A pair.
     *
     * @param pid the patient that stays, or the first one
     * @param sequence which PID of the message it is
     * @param other the other patient's ids
     * @param location where those stand
     */
    record Pair(Segment pid, int sequence, List<Repetition> other, String location) {}

    private ChartPairs() {}

    /** Every PID that is followed by an MRG. */
    static List<Pair> merges(Hl7Message message) {
        List<Pair> pairs = new ArrayList<>();
        Segment pid = null;
        int sequence = 0;
        for (Segment segment : message.segments()) {
            if ("PID".equals(segment.name())) {
                pid = segment;
                sequence++;
            } else if ("MRG".equals(segment.name()) && pid != null) {
                pairs.add(new Pair(pid, sequence, segment.repetitions(1), "MRG^" + (pairs.size() + 1) + "^1"));
            }
        }
        return required(pairs, "MRG^1", "there is no PID followed by an MRG");
    }

    /** The first PID with each that follows. */
    static List<Pair> twoPatients(Hl7Message message) {
        List<Segment> all = message.segments("PID");
        List<Pair> pairs = new ArrayList<>();
        for (int i = 1; i < all.size(); i++) {
            pairs.add(new Pair(all.get(0), 1, all.get(i).repetitions(3), "PID^" + (i + 1) + "^3"));
        }
        return required(pairs, "PID^2", "there is no second PID");
    }

    private static List<Pair> required(List<Pair> pairs, String location, String text) {
        if (pairs.isEmpty()) {
            throw new LinkingRefusedException(Hl7Refusal.error(Hl7Refusal.SEGMENT_SEQUENCE, location, text));
        }
        return pairs;
    }
}
