package cn.kangka.api.schedule;

import java.time.LocalDate;
import java.util.UUID;

/**
 * What is otherwise on a day.
 *
 * @param half with department and doctor what is CLOSED; null for all
 * @param weekday as which the day is worked, of a SWAP
 * @param template of EXTRA and OTHER_DOCTOR
 * @param role of OTHER_DOCTOR
 */
record PlanException(
        LocalDate day,
        Kind kind,
        String half,
        String department,
        String doctor,
        Integer weekday,
        UUID template,
        String role) {

    /** What kind of exception. */
    enum Kind {
        /** Nobody works, or not those that are meant. */
        CLOSED,
        /** Worked as another weekday (调休). */
        SWAP,
        /** A template besides those of the day. */
        EXTRA,
        /** A template by somebody else. */
        OTHER_DOCTOR
    }

    boolean closes(Template one) {
        return kind == Kind.CLOSED
                && (half == null || half.equals(one.half()))
                && (department == null || department.equals(one.department()))
                && (doctor == null || doctor.equals(one.doctor()));
    }
}
