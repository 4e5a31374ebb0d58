package cn.kangka.empi.matching.record;

import java.util.List;

/**
 * A value of a field, normalised and prepared for every comparator of the field. Immutable.
 */
public final class Value {
    /** The number of a value that is in no dictionary. */
    public static final int UNNUMBERED = -1;

    private final String[] parts;
    private final Object[] forms;
    private final int number;
    private final List<Value> elements;

    Value(String[] parts, Object[] forms, int number, List<Value> elements) {
        this.parts = parts;
        this.forms = forms;
        this.number = number;
        this.elements = List.copyOf(elements);
    }

    /** The normalised text of the first column. */
    public String text() {
        return parts[0];
    }

    /** Its number in the field's dictionary, from 0; {@link #UNNUMBERED} outside. */
    public int number() {
        return number;
    }

    /** The single values of a field that holds several; empty otherwise. */
    public List<Value> elements() {
        return elements;
    }

    String[] parts() {
        return parts;
    }

    Object form(int comparator) {
        return forms[comparator];
    }
}
