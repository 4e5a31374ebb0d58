package cn.kangka.api.appointment;

import cn.kangka.api.account.Callers;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Reads bookings. */
@ApplicationScoped
public class Appointments {
    private static final int NAMED = 1;

    private final Database database;
    private final Callers callers;
    private final Actors actors;
    private final AppointmentStore store;
    private final AppointmentAccess access;
    private final Clock clock;
    private final int failedShownDays;

    Appointments(
            Database database,
            Callers callers,
            Actors actors,
            AppointmentStore store,
            AppointmentAccess access,
            Clock clock,
            AppointmentConfig config) {
        this.database = database;
        this.callers = callers;
        this.actors = actors;
        this.store = store;
        this.access = access;
        this.clock = clock;
        this.failedShownDays = config.failedShownDays();
    }

    /** Which of a person's bookings, and in which order. */
    public enum Which {
        /** The newest first. */
        ALL,
        /** Those to come, the next first. */
        UPCOMING,
        /** Those that were stopped, refused or missed, of visits in the last days or to come, the latest visit first. */
        FAILED
    }

    /** The calling citizen's own, or a dependant's: the newest first, or those to come, the next first. */
    public Uni<Page<AppointmentView>> mine(UUID person, boolean upcoming, int limit, String cursor) {
        return callers.citizen(NAMED)
                .chain(caller -> access.ofCitizen(caller, person, "appointment.list"))
                .chain(whose -> of(whose, upcoming ? Which.UPCOMING : Which.ALL, limit, cursor));
    }

    /** A person's, for staff; audited. */
    public Uni<Page<AppointmentView>> ofPerson(UUID person, Which which, int limit, String cursor) {
        return actors.writer()
                .chain(actor -> access.staff(actor, person, null, "appointment.list"))
                .chain(() -> of(person, which, limit, cursor));
    }

    /** What the calling partner booked, the newest first; audited. */
    public Uni<Page<AppointmentView>> byPartner(int limit, String cursor) {
        Cursor after = Cursor.decode(cursor);
        return actors.writer()
                .call(actor -> access.listed(actor, "appointment.list"))
                .chain(actor -> store.byPartner(database.pool(), actor.id(), after, limit + 1))
                .map(rows -> page(rows, limit, false));
    }

    /** One; 404 when it is not the caller's. */
    public Uni<AppointmentView> one(UUID id) {
        return actors.writer()
                .chain(actor ->
                        store.find(database.pool(), id).call(found -> access.require(actor, found, "appointment.read")))
                .map(Appointment::view);
    }

    /** What hospitals have not answered for so long, for the agents' list; the oldest first. */
    public Uni<Page<AppointmentView>> unanswered(Duration since, int limit, String cursor) {
        return store.pending(database.pool(), OffsetDateTime.now(clock).minus(since), Cursor.decode(cursor), limit + 1)
                .map(rows -> page(rows, limit, false));
    }

    private Uni<Page<AppointmentView>> of(UUID person, Which which, int limit, String cursor) {
        Cursor after = Cursor.decode(cursor);
        OffsetDateTime now = OffsetDateTime.now(clock);
        int most = limit + 1;
        Uni<List<Appointment>> rows =
                switch (which) {
                    case ALL -> store.newestFirst(database.pool(), person, after, most);
                    case UPCOMING -> store.upcoming(database.pool(), person, now, after, most);
                    case FAILED -> store.failed(database.pool(), person, failedSince(), after, most);
                };
        return rows.map(found -> page(found, limit, which != Which.ALL));
    }

    private OffsetDateTime failedSince() {
        return LocalDate.now(clock)
                .minusDays(failedShownDays)
                .atStartOfDay(clock.getZone())
                .toOffsetDateTime();
    }

    private static Page<AppointmentView> page(List<Appointment> rows, int limit, boolean byStart) {
        return Page.of(rows, limit, row -> position(row, byStart)).map(Appointment::view);
    }

    private static Cursor position(Appointment row, boolean byStart) {
        return new Cursor((byStart ? row.slot().start() : row.bookedAt()).toInstant(), row.id());
    }
}
