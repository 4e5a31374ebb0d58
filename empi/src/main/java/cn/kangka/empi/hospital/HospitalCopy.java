package cn.kangka.empi.hospital;

import java.util.List;

/**
 * What a hospital itself has of one of its patients, compared with what it was told.
 *
 * @param fields of HL7 that differ, such as PID-5; never their values
 */
public record HospitalCopy(Kind kind, List<String> fields) {
    /** How the comparison ended. */
    public enum Kind {
        /** It has what it was told. */
        AGREES,
        /** It has something else. */
        DIFFERS,
        /** It says that it does not know the patient. */
        UNKNOWN,
        /** It does not answer such questions, or not this one. */
        REFUSED,
        /** There was no answer. */
        UNANSWERED
    }

    static HospitalCopy of(Kind kind) {
        return new HospitalCopy(kind, List.of());
    }

    static HospitalCopy of(List<String> fields) {
        return new HospitalCopy(fields.isEmpty() ? Kind.AGREES : Kind.DIFFERS, fields);
    }
}
