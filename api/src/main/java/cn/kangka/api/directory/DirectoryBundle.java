package cn.kangka.api.directory;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * What one {@code directory.bundle} says, as records; codes are the hospital's own, each at most once per list.
 * References that the bundle leaves open are null.
 */
record DirectoryBundle(
        List<Hospital> hospitals,
        List<Campus> campuses,
        List<Department> departments,
        List<Practitioner> practitioners,
        List<Role> roles,
        List<Session> sessions,
        List<Slot> slots) {

    /** Without what it says of other institutions than the one whose bundle it is. */
    DirectoryBundle of(String source) {
        return new DirectoryBundle(
                hospitals.stream().filter(each -> each.id().equals(source)).toList(),
                campuses,
                departments,
                practitioners,
                roles,
                sessions,
                slots);
    }

    /** Without what it says of these sessions. */
    DirectoryBundle without(List<String> ended) {
        return new DirectoryBundle(
                hospitals,
                campuses,
                departments,
                practitioners,
                roles,
                sessions.stream().filter(each -> !ended.contains(each.code())).toList(),
                slots.stream().filter(each -> !ended.contains(each.session())).toList());
    }

    record Hospital(String id, String name, List<String> aliases, String level, String address, String telephone) {}

    /** A place of the hospital; position null when it is not said. */
    record Campus(String code, String name, String address, String telephone, Double latitude, Double longitude) {}

    /** {@code standardCode} of the national list; {@code campus} the code of its place. */
    record Department(String code, String name, String specialty, String standardCode, String campus) {}

    /** {@code active} is false for somebody who left. */
    record Practitioner(String code, String name, String title, boolean active) {}

    /** A practitioner in a department. */
    record Role(String code, String practitioner, String department, String specialty) {}

    /** A half-day of a role; {@code fee} in yuan, {@code draw} when its units are drawn by lot, {@code remote} by video. */
    record Session(
            String code,
            String role,
            OffsetDateTime start,
            OffsetDateTime end,
            BigDecimal fee,
            boolean draw,
            boolean remote) {}

    /** A band of a session; {@code open} is FHIR's status free. */
    record Slot(String code, String session, OffsetDateTime start, OffsetDateTime end, boolean open, int units) {}
}
