package cn.kangka.empi.hl7;

/**
 * Why a message, or a part of it, is not taken: one ERR segment.
 *
 * @param code AE (content at fault) or AR (not for us, or unreadable)
 * @param error HL7 table 0357, such as 101 (required field missing) or 204 (unknown key identifier)
 * @param location ERR-2 as {@code segment^sequence^field^repetition^component}, such as {@code PID^1^3^1^4}; null when
 *     no field is at fault
 * @param text for the sender's staff, English, without any identifier of a patient
 */
public record Hl7Refusal(AckCode code, int error, String location, String text) implements Hl7Reading {
    public static final int SEGMENT_SEQUENCE = 100;
    public static final int REQUIRED_FIELD = 101;
    public static final int DATA_TYPE = 102;
    public static final int TABLE_VALUE = 103;
    public static final int UNSUPPORTED_TYPE = 200;
    public static final int UNSUPPORTED_EVENT = 201;
    public static final int UNSUPPORTED_VERSION = 203;
    public static final int UNKNOWN_KEY = 204;
    public static final int DUPLICATE_KEY = 205;
    public static final int INTERNAL = 207;

    /** The content is at fault: AE. */
    public static Hl7Refusal error(int error, String location, String text) {
        return new Hl7Refusal(AckCode.AE, error, location, text);
    }

    /** Not for us, or unreadable: AR. */
    public static Hl7Refusal reject(int error, String location, String text) {
        return new Hl7Refusal(AckCode.AR, error, location, text);
    }
}
