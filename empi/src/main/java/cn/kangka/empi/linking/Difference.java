package cn.kangka.empi.linking;

import java.util.UUID;

/**
 * What a shadow model would do otherwise about two identities.
 *
 * @param one identity with the smaller id, {@code other} the one with the greater
 * @param probability that they are one human, by the shadow, 0–1
 */
record Difference(UUID one, UUID other, Verdict verdict, double probability) {
    /** Join two persons, part one, ask a human anew, no longer ask. */
    enum Verdict {
        JOIN,
        PART,
        REVIEW,
        CLEAR
    }

    static Difference of(UUID subject, UUID with, Verdict verdict, double probability) {
        boolean first = subject.toString().compareTo(with.toString()) < 0;
        return new Difference(first ? subject : with, first ? with : subject, verdict, probability);
    }

    boolean isAbout(UUID left, UUID right) {
        return one.equals(left) && other.equals(right) || one.equals(right) && other.equals(left);
    }
}
