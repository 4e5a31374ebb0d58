package cn.kangka.empi.hl7;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Acknowledgements: MSH, MSA and one ERR per refusal, in the version and with the charset of the request. */
public final class Acknowledgement {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");
    private static final String VERSION_OF_LONG_ERR = "2.5";
    private static final int LONGEST_CONTROL_ID = 199;

    private Acknowledgement() {}

    /**
     * The answer to a message.
     *
     * @param refusals empty for AA and CA
     * @param controlId MSH-10 of the answer
     */
    public static Hl7Message to(
            Hl7Message request, AckCode code, List<Hl7Refusal> refusals, OffsetDateTime now, String controlId) {
        String trigger = request.trigger();
        Hl7Builder ack = answer(request, now, controlId);
        if (trigger.isEmpty()) {
            ack.set(9, "ACK");
        } else if (isBefore(request.version(), "2.4")) {
            ack.set(9, "ACK", trigger);
        } else {
            ack.set(9, "ACK", trigger, "ACK");
        }
        acknowledge(ack, request, code);
        refusals.forEach(refusal -> error(ack, request, refusal));
        return ack.build();
    }

    /** Begins an answer: its MSH with sender and receiver exchanged; MSH-9 is the caller's. */
    public static Hl7Builder answer(Hl7Message request, OffsetDateTime now, String controlId) {
        Segment header = request.header();
        Hl7Builder answer = new Hl7Builder().header();
        exchange(answer, header);
        answer.set(7, TIME.format(now)).set(10, controlId);
        answer.set(11, header.value(11).isEmpty() ? "P" : header.value(11));
        answer.set(12, request.version().isEmpty() ? VERSION_OF_LONG_ERR : request.version());
        if (!request.charset().isEmpty()) {
            answer.set(18, request.charset());
        }
        return answer;
    }

    /** Adds the MSA of a request to an answer. */
    public static void acknowledge(Hl7Builder answer, Hl7Message request, AckCode code) {
        String control = request.controlId();
        answer.segment("MSA")
                .set(1, code.name())
                .set(2, control.length() > LONGEST_CONTROL_ID ? control.substring(0, LONGEST_CONTROL_ID) : control);
    }

    /** Adds an ERR; before 2.5 location, code and text share ERR-1. */
    public static void error(Hl7Builder answer, Hl7Message request, Hl7Refusal refusal) {
        String[] location =
                refusal.location() == null ? new String[0] : refusal.location().split("\\^");
        String code = Integer.toString(refusal.error());
        answer.segment("ERR");
        if (isBefore(request.version(), VERSION_OF_LONG_ERR)) {
            answer.raw(
                    1,
                    String.join("^", shortLocation(location)) + "^"
                            + Hl7Builder.subcomponents(code, refusal.text(), "HL70357"));
        }
        answer.set(2, location)
                .set(3, code, text(refusal.error()), "HL70357")
                .set(4, "E")
                .set(8, refusal.text());
    }

    private static String[] shortLocation(String[] location) {
        String[] parts = {"", "", ""};
        System.arraycopy(location, 0, parts, 0, Math.min(location.length, parts.length));
        return parts;
    }

    private static String text(int error) {
        return switch (error) {
            case Hl7Refusal.SEGMENT_SEQUENCE -> "Segment sequence error";
            case Hl7Refusal.REQUIRED_FIELD -> "Required field missing";
            case Hl7Refusal.DATA_TYPE -> "Data type error";
            case Hl7Refusal.TABLE_VALUE -> "Table value not found";
            case Hl7Refusal.UNSUPPORTED_TYPE -> "Unsupported message type";
            case Hl7Refusal.UNSUPPORTED_EVENT -> "Unsupported event code";
            case Hl7Refusal.UNSUPPORTED_VERSION -> "Unsupported version id";
            case Hl7Refusal.UNKNOWN_KEY -> "Unknown key identifier";
            case Hl7Refusal.DUPLICATE_KEY -> "Duplicate key identifier";
            default -> "Application internal error";
        };
    }

    private static void exchange(Hl7Builder answer, Segment header) {
        copy(answer, 3, header.repetition(5, 1));
        copy(answer, 4, header.repetition(6, 1));
        copy(answer, 5, header.repetition(3, 1));
        copy(answer, 6, header.repetition(4, 1));
    }

    private static void copy(Hl7Builder answer, int field, Repetition from) {
        answer.set(field, from.component(1), from.component(2), from.component(3));
    }

    /** Whether a version such as 2.3.1 comes before another. */
    static boolean isBefore(String version, String other) {
        return !version.isEmpty() && version.compareTo(other) < 0;
    }
}
