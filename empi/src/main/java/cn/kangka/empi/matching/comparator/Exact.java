package cn.kangka.empi.matching.comparator;

/** The same text: 1, else {@link #UNLIKE}. */
final class Exact implements FieldComparator {
    @Override
    public Object prepare(String[] parts) {
        return parts[0];
    }

    @Override
    public double similarity(Object one, Object other, double atLeast) {
        return one.equals(other) ? 1 : UNLIKE;
    }
}
