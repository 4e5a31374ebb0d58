package cn.kangka.empi.hl7;

import java.util.List;

/**
 * One repetition of a field. Numbers are 1-based as in the standard; what is absent is the empty text, and so is the
 * HL7 null ({@code ""}).
 */
public final class Repetition {
    /** Deletes what was known. */
    public static final String HL7_NULL = "\"\"";

    private final String raw;
    private final Delimiters delimiters;
    private List<String> components;

    Repetition(String raw, Delimiters delimiters) {
        this.raw = raw;
        this.delimiters = delimiters;
    }

    /** The first subcomponent of a component, unescaped and trimmed. */
    public String component(int component) {
        return subcomponent(component, 1);
    }

    /** A subcomponent, unescaped and trimmed. */
    public String subcomponent(int component, int subcomponent) {
        List<String> parts = Delimiters.split(rawComponent(component), delimiters.subcomponent());
        return subcomponent > parts.size() ? "" : clean(parts.get(subcomponent - 1));
    }

    /** The text of a field of a simple type (ST, TX, FT …), where component separators have no meaning: unescaped. */
    public String text() {
        return HL7_NULL.equals(raw) ? "" : delimiters.unescaped(raw);
    }

    /** Subcomponents by component, unescaped. */
    public List<List<String>> parts() {
        return Delimiters.split(raw, delimiters.component()).stream()
                .map(component -> Delimiters.split(component, delimiters.subcomponent()).stream()
                        .map(delimiters::unescaped)
                        .toList())
                .toList();
    }

    /** As received, with escapes and separators. */
    public String raw() {
        return raw;
    }

    public boolean isEmpty() {
        return raw.isBlank();
    }

    /** Whether it is the HL7 null, which asks to delete the value. */
    public boolean deletes() {
        return HL7_NULL.equals(raw.strip());
    }

    private String rawComponent(int component) {
        if (components == null) {
            components = Delimiters.split(raw, delimiters.component());
        }
        return component > components.size() ? "" : components.get(component - 1);
    }

    private String clean(String part) {
        String value = part.strip();
        return HL7_NULL.equals(value) ? "" : delimiters.unescaped(value);
    }
}
