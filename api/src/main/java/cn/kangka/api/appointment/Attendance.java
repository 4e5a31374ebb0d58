package cn.kangka.api.appointment;

import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Bookings as the queue at the clinic needs them: whose, when, and whether the person came or was seen. */
@ApplicationScoped
public class Attendance {
    private static final String ARRIVED = """
            update appointment set status = 'CHECKED_IN', checked_in_at = $2, missed_at = null
            where id = $1 and status in ('BOOKED', 'MISSED')
            """;
    private static final String SEEN = """
            update appointment set status = 'COMPLETED' where id = $1 and status = 'CHECKED_IN'
            """;
    /** What somebody may check in to; the nearest first. */
    private static final String NEAR = """
            select id from appointment
            where person = $1 and hospital = $2 and start_at between $3 and $4
                and status in ('BOOKED', 'CHECKED_IN', 'MISSED')
            order by start_at, id limit 20
            """;

    private final Database database;
    private final Actors actors;
    private final AppointmentStore store;
    private final AppointmentAccess access;
    private final CardHolders cards;

    Attendance(Database database, Actors actors, AppointmentStore store, AppointmentAccess access, CardHolders cards) {
        this.database = database;
        this.actors = actors;
        this.store = store;
        this.access = access;
        this.cards = cards;
    }

    /**
     * A booking.
     *
     * @param over missed, and nobody can come to it any more
     */
    public record Visit(
            UUID id,
            UUID person,
            UUID session,
            AppointmentStatus status,
            String hospital,
            UUID department,
            OffsetDateTime start,
            OffsetDateTime end,
            boolean over) {
        /** The same, after the person came. */
        public Visit checkedIn() {
            return new Visit(
                    id, person, session, AppointmentStatus.CHECKED_IN, hospital, department, start, end, false);
        }

        private static Visit of(Appointment booking) {
            return new Visit(
                    booking.id(),
                    booking.person(),
                    booking.session(),
                    booking.status(),
                    booking.slot().hospital(),
                    booking.slot().department().id(),
                    booking.slot().start(),
                    booking.slot().end(),
                    booking.over());
        }
    }

    /** A booking of the caller's, or one that the caller may see as staff (audited); 404 for all others. */
    public Uni<Visit> visible(UUID id, String action) {
        return actors.writer()
                .chain(actor -> store.find(database.pool(), id).call(found -> access.require(actor, found, action)))
                .map(Visit::of);
    }

    /** The booking, whosever; null when there is none. */
    public Uni<Visit> find(SqlClient connection, UUID id) {
        return store.find(connection, id).map(found -> found == null ? null : Visit.of(found));
    }

    /** The booking with its person's lock and its own; null when there is none. */
    public Uni<Visit> lock(SqlConnection tx, UUID id) {
        return store.lock(tx, id).map(found -> found == null ? null : Visit.of(found));
    }

    /** What a person could check in to at a hospital between two times, the earliest first. */
    public Uni<List<UUID>> near(
            SqlClient connection, UUID person, String hospital, OffsetDateTime from, OffsetDateTime until) {
        return connection
                .preparedQuery(NEAR)
                .execute(Tuple.of(person, hospital, from, until))
                .map(rows -> Rows.all(rows, row -> row.getUUID(0)));
    }

    /** The person is there: checked in, and without a mark for missing it. The lock is held. */
    public Uni<Void> arrived(SqlConnection tx, UUID id, OffsetDateTime at) {
        return tx.preparedQuery(ARRIVED).execute(Tuple.of(id, at)).replaceWithVoid();
    }

    /** The person was seen. The lock is held. */
    public Uni<Void> seen(SqlConnection tx, UUID id) {
        return tx.preparedQuery(SEEN).execute(Tuple.of(id)).replaceWithVoid();
    }

    /** Whose dynamic card code it is; uses it up. 409 {@code card-code-refused} when it is not good. */
    public Uni<UUID> holderOf(String cardCode, String hospital, String client) {
        return cards.holderOf(cardCode, hospital, client);
    }
}
