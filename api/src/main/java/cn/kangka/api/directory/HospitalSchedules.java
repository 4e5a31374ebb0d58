package cn.kangka.api.directory;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Publishes sessions for a hospital that does not do so itself, exactly as if it had. */
@ApplicationScoped
public class HospitalSchedules {
    private final DirectoryStore directory;
    private final DirectoryImportStore staff;
    private final ScheduleImportStore schedule;

    HospitalSchedules(DirectoryStore directory, DirectoryImportStore staff, ScheduleImportStore schedule) {
        this.directory = directory;
        this.staff = staff;
        this.schedule = schedule;
    }

    /** A part of a session. */
    public record Band(OffsetDateTime start, OffsetDateTime end, int units) {}

    /**
     * A doctor's half-day.
     *
     * @param code unique in the hospital
     * @param role code of who works where
     * @param fee in yuan
     * @param remote its visits are by video
     * @param bands at least one, by start
     */
    public record Session(String code, String role, BigDecimal fee, boolean draw, boolean remote, List<Band> bands) {}

    /** A department; {@code standardCode} of the national list, or null. */
    public record Department(String code, String name, String standardCode) {}

    /** A doctor. */
    public record Doctor(String code, String name, String title) {}

    /** Who works where. */
    public record Role(String code, String doctor, String department, String specialty) {}

    /** Departments, doctors and who works where, none of which is known yet. */
    public record Staff(List<Department> departments, List<Doctor> doctors, List<Role> roles) {}

    /** Adds people and departments that a hospital has told of. */
    public Uni<Void> introduce(SqlConnection tx, String hospital, Staff fresh) {
        return staff.saveStaff(
                tx,
                hospital,
                new DirectoryBundle(
                        List.of(),
                        List.of(),
                        fresh.departments().stream()
                                .map(each -> new DirectoryBundle.Department(
                                        each.code(), each.name(), null, each.standardCode(), null))
                                .toList(),
                        fresh.doctors().stream()
                                .map(each ->
                                        new DirectoryBundle.Practitioner(each.code(), each.name(), each.title(), true))
                                .toList(),
                        fresh.roles().stream()
                                .map(each -> new DirectoryBundle.Role(
                                        each.code(), each.doctor(), each.department(), each.specialty()))
                                .toList(),
                        List.of(),
                        List.of()));
    }

    /** Adds them, or brings what has their codes up to date; a band keeps what is booked of it. */
    public Uni<Void> publish(SqlConnection tx, String hospital, List<Session> sessions) {
        if (sessions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        DirectoryBundle said = bundle(sessions);
        return staff.saveStaff(tx, hospital, said)
                .chain(() -> directory.policies(tx, hospital))
                .chain(policies -> schedule.saveSchedule(tx, hospital, said, policies.schedule(), policies.quota()));
    }

    /** Takes sessions away from booking. */
    public Uni<Void> close(SqlConnection tx, String hospital, List<String> sessions) {
        return sessions.isEmpty()
                ? Uni.createFrom().voidItem()
                : directory
                        .policies(tx, hospital)
                        .chain(policies -> schedule.close(tx, hospital, sessions, policies.quota()));
    }

    private static DirectoryBundle bundle(List<Session> sessions) {
        List<DirectoryBundle.Slot> slots = new ArrayList<>();
        for (Session session : sessions) {
            for (int i = 0; i < session.bands().size(); i++) {
                Band band = session.bands().get(i);
                slots.add(new DirectoryBundle.Slot(
                        session.code() + "/" + (i + 1), session.code(), band.start(), band.end(), true, band.units()));
            }
        }
        return new DirectoryBundle(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                sessions.stream().map(HospitalSchedules::session).toList(),
                slots);
    }

    private static DirectoryBundle.Session session(Session session) {
        return new DirectoryBundle.Session(
                session.code(),
                session.role(),
                session.bands().get(0).start(),
                session.bands().get(session.bands().size() - 1).end(),
                session.fee(),
                session.draw(),
                session.remote());
    }
}
