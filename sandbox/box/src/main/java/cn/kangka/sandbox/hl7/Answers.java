package cn.kangka.sandbox.hl7;

import java.util.function.UnaryOperator;

/**
 * Ready-made answers of a hospital to a message, in ER7. Null is silence: the sender must cope with it.
 */
public final class Answers {
    private static final int MESSAGE_TYPE = 8;
    private static final int CONTROL_ID = 9;

    private Answers() {}

    /** {@code AA}: taken. */
    public static UnaryOperator<String> accept() {
        return message -> acknowledge(message, "AA", null);
    }

    /** {@code AE} with a text in MSA-3 and ERR-8. */
    public static UnaryOperator<String> error(String text) {
        return message -> acknowledge(message, "AE", text);
    }

    /** {@code AR} with a text in MSA-3 and ERR-8. */
    public static UnaryOperator<String> reject(String text) {
        return message -> acknowledge(message, "AR", text);
    }

    /** No answer at all. */
    public static UnaryOperator<String> silence() {
        return message -> null;
    }

    /**
     * {@code SRR} to an {@code SRM}: {@code AA} with a filled appointment, or {@code AE} with the reason of the refusal.
     *
     * @param fillerId the hospital's number of the appointment (SCH-2); unused when it is refused
     * @param refusal why it is refused; null when it is filled
     */
    public static UnaryOperator<String> schedule(String fillerId, String refusal) {
        return message -> {
            String trigger = component(field(message, MESSAGE_TYPE), 2);
            String head = header(message, "SRR^" + trigger + "^SRR_S01")
                    + "\rMSA|" + (refusal == null ? "AA|" : "AE|") + field(message, CONTROL_ID)
                    + (refusal == null ? "" : "|" + refusal);
            return refusal == null
                    ? head + "\rSCH|" + segmentField(message, "ARQ", 1) + "|" + fillerId
                            + "|||||||||||||||||||||||Booked\r"
                    : head + "\rERR||||E||||" + refusal + "\r";
        };
    }

    /**
     * {@code RSP^K22} to a {@code QBP^Q22}.
     *
     * @param pid the PID segment of whom it asks; null when nobody is found
     */
    public static UnaryOperator<String> patient(String pid) {
        return message -> header(message, "RSP^K22^RSP_K21") + "\rMSA|AA|" + field(message, CONTROL_ID) + "\rQAK|"
                + segmentField(message, "QPD", 2) + "|" + (pid == null ? "NF" : "OK") + "|"
                + segmentField(message, "QPD", 1) + "\rQPD|" + segmentField(message, "QPD", 1) + "|"
                + segmentField(message, "QPD", 2) + "|" + segmentField(message, "QPD", 3) + "\r"
                + (pid == null ? "" : pid + "\r");
    }

    /** The value of a parameter of QPD-3, such as {@code @PID.3.1}; empty when it is not asked. */
    public static String parameter(String message, String name) {
        for (String each : segmentField(message, "QPD", 3).split("~")) {
            String[] parts = each.split("\\^", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                return parts[1];
            }
        }
        return "";
    }

    /** An acknowledgement with the given code and text. */
    public static String acknowledge(String message, String code, String text) {
        String trigger = component(field(message, MESSAGE_TYPE), 2);
        String head = header(message, "ACK" + (trigger.isEmpty() ? "" : "^" + trigger + "^ACK")) + "\rMSA|" + code + "|"
                + field(message, CONTROL_ID);
        return text == null ? head + "\r" : head + "|" + text + "\rERR||||E||||" + text + "\r";
    }

    /** A field of MSH, counted as {@code String.split} does: 8 is MSH-9. */
    public static String field(String message, int index) {
        String[] fields = message.split("\r", 2)[0].split("\\|", -1);
        return index < fields.length ? fields[index] : "";
    }

    /** A field of the first segment with that name; empty when there is none. */
    public static String segmentField(String message, String segment, int index) {
        for (String line : message.split("\r")) {
            String[] fields = line.split("\\|", -1);
            if (fields[0].equals(segment) && index < fields.length) {
                return fields[index];
            }
        }
        return "";
    }

    private static String header(String message, String type) {
        return "MSH|^~\\&|" + field(message, 4) + "|" + field(message, 5) + "|" + field(message, 2) + "|"
                + field(message, 3) + "|" + field(message, 6) + "||" + type + "|A" + field(message, CONTROL_ID)
                + "|P|2.5.1|||||CHN|" + field(message, 17);
    }

    private static String component(String field, int number) {
        String[] components = field.split("\\^", -1);
        return number <= components.length ? components[number - 1] : "";
    }
}
