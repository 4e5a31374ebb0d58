package cn.kangka.empi.hl7;

/** PID segments as they are kept: in {@code |^~\&}, absent fields filled from what was known before. */
public final class PidSegments {
    private static final int LAST_FIELD = 40;
    private static final Segment EMPTY = new Segment("PID", Delimiters.DEFAULT);

    private PidSegments() {}

    /** A PID that says nothing. */
    public static Segment empty() {
        return EMPTY;
    }

    /** Reads one that was kept; null gives an empty one. */
    public static Segment of(String kept) {
        return kept == null ? EMPTY : new Segment(kept, Delimiters.DEFAULT);
    }

    /** A received PID with our own delimiters. */
    public static String normalised(Segment pid) {
        if (pid.delimiters().equals(Delimiters.DEFAULT)) {
            return pid.raw().strip();
        }
        Delimiters from = pid.delimiters();
        StringBuilder text = new StringBuilder();
        for (char each : pid.raw().strip().toCharArray()) {
            text.append(translated(each, from));
        }
        return text.toString();
    }

    private static char translated(char each, Delimiters from) {
        if (each == from.field()) {
            return '|';
        }
        if (each == from.component()) {
            return '^';
        }
        if (each == from.repetition()) {
            return '~';
        }
        if (each == from.subcomponent()) {
            return '&';
        }
        return each == from.escape() ? '\\' : harmless(each);
    }

    /** A character that is data there and a delimiter here cannot be escaped in place; it is dropped to a blank. */
    private static char harmless(char each) {
        return "|^~\\&".indexOf(each) >= 0 ? ' ' : each;
    }

    /** The later PID, its empty fields filled from the earlier one; the HL7 null deletes. */
    public static String over(String later, String earlier) {
        if (later == null || earlier == null) {
            return later == null ? earlier : later;
        }
        Segment now = of(later);
        Segment before = of(earlier);
        StringBuilder text = new StringBuilder("PID");
        for (int field = 1; field <= LAST_FIELD; field++) {
            String value = now.rawField(field).isBlank() ? before.rawField(field) : now.rawField(field);
            text.append('|').append(Repetition.HL7_NULL.equals(value.strip()) ? "" : value);
        }
        return text.toString().replaceFirst("\\|+$", "");
    }
}
