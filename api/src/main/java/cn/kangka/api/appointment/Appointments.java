package cn.kangka.api.appointment;

import cn.kangka.api.account.Callers;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
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

    Appointments(
            Database database,
            Callers callers,
            Actors actors,
            AppointmentStore store,
            AppointmentAccess access,
            Clock clock) {
        this.database = database;
        this.callers = callers;
        this.actors = actors;
        this.store = store;
        this.access = access;
        this.clock = clock;
    }

    /** The calling citizen's own, or a dependant's: the newest first, or those to come, the next first. */
    public Uni<Page<AppointmentView>> mine(UUID person, boolean upcoming, int limit, String cursor) {
        return callers.citizen(NAMED)
                .chain(caller -> access.ofCitizen(caller, person, "appointment.list"))
                .chain(whose -> of(whose, upcoming, limit, cursor));
    }

    /** A person's, for staff; audited. */
    public Uni<Page<AppointmentView>> ofPerson(UUID person, boolean upcoming, int limit, String cursor) {
        return actors.writer()
                .chain(actor -> access.staff(actor, person, null, "appointment.list"))
                .chain(() -> of(person, upcoming, limit, cursor));
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

    private Uni<Page<AppointmentView>> of(UUID person, boolean upcoming, int limit, String cursor) {
        Cursor after = Cursor.decode(cursor);
        Uni<List<Appointment>> rows = upcoming
                ? store.upcoming(database.pool(), person, OffsetDateTime.now(clock), after, limit + 1)
                : store.newestFirst(database.pool(), person, after, limit + 1);
        return rows.map(found -> page(found, limit, upcoming));
    }

    private static Page<AppointmentView> page(List<Appointment> rows, int limit, boolean byStart) {
        return Page.of(rows, limit, row -> position(row, byStart)).map(Appointment::view);
    }

    private static Cursor position(Appointment row, boolean byStart) {
        return new Cursor((byStart ? row.slot().start() : row.bookedAt()).toInstant(), row.id());
    }
}
