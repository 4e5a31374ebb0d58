package cn.kangka.empi.matching.comparator;

/**
 * One way to compare two values. Symmetric, without state; a value is as similar to itself as can be, unless {@link
 * #prepare} found nothing to compare in it.
 */
public interface FieldComparator {
    /** What {@link #similarity} returns for values that have nothing in common. */
    double UNLIKE = -1000;

    /** What {@link #similarity} returns for values of different kinds, which say nothing about each other. */
    double INCOMPARABLE = Double.NaN;

    /**
     * What comparisons need of a value, computed once.
     *
     * @param parts the columns of the field, normalised; the first is never null, others are null when absent
     * @return null when the value has nothing to compare
     */
    Object prepare(String[] parts);

    /**
     * How alike two prepared values are; the scale is the comparator's own, more is more alike.
     *
     * @param atLeast what the caller is interested in: anything smaller may be returned as {@link #UNLIKE}
     */
    double similarity(Object one, Object other, double atLeast);
}
