package cn.kangka.empi.linking;

import java.util.UUID;

/**
 * A person that somebody may be.
 *
 * @param probability that they are one human, 0–1, by the pair of records of which there is most evidence
 */
public record Match(UUID person, double probability, Grade grade) {
    /** FHIR's match-grade. */
    public enum Grade {
        /** A registration would join it by itself, and nobody else is likely enough. */
        CERTAIN,
        /** Likely enough to link, but something speaks against it, or others are as likely. */
        PROBABLE,
        /** Likely enough to ask a human. */
        POSSIBLE
    }
}
