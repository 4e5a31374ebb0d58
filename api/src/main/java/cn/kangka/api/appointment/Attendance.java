package cn.kangka.api.appointment;

import cn.kangka.api.appointment.BookingOrder.Action;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.grouping.Grouped;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Bookings as the queue at the clinic needs them: whose, when, and whether the person came or was seen. */
@ApplicationScoped
public class Attendance {
    private static final String ARRIVED = """
            update appointment set status = 'CHECKED_IN', checked_in_at = $2, missed_at = null, version = version + 1
            where id = $1 and (status = 'BOOKED' or status = 'MISSED' and not exists (
                select 1 from appointment o where o.person = appointment.person and o.session_id = appointment.session_id
                    and o.status in ('BOOKED', 'CHECKED_IN')))
            """;
    private static final String SEEN = """
            update appointment set status = 'COMPLETED' where id = $1 and status = 'CHECKED_IN'
            """;
    /** What somebody may check in to; the nearest first. */
    private static final String NEAR = """
            select a.id from appointment a
            where a.person = $1 and a.hospital = $2 and a.start_at between $3 and $4
                and (a.status in ('BOOKED', 'CHECKED_IN') or a.status = 'MISSED' and not exists (
                    select 1 from appointment o where o.person = a.person and o.session_id = a.session_id
                        and o.status in ('BOOKED', 'CHECKED_IN')))
            order by a.start_at, a.id limit 20
            """;

    private static final int READERS = 2;

    private final Database database;
    private final Grouped<UUID, Optional<Visit>> visits;
    private final Actors actors;
    private final AppointmentStore store;
    private final AppointmentAccess access;
    private final CardHolders cards;
    private final BookingNews news;

    Attendance(
            Database database,
            Actors actors,
            AppointmentStore store,
            AppointmentAccess access,
            CardHolders cards,
            BookingNews news) {
        this.database = database;
        this.visits = new Grouped<>("visits", READERS, this::read);
        this.actors = actors;
        this.store = store;
        this.access = access;
        this.cards = cards;
        this.news = news;
    }

    /**
     * A booking.
     *
     * @param over missed, and nobody can come to it any more
     * @param rules of the hospital, as they hold for who has booked this session
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
            boolean over,
            HospitalRules rules) {
        /** The same, after the person came. */
        public Visit checkedIn() {
            return new Visit(
                    id, person, session, AppointmentStatus.CHECKED_IN, hospital, department, start, end, false, rules);
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
                    booking.over(),
                    booking.rules());
        }
    }

    /** A booking of the caller's, or one that the caller may see as staff (audited); 404 for all others. */
    public Uni<Visit> visible(UUID id, String action) {
        return actors.writer()
                .chain(actor -> store.find(database.pool(), id).call(found -> access.require(actor, found, action)))
                .map(Visit::of);
    }

    /** Whether an account still sees a booking that it watches: nobody looks anew, so nothing is audited. */
    public Uni<Boolean> still(UUID account, UUID login, UUID id) {
        return actors.still(account, login)
                .chain(caller -> caller == null
                        ? Uni.createFrom().item(false)
                        : watched(id)
                                .chain(visit -> visit == null
                                        ? Uni.createFrom().item(false)
                                        : access.still(caller, visit.person())));
    }

    /** Like {@link #find} for the many who watch: who asks at the same time is answered together. */
    public Uni<Visit> watched(UUID id) {
        return visits.ask(id).map(found -> found.orElse(null));
    }

    private Uni<List<Optional<Visit>>> read(List<UUID> ids) {
        return store.all(database.pool(), ids).map(found -> {
            Map<UUID, Visit> byId = found.stream()
                    .map(Visit::of)
                    .collect(Collectors.toMap(Visit::id, visit -> visit, (one, same) -> one));
            return ids.stream().map(id -> Optional.ofNullable(byId.get(id))).toList();
        });
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

    /**
     * The person is there, we say: checked in, without a mark for missing it, and the hospital is told. The lock is held.
     *
     * @return false when this one was missed and they booked the session again: that booking is theirs now
     */
    public Uni<Boolean> arrived(SqlConnection tx, UUID id, OffsetDateTime at) {
        return tx.preparedQuery(ARRIVED)
                .execute(Tuple.of(id, at))
                .map(rows -> rows.rowCount() == 1)
                .call(in -> in
                        ? store.find(tx, id).chain(found -> news.order(tx, Action.ARRIVED, List.of(found)))
                        : Uni.createFrom().voidItem());
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
