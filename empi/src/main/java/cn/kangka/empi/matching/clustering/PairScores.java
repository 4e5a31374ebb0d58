package cn.kangka.empi.matching.clustering;

/** Scores of pairs of records, by the numbers that the caller gives them. */
@FunctionalInterface
public interface PairScores {
    /** The score of a pair that must not be in one cluster, whatever else speaks for it. */
    double FORBIDDEN = Double.NEGATIVE_INFINITY;

    /** The score in bits, or {@link #FORBIDDEN}. */
    double score(int one, int other);
}
