package cn.kangka.empi.matching.record;

import cn.kangka.empi.matching.comparator.FieldComparator;
import cn.kangka.empi.matching.model.FieldModel;
import cn.kangka.empi.matching.model.KeyPart;
import cn.kangka.empi.matching.model.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A field at work: makes values of texts and says on which level two values agree. Immutable. */
public final class Field {
    /** The level of a pair that lacks a value, or whose values say nothing about each other. */
    public static final int MISSING = -1;

    private final FieldModel model;
    private final Pattern separator;
    private final FieldComparator[] comparators;
    private final double[] interesting;
    private final int[] comparatorOf;
    private final double[] atLeast;

    public Field(FieldModel model) {
        this.model = model;
        this.separator = model.separator() == null ? null : Pattern.compile(Pattern.quote(model.separator()));
        List<FieldComparator> distinct = new ArrayList<>();
        int compared = model.levels().size() - 1;
        comparatorOf = new int[compared];
        atLeast = new double[compared];
        for (int i = 0; i < compared; i++) {
            Level level = model.levels().get(i);
            if (!distinct.contains(level.comparator())) {
                distinct.add(level.comparator());
            }
            comparatorOf[i] = distinct.indexOf(level.comparator());
            atLeast[i] = level.atLeast();
        }
        comparators = distinct.toArray(FieldComparator[]::new);
        interesting = new double[comparators.length];
        Arrays.fill(interesting, Double.POSITIVE_INFINITY);
        for (int i = 0; i < compared; i++) {
            interesting[comparatorOf[i]] = Math.min(interesting[comparatorOf[i]], atLeast[i]);
        }
    }

    public FieldModel model() {
        return model;
    }

    /** How many levels it has, the last of which takes what is left. */
    public int levels() {
        return atLeast.length + 1;
    }

    /**
     * The value of a record.
     *
     * @param raw the columns of the field as they came; null for absent
     * @param number in the field's dictionary
     * @return null when it is missing
     */
    public Value value(String[] raw, int number) {
        String[] parts = normalised(raw);
        return parts == null ? null : of(parts, number);
    }

    /** The columns in one spelling; null when the first has nothing in it. */
    String[] normalised(String[] raw) {
        String[] parts = new String[raw.length];
        for (int i = 0; i < raw.length; i++) {
            String text = raw[i] == null ? "" : raw[i].strip();
            String normal = separator != null || text.isEmpty()
                    ? text
                    : model.normaliser().apply(text);
            parts[i] = normal.isEmpty() ? null : normal;
        }
        return parts[0] == null ? null : parts;
    }

    Value of(String[] parts, int number) {
        if (separator == null) {
            return single(parts, number, List.of());
        }
        List<Value> elements = new ArrayList<>();
        for (String element : separator.split(parts[0])) {
            String normal = element.isBlank() ? "" : model.normaliser().apply(element.strip());
            if (!normal.isEmpty()
                    && elements.stream().noneMatch(each -> each.text().equals(normal))) {
                elements.add(single(new String[] {normal}, Value.UNNUMBERED, List.of()));
            }
        }
        return elements.isEmpty() ? null : new Value(parts, new Object[0], number, elements);
    }

    private Value single(String[] parts, int number, List<Value> elements) {
        Object[] forms = new Object[comparators.length];
        for (int i = 0; i < forms.length; i++) {
            forms[i] = comparators[i].prepare(parts);
        }
        return new Value(parts, forms, number, elements);
    }

    /** The level of agreement, 0 the best; {@link #MISSING} when a value is null. */
    public int level(Value one, Value other) {
        if (one == null || other == null) {
            return MISSING;
        }
        return separator == null ? singleLevel(one, other) : bestLevel(one, other);
    }

    private int singleLevel(Value one, Value other) {
        int measured = -1;
        double similarity = 0;
        for (int i = 0; i < atLeast.length; i++) {
            int comparator = comparatorOf[i];
            if (comparator != measured) {
                measured = comparator;
                similarity = similarity(comparator, one, other);
                if (Double.isNaN(similarity)) {
                    return MISSING;
                }
            }
            if (similarity >= atLeast[i]) {
                return i;
            }
        }
        return atLeast.length;
    }

    private double similarity(int comparator, Value one, Value other) {
        Object left = one.form(comparator);
        Object right = other.form(comparator);
        return left == null || right == null
                ? FieldComparator.UNLIKE
                : comparators[comparator].similarity(left, right, interesting[comparator]);
    }

    private int bestLevel(Value one, Value other) {
        int best = levels();
        List<Value> left = one.elements();
        List<Value> right = other.elements();
        for (int i = 0; i < left.size() && best > 0; i++) {
            for (int j = 0; j < right.size() && best > 0; j++) {
                int level = singleLevel(left.get(i), right.get(j));
                best = level == MISSING ? best : Math.min(best, level);
            }
        }
        return best == levels() ? MISSING : best;
    }

    /** What a blocking key takes of a value; one text for each single value, none when there is nothing to take. */
    public List<String> keys(Value value, KeyPart part) {
        if (value == null) {
            return List.of();
        }
        if (separator == null && !part.each()) {
            String key = part.transform().apply(value.parts());
            return key == null || key.isEmpty() ? List.of() : List.of(key);
        }
        Stream<String[]> several = separator == null
                ? Arrays.stream(value.parts()).filter(Objects::nonNull).map(text -> new String[] {text})
                : value.elements().stream().map(Value::parts);
        return several.map(each -> part.transform().apply(each))
                .filter(key -> key != null && !key.isEmpty())
                .distinct()
                .toList();
    }
}
