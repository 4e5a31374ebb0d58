package cn.kangka.empi.matching.comparator;

import cn.kangka.empi.identity.ResidentId;

/**
 * Comparators of resident ids (GB 11643, normalised to 18 characters). The check character is evidence: it finds every
 * single mistyped digit, so that a valid id beside an invalid one that is one slip away is a typing error, and two
 * different valid ids are two humans.
 */
final class ResidentIds {
    private static final String TYPE = "RESIDENT_ID";
    private static final DamerauLevenshtein EDITS = new DamerauLevenshtein();

    private ResidentIds() {}

    private record Id(String number, Text text, boolean valid) {}

    /** Only what a second column, if there is one, does not call something else. */
    private static Id read(String[] parts) {
        if (parts.length > 1 && parts[1] != null && !TYPE.equalsIgnoreCase(parts[1])) {
            return null;
        }
        return new Id(parts[0], Text.of(parts[0]), ResidentId.isValid(parts[0]));
    }

    /** At most one slip apart (a digit wrong, missing or too many, two neighbours swapped), and not two valid ids: 1. */
    static final class Typo implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            return read(parts);
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            Id left = (Id) one;
            Id right = (Id) other;
            if (left.valid && right.valid) {
                return left.number.equals(right.number) ? 1 : UNLIKE;
            }
            return EDITS.similarity(left.text, right.text, -1) >= -1 ? 1 : UNLIKE;
        }
    }

    /** Both valid and different: 1. Never holds for a value and itself. */
    static final class OtherHuman implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            Id id = read(parts);
            return id == null || !id.valid ? null : id;
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            return ((Id) one).number.equals(((Id) other).number) ? UNLIKE : 1;
        }
    }
}
