package cn.kangka.empi.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message of HL7 v2.1–2.8 in ER7, as an ordered list of segments. Tolerant: carriage returns, line feeds or both end
 * a segment, a byte order mark and blank lines are passed over, unknown segments are kept. Immutable.
 */
public final class Hl7Message implements Hl7Reading {
    private static final int SHORTEST_HEADER = "MSH|^~\\&".length();
    private static final int ENCODING_AT = 4;

    private final String text;
    private final List<Segment> segments;

    private Hl7Message(String text, List<Segment> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
    }

    /** Reads a text: a message, or an AR that says why it is none. */
    public static Hl7Reading read(String received) {
        String text = received.startsWith("\uFEFF") ? received.substring(1) : received;
        text = text.strip();
        if (!text.startsWith("MSH")) {
            return Hl7Refusal.reject(Hl7Refusal.SEGMENT_SEQUENCE, "MSH^1", "the message does not begin with MSH");
        }
        Delimiters delimiters = delimiters(text);
        if (delimiters == null) {
            return Hl7Refusal.reject(Hl7Refusal.REQUIRED_FIELD, "MSH^1^2", "MSH-1 or MSH-2 is not usable");
        }
        List<Segment> segments = new ArrayList<>();
        text.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> segments.add(new Segment(line.stripLeading(), delimiters)));
        return new Hl7Message(text, segments);
    }

    /**
     * A message from text that is known to be one, such as one of our own.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Hl7Message of(String text) {
        if (read(text) instanceof Hl7Message message) {
            return message;
        }
        throw new IllegalArgumentException("not an HL7 v2 message");
    }

    private static Delimiters delimiters(String text) {
        if (text.length() < SHORTEST_HEADER) {
            return null;
        }
        char field = text.charAt(3);
        int end = text.indexOf(field, ENCODING_AT);
        String encoding = end < 0 ? text.substring(ENCODING_AT) : text.substring(ENCODING_AT, end);
        encoding = encoding.strip();
        boolean usable = encoding.length() >= ENCODING_AT
                && encoding.chars().distinct().count() == encoding.length()
                && encoding.indexOf(field) < 0
                && (field + encoding).chars().noneMatch(Character::isLetterOrDigit)
                && (field + encoding).chars().allMatch(each -> each > ' ' && each < 127);
        return usable
                ? new Delimiters(field, encoding.charAt(0), encoding.charAt(1), encoding.charAt(2), encoding.charAt(3))
                : null;
    }

    /** All segments in order. */
    public List<Segment> segments() {
        return segments;
    }

    /** All segments of a name in order. */
    public List<Segment> segments(String name) {
        return segments.stream().filter(each -> each.name().equals(name)).toList();
    }

    /** The first segment of a name. */
    public Optional<Segment> segment(String name) {
        return segments.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    public Segment header() {
        return segments.get(0);
    }

    /** MSH-9.1, such as ADT. */
    public String code() {
        return header().value(9, 1);
    }

    /** MSH-9.2, such as A28; of EVN-1 where MSH-9.2 is absent. */
    public String trigger() {
        String trigger = header().value(9, 2);
        return trigger.isEmpty() ? segment("EVN").map(event -> event.value(1)).orElse("") : trigger;
    }

    /** MSH-10. */
    public String controlId() {
        return header().value(10);
    }

    /** MSH-3.1. */
    public String sendingApplication() {
        return header().value(3);
    }

    /** MSH-4.1. */
    public String sendingFacility() {
        return header().value(4);
    }

    /** MSH-12.1. */
    public String version() {
        return header().value(12);
    }

    /** MSH-18 as received; empty when absent. */
    public String charset() {
        return header().value(18);
    }

    /** The text as received, without a byte order mark. */
    public String text() {
        return text;
    }
}
