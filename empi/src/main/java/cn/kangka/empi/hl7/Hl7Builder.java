package cn.kangka.empi.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes a message segment by segment, in {@code |^~\&}, values escaped, segments ended by carriage returns.
 *
 * <pre>new Hl7Builder().header().set(3, "KANGKA").set(9, "ADT", "A31", "ADT_A05").segment("PID").add(3, "7", "", "", "X")</pre>
 */
public final class Hl7Builder {
    private static final int FIRST_HEADER_FIELD = 3;
    private static final int LAST_COPIED_FIELD = 60;

    private record Line(String name, TreeMap<Integer, List<String>> fields) {}

    private final List<Line> lines = new ArrayList<>();
    private final Delimiters delimiters = Delimiters.DEFAULT;

    /** Begins with MSH; MSH-1 and MSH-2 are written by themselves. */
    public Hl7Builder header() {
        return segment("MSH");
    }

    /** Begins the next segment. */
    public Hl7Builder segment(String name) {
        lines.add(new Line(name, new TreeMap<>()));
        return this;
    }

    /** Sets a field of the current segment to one repetition of these components; null and empty are absent. */
    public Hl7Builder set(int field, String... components) {
        current().remove(field);
        return add(field, components);
    }

    /** Adds a repetition of these components to a field of the current segment. */
    public Hl7Builder add(int field, String... components) {
        List<String> parts = new ArrayList<>();
        for (String component : components) {
            parts.add(component == null ? "" : delimiters.escaped(component));
        }
        return raw(field, String.join(String.valueOf(delimiters.component()), parts));
    }

    /** Adds a repetition that is already in ER7 (such as one with subcomponents: {@link #subcomponents}). */
    public Hl7Builder raw(int field, String repetition) {
        String value = trimmed(repetition, delimiters.component());
        current().computeIfAbsent(field, ignored -> new ArrayList<>()).add(value);
        return this;
    }

    /** Joins subcomponents to one component in ER7. */
    public static String subcomponents(String... values) {
        List<String> parts = new ArrayList<>();
        for (String value : values) {
            parts.add(value == null ? "" : Delimiters.DEFAULT.escaped(value));
        }
        return String.join(String.valueOf(Delimiters.DEFAULT.subcomponent()), parts);
    }

    /** A copy of a segment that was received, whole. */
    public Hl7Builder copy(Segment received) {
        Segment segment = PidSegments.of(PidSegments.normalised(received));
        segment(received.name());
        for (int field = 1; field <= LAST_COPIED_FIELD; field++) {
            if (!segment.rawField(field).isEmpty()) {
                current().put(field, new ArrayList<>(List.of(segment.rawField(field))));
            }
        }
        return this;
    }

    /** The message. */
    public Hl7Message build() {
        return Hl7Message.of(text());
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.name());
            boolean header = "MSH".equals(line.name());
            if (header) {
                text.append(delimiters.field()).append(delimiters.encoding());
            }
            int last = line.fields().isEmpty() ? 0 : line.fields().lastKey();
            for (int field = header ? FIRST_HEADER_FIELD : 1; field <= last; field++) {
                text.append(delimiters.field())
                        .append(String.join(
                                String.valueOf(delimiters.repetition()),
                                line.fields().getOrDefault(field, List.of())));
            }
            text.append('\r');
        }
        return text.toString();
    }

    private TreeMap<Integer, List<String>> current() {
        return lines.get(lines.size() - 1).fields();
    }

    private static String trimmed(String value, char separator) {
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == separator) {
            end--;
        }
        return value.substring(0, end);
    }
}
