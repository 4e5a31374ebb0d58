package cn.kangka.empi.matching.model;

import cn.kangka.empi.matching.comparator.FieldComparator;

/**
 * One level of agreement of a field.
 *
 * @param name as the model names it, such as {@code jaro-winkler 0.92}
 * @param comparator what is compared; null for the last level, which takes what is left
 * @param atLeast the similarity from which it holds
 * @param mayBeUnobserved whether it takes the weight of the level below it when training never saw it; otherwise such
 *     parameters are refused
 * @param line where it stands in the model
 */
public record Level(String name, FieldComparator comparator, double atLeast, boolean mayBeUnobserved, int line) {
    /** The name of the level that takes what no other took. */
    public static final String ELSE = "else";

    static Level rest(int line) {
        return new Level(ELSE, null, 0, true, line);
    }
}
