package cn.kangka.empi.booking;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/** Rows of orders and their answers. */
@ApplicationScoped
class BookingStore {
    private static final String COLUMNS = """
            select appointment, version, action, source, letter, outcome,
                (select r.hospital_reference from booking_order r
                    where r.appointment = o.appointment and r.hospital_reference is not null
                    order by r.version desc limit 1) as hospital_reference,
                version = (select max(n.version) from booking_order n
                    where n.appointment = o.appointment and n.action in ('BOOK', 'CANCEL')) as newest
            from booking_order o
            """;

    /**
     * An order as it stands.
     *
     * @param letter the message to the hospital; null when it cannot be told
     * @param hospitalReference the hospital's number of the appointment, as it gave it last; null when it gave none
     * @param newest whether it is the last word of ours that the hospital decides on
     */
    record Kept(
            UUID appointment,
            long version,
            BookingOrder.Action action,
            String source,
            UUID letter,
            BookingOutcome outcome,
            String hospitalReference,
            boolean newest) {}

    /** Until the end of the transaction nobody else changes the appointment's orders. */
    Uni<Void> lock(SqlConnection tx, UUID appointment) {
        return tx.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 3))")
                .execute(Tuple.of("booking:" + appointment))
                .replaceWithVoid();
    }

    /** The newest order of the appointment; null when there is none. */
    Uni<Kept> newest(SqlConnection tx, UUID appointment) {
        return one(tx, "where appointment = $1 order by version desc limit 1", Tuple.of(appointment));
    }

    /** The newest order of the appointment that the hospital decides on; null when there is none. */
    Uni<Kept> newestAsked(SqlConnection tx, UUID appointment) {
        return one(
                tx,
                "where appointment = $1 and action in ('BOOK', 'CANCEL') order by version desc limit 1",
                Tuple.of(appointment));
    }

    /** The order that a letter carried; null when there is none. */
    Uni<Kept> ofLetter(SqlConnection tx, UUID letter) {
        return one(tx, "where letter = $1", Tuple.of(letter));
    }

    /** The order whose message to the source had that MSH-10; null when there is none. */
    Uni<Kept> ofControlId(SqlConnection tx, String source, String controlId) {
        return one(tx, "where source = $1 and control_id = $2", Tuple.of(source, controlId));
    }

    Uni<Void> insert(
            SqlConnection tx,
            BookingOrder order,
            UUID person,
            long version,
            UUID letter,
            String controlId,
            Instant now) {
        return tx.preparedQuery("insert into booking_order"
                        + " (appointment, version, action, source, person, letter, control_id, outcome, received_at)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, 'PENDING', $8)")
                .execute(Tuple.from(Arrays.asList(
                        order.appointment(),
                        version,
                        order.action().name(),
                        order.source(),
                        person,
                        letter,
                        controlId,
                        time(now))))
                .replaceWithVoid();
    }

    /** Writes what the hospital said; its reference stays when it gives none. */
    Uni<Void> answer(
            SqlConnection tx,
            Kept order,
            BookingOutcome outcome,
            String reason,
            String hospitalReference,
            Instant now) {
        return tx.preparedQuery("update booking_order set outcome = $3, reason = $4, answered_at = $6,"
                        + " hospital_reference = coalesce($5, hospital_reference)"
                        + " where appointment = $1 and version = $2")
                .execute(Tuple.of(
                        order.appointment(), order.version(), outcome.name(), reason, hospitalReference, time(now)))
                .replaceWithVoid();
    }

    /** A version for what is told about an appointment; the caller holds its lock. */
    Uni<Long> nextVersion(SqlConnection tx) {
        return tx.preparedQuery("select nextval('booking_answer_version') as version")
                .execute()
                .map(rows -> rows.iterator().next().getLong("version"));
    }

    private Uni<Kept> one(SqlConnection tx, String condition, Tuple parameters) {
        return tx.preparedQuery(COLUMNS + condition).execute(parameters).map(BookingStore::first);
    }

    private static Kept first(RowSet<Row> rows) {
        if (rows.rowCount() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        return new Kept(
                row.getUUID("appointment"),
                row.getLong("version"),
                BookingOrder.Action.valueOf(row.getString("action")),
                row.getString("source"),
                row.getUUID("letter"),
                BookingOutcome.valueOf(row.getString("outcome")),
                row.getString("hospital_reference"),
                row.getBoolean("newest"));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
