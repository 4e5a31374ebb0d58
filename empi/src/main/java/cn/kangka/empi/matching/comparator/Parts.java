package cn.kangka.empi.matching.comparator;

/** Comparators of fields that read several columns. */
final class Parts {
    private Parts() {}

    private record Two(Text first, Text second) {}

    /**
     * First and second column changed places, as when a given name stands in the surname's column; the similarity is the
     * smaller Jaro–Winkler similarity of the two crossed comparisons.
     */
    static final class Swapped implements FieldComparator {
        private static final JaroWinkler LIKENESS = new JaroWinkler();

        @Override
        public Object prepare(String[] parts) {
            return parts.length < 2 || parts[1] == null ? null : new Two(Text.of(parts[0]), Text.of(parts[1]));
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            Two left = (Two) one;
            Two right = (Two) other;
            double crossed = LIKENESS.similarity(left.first, right.second, atLeast);
            return crossed < atLeast
                    ? UNLIKE
                    : Math.min(crossed, LIKENESS.similarity(left.second, right.first, atLeast));
        }
    }

    /** One of the columns holds what the other record has in the other column; the larger crossed similarity. */
    static final class Crossed implements FieldComparator {
        private static final JaroWinkler LIKENESS = new JaroWinkler();
        private static final Text NONE = Text.of("");

        @Override
        public Object prepare(String[] parts) {
            return new Two(Text.of(parts[0]), parts.length < 2 || parts[1] == null ? NONE : Text.of(parts[1]));
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            Two left = (Two) one;
            Two right = (Two) other;
            return Math.max(crossed(left.first, right.second, atLeast), crossed(left.second, right.first, atLeast));
        }

        private static double crossed(Text one, Text other, double atLeast) {
            return one.length() == 0 || other.length() == 0 ? UNLIKE : LIKENESS.similarity(one, other, atLeast);
        }
    }

    /** The column of that number is the same: 1. */
    record SamePart(int number) implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            return parts.length < number ? null : parts[number - 1];
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            return one.equals(other) ? 1 : UNLIKE;
        }
    }

    /**
     * A number (first column) of a kind (second column): 1 when both are the same. Numbers of different kinds say nothing
     * about each other.
     */
    static final class TypedId implements FieldComparator {
        private record Typed(String type, String number) {}

        @Override
        public Object prepare(String[] parts) {
            return new Typed(parts.length < 2 || parts[1] == null ? "" : parts[1], parts[0]);
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            Typed left = (Typed) one;
            Typed right = (Typed) other;
            if (!left.type.equals(right.type)) {
                return INCOMPARABLE;
            }
            return left.number.equals(right.number) ? 1 : UNLIKE;
        }
    }
}
