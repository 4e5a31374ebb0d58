package cn.kangka.empi.hl7;

import java.util.List;

/** One segment. Fields, repetitions, components and subcomponents count from 1, as in the standard. */
public final class Segment {
    private final String name;
    private final String raw;
    private final List<String> fields;
    private final Delimiters delimiters;

    Segment(String raw, Delimiters delimiters) {
        this.raw = raw;
        this.delimiters = delimiters;
        this.fields = Delimiters.split(raw, delimiters.field());
        this.name = fields.get(0).strip();
    }

    Delimiters delimiters() {
        return delimiters;
    }

    public String name() {
        return name;
    }

    /** As received. */
    public String raw() {
        return raw;
    }

    /** First component of the first repetition, unescaped; empty when absent. */
    public String value(int field) {
        return value(field, 1);
    }

    /** First subcomponent of a component of the first repetition, unescaped; empty when absent. */
    public String value(int field, int component) {
        return repetition(field, 1).component(component);
    }

    /** A whole field of a simple type, unescaped, separators kept. */
    public String text(int field) {
        return repetition(field, 1).text();
    }

    /** A repetition, which is empty when absent. */
    public Repetition repetition(int field, int repetition) {
        List<Repetition> all = repetitions(field);
        return repetition > all.size() ? new Repetition("", delimiters) : all.get(repetition - 1);
    }

    /** The repetitions of a field in order; empty for an empty field. */
    public List<Repetition> repetitions(int field) {
        String value = rawField(field);
        if (value.isEmpty()) {
            return List.of();
        }
        if (isHeader() && field <= 2) {
            return List.of(new Repetition(value, delimiters));
        }
        return Delimiters.split(value, delimiters.repetition()).stream()
                .map(each -> new Repetition(each, delimiters))
                .toList();
    }

    /** A field as received. */
    public String rawField(int field) {
        if (isHeader()) {
            return field == 1 ? String.valueOf(delimiters.field()) : at(field - 1);
        }
        return at(field);
    }

    /** The number of the last field that is there. */
    public int lastField() {
        return isHeader() ? fields.size() : fields.size() - 1;
    }

    private boolean isHeader() {
        return "MSH".equals(name);
    }

    private String at(int index) {
        return index < fields.size() ? fields.get(index) : "";
    }
}
