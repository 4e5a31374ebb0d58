package cn.kangka.empi.matching.model;

/**
 * @param link probability from which two records join, 0 to 1
 * @param review probability from which a pair that did not join is shown to a human, 0 to 1
 * @param support bits that the members of two clusters must agree by on average before the clusters join
 * @param conflict bits of disagreement of a single pair from which two clusters never join
 */
public record Thresholds(double link, double review, double support, double conflict) {
    /** The same with another probability for joining. */
    public Thresholds withLink(double probability) {
        return new Thresholds(probability, Math.min(review, probability), support, conflict);
    }
}
