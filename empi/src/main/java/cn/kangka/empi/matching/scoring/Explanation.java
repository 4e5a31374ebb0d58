package cn.kangka.empi.matching.scoring;

import java.util.List;

/**
 * Why two records score as they do: the prior and the bits of all fields add up to the score.
 *
 * @param prior bits that every pair begins with
 */
public record Explanation(double prior, List<Reason> reasons) {
    public Explanation {
        reasons = List.copyOf(reasons);
    }

    /**
     * What one field says.
     *
     * @param level its level of agreement; empty when a value is missing
     * @param bits the weight of the level
     * @param frequency bits added because the value is rarer, or taken off because it is commoner, than usual
     */
    public record Reason(String field, String level, double bits, double frequency) {}

    /** The score in bits. */
    public double score() {
        double score = prior;
        for (Reason reason : reasons) {
            score += reason.bits() + reason.frequency();
        }
        return score;
    }

    /** The probability that they are one human, 0 to 1. */
    public double probability() {
        return Scorer.probability(score());
    }
}
