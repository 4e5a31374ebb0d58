package cn.kangka.api.appointment;

import cn.kangka.api.rush.SlotChanges;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Writes what a hospital's schedule says of a booking that the caller has locked. */
@ApplicationScoped
class ScheduleWordStore {
    /** Said by the hospital itself: a mark, whatever else it reports. One that was erased stays erased. */
    private static final String MISSED = """
            update appointment set status = 'MISSED', missed_at = coalesce(missed_at, end_at)
            where id = $1 and status in ('BOOKED', 'MISSED')
            """;

    private static final String COMPLETED = """
            update appointment set status = 'COMPLETED', missed_at = null
            where id = $1 and status in ('BOOKED', 'CHECKED_IN', 'MISSED')
            """;
    private static final String MOVED = """
            select coalesce((
                select move_to_band($1, s.id, $4) from slot s
                where s.session_id = $2 and s.start_at <= $3 and s.end_at > $3
                order by s.start_at desc, s.id limit 1), false)
            """;
    private static final String DIFFERS = """
            update appointment set hospital_start = $2, hospital_moved_at = $3 where id = $1 and status = 'BOOKED'
            """;

    private final SlotChanges changes;

    ScheduleWordStore(SlotChanges changes) {
        this.changes = changes;
    }

    /** The newest booking that a hospital knows by this number; null when there is none. */
    Uni<UUID> byReference(SqlConnection tx, String hospital, String reference) {
        return tx.preparedQuery("select id from appointment where hospital = $1 and hospital_reference = $2"
                        + " order by booked_at desc, id desc limit 1")
                .execute(Tuple.of(hospital, reference))
                .map(rows -> Rows.first(rows, row -> row.getUUID("id")));
    }

    Uni<Void> missed(SqlConnection tx, UUID appointment) {
        return tx.preparedQuery(MISSED).execute(Tuple.of(appointment)).replaceWithVoid();
    }

    Uni<Void> completed(SqlConnection tx, UUID appointment) {
        return tx.preparedQuery(COMPLETED).execute(Tuple.of(appointment)).replaceWithVoid();
    }

    /** Moves it to the band of its session that has this time; false when there is none with a unit. */
    Uni<Boolean> moved(SqlConnection tx, Appointment booking, OffsetDateTime start, OffsetDateTime now) {
        return tx.preparedQuery(MOVED)
                .execute(Tuple.of(booking.id(), booking.session(), start, now))
                .invoke(() -> changes.changing(
                        tx,
                        booking.slot().hospital(),
                        booking.slot().department().id()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    Uni<Void> differs(SqlConnection tx, UUID appointment, OffsetDateTime start, OffsetDateTime now) {
        return tx.preparedQuery(DIFFERS)
                .execute(Tuple.of(appointment, start, now))
                .replaceWithVoid();
    }
}
