package cn.kangka.empi.identity;

import java.util.Locale;

/** Administrative sex (HL7 table 0001, GB/T 2261.1). */
public enum Sex {
    MALE,
    FEMALE,
    UNKNOWN;

    /** Reads PID-8, or GB/T 2261.1's digits. */
    public static Sex of(String code) {
        return switch (code.strip().toUpperCase(Locale.ROOT)) {
            case "M", "1", "MALE", "男" -> MALE;
            case "F", "2", "FEMALE", "女" -> FEMALE;
            default -> UNKNOWN;
        };
    }

    /** PID-8. */
    public String hl7() {
        return switch (this) {
            case MALE -> "M";
            case FEMALE -> "F";
            case UNKNOWN -> "U";
        };
    }
}
