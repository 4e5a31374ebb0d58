package cn.kangka.empi.matching.blocking;

/** Is shown pairs of records. */
@FunctionalInterface
public interface PairVisitor {
    /**
     * @param one the smaller number
     * @param first whether no earlier pass finds this pair
     */
    void pair(int one, int other, boolean first);
}
