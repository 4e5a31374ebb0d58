package cn.kangka.api.appointment;

import cn.kangka.api.rush.SlotChanges;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Changes the state of bookings that the caller has locked, together with the unit they stand for. */
@ApplicationScoped
class TransitionStore {
    private final SlotChanges changes;

    TransitionStore(SlotChanges changes) {
        this.changes = changes;
    }

    private static final String CANCEL = """
            update appointment set status = 'CANCELLED', version = version + 1, cancelled_at = $2, late_cancel = $3,
                cancelled_by_kind = $4, cancelled_by = $5
            where id = $1 and status = 'BOOKED'
            """;
    private static final String ACCEPT = """
            update appointment set hospital_status = 'ACCEPTED', answered_at = $2, hospital_start = null,
                hospital_reference = coalesce($3, hospital_reference)
            where id = $1 and status = 'BOOKED'
            """;
    private static final String REFUSE = """
            update appointment set status = 'REFUSED', hospital_status = 'REFUSED', answered_at = $2, reason = $3
            where id = $1 and status = 'BOOKED'
            """;
    private static final String WITHDRAW = """
            update appointment set withdrawn_at = $2, version = version + 1 where id = $1 and withdrawn_at is null
            """;
    /**
     * A mark is made only where the hospital reported arrivals that day, or called the queue of that session: else nobody
     * can know who came. Check-ins through us say nothing of those who went to the desk. Nobody arrives at a remote visit:
     * who joined has come, and of the others only the hospital's own word makes a mark. Where the hospital has it at another
     * time, nobody has missed it before then.
     */
    private static final String MISSED = """
            with late as (
                select id, hospital, visit_date, session_id from appointment where status = 'BOOKED' and end_at < $1
                    and (hospital_start is null or hospital_start < $1)
                order by end_at limit $2 for no key update skip locked),
            judged as (
                select late.id, (select e.modality from clinic_session e where e.id = late.session_id) = 'IN_PERSON'
                    and (exists (
                        select 1 from appointment o where o.hospital = late.hospital and o.visit_date = late.visit_date
                            and o.arrival_reported_at is not null)
                        or exists (select 1 from queue_ticket t where t.session_id = late.session_id
                            and t.called_at is not null)) as marked
                from late)
            update appointment a set status = case when a.joined_at is null then 'MISSED' else 'COMPLETED' end,
                missed_at = case when judged.marked then a.end_at end,
                version = a.version + judged.marked::int
            from judged where a.id = judged.id
            returning a.id, judged.marked
            """;

    /** Cancels and gives the unit back to its channel, or to who waits for it. */
    Uni<Void> cancel(
            SqlConnection tx, Appointment appointment, boolean late, String byKind, String by, OffsetDateTime now) {
        return tx.preparedQuery(CANCEL)
                .execute(Tuple.of(appointment.id(), now, late, byKind, by))
                .chain(() -> tx.preparedQuery("select give_back_unit($1, $2, $3, $4, $5, $6)")
                        .execute(Tuple.of(
                                appointment.session(),
                                appointment.slot().id(),
                                appointment.channel().number(),
                                now,
                                late ? appointment.id() : null,
                                appointment.reserved())))
                .invoke(() -> changes.changing(
                        tx,
                        appointment.slot().hospital(),
                        appointment.slot().department().id()))
                .replaceWithVoid();
    }

    /** Locks two sessions in the one order, before units of both change. */
    Uni<Void> lockSessions(SqlConnection tx, UUID session, UUID slotOfOther) {
        return tx.preparedQuery("select lock_sessions(array[$1, (select session_id from slot where id = $2)])")
                .execute(Tuple.of(session, slotOfOther))
                .replaceWithVoid();
    }

    /** Remembers which booking this one replaced. */
    Uni<Void> moved(SqlConnection tx, UUID appointment, UUID from) {
        return tx.preparedQuery("update appointment set moved_from = $2 where id = $1")
                .execute(Tuple.of(appointment, from))
                .replaceWithVoid();
    }

    /** That it was given up late counts for nothing. */
    Uni<Void> forgive(SqlConnection tx, UUID appointment) {
        return tx.preparedQuery("update appointment set late_cancel = false where id = $1 and late_cancel")
                .execute(Tuple.of(appointment))
                .replaceWithVoid();
    }

    Uni<Void> accept(SqlConnection tx, Appointment appointment, String reference, OffsetDateTime now) {
        return tx.preparedQuery(ACCEPT)
                .execute(Tuple.of(appointment.id(), now, reference))
                .replaceWithVoid();
    }

    /** It stays booked, among those that agents look at, until the hospital or its next list says more. */
    Uni<Void> doubt(SqlConnection tx, Appointment appointment) {
        return tx.preparedQuery(
                        "update appointment set hospital_status = 'PENDING' where id = $1 and status = 'BOOKED'")
                .execute(Tuple.of(appointment.id()))
                .replaceWithVoid();
    }

    /** Refuses and blocks the unit. */
    Uni<Void> refuse(SqlConnection tx, Appointment appointment, String reason, OffsetDateTime now) {
        return tx.preparedQuery(REFUSE)
                .execute(Tuple.of(appointment.id(), now, reason))
                .chain(() -> tx.preparedQuery("select block_unit($1, $2)")
                        .execute(Tuple.of(
                                appointment.session(), appointment.slot().id())))
                .replaceWithVoid();
    }

    Uni<Void> withdraw(SqlConnection tx, Appointment appointment, OffsetDateTime now) {
        return tx.preparedQuery(WITHDRAW)
                .execute(Tuple.of(appointment.id(), now))
                .replaceWithVoid();
    }

    /** The link of a remote visit was given. */
    Uni<Void> joined(SqlClient connection, UUID appointment, OffsetDateTime now) {
        return connection
                .preparedQuery("update appointment set joined_at = $2 where id = $1 and joined_at is null")
                .execute(Tuple.of(appointment, now))
                .replaceWithVoid();
    }

    /** @param marked those of which we know that nobody came */
    record Missed(int count, List<UUID> marked) {}

    /** Marks as missed what ended before an instant. */
    Uni<Missed> missed(SqlConnection tx, OffsetDateTime endedBefore, int most) {
        return tx.preparedQuery(MISSED)
                .execute(Tuple.of(endedBefore, most))
                .map(rows -> new Missed(
                        rows.size(),
                        Rows.all(rows, row -> row).stream()
                                .filter(row -> row.getBoolean("marked"))
                                .map(row -> row.getUUID("id"))
                                .toList()));
    }

    /** Bookings a merge makes double: the loser's active ones in sessions where the survivor has one. */
    Uni<List<UUID>> doubles(SqlConnection tx, UUID loser, UUID survivor) {
        return tx.preparedQuery("""
                        select case when l.status = 'BOOKED' and (s.status <> 'BOOKED' or l.booked_at > s.booked_at) then l.id
                            when s.status = 'BOOKED' then s.id else l.id end as id
                        from appointment l
                        join appointment s on s.session_id = l.session_id and s.person = $2
                            and s.status in ('BOOKED', 'CHECKED_IN')
                        where l.person = $1 and l.status in ('BOOKED', 'CHECKED_IN')
                        order by l.session_id
                        """)
                .execute(Tuple.of(loser, survivor))
                .map(rows -> Rows.all(rows, row -> row.getUUID("id")));
    }

    /** Ends a visit that was found twice, both times checked in. */
    Uni<Void> complete(SqlConnection tx, UUID appointment) {
        return tx.preparedQuery("update appointment set status = 'COMPLETED' where id = $1 and status = 'CHECKED_IN'")
                .execute(Tuple.of(appointment))
                .replaceWithVoid();
    }

    Uni<Void> rehome(SqlConnection tx, UUID loser, UUID survivor) {
        return tx.preparedQuery("update appointment set person = $2, merged_from = merged_from || $1::uuid"
                        + " where person = $1")
                .execute(Tuple.of(loser, survivor))
                .replaceWithVoid();
    }

    /** Gives the bookings back that were the person's until it was merged away; everybody whom it concerns is locked. */
    Uni<Void> giveBack(SqlConnection tx, UUID revived) {
        String those = " where merged_from <> '{}' and merged_from[cardinality(merged_from)] = $1";
        return tx.preparedQuery("select lock_person(p) from (select $1::uuid as p union select person from appointment"
                        + those + " union select person from waiting_entry" + those
                        + " union select person from draw_entry" + those + " union select person from stopped_booking"
                        + those + ") who order by p")
                .execute(Tuple.of(revived))
                .chain(() -> tx.preparedQuery("update appointment set person = $1,"
                                + " merged_from = trim_array(merged_from, 1)" + those)
                        .execute(Tuple.of(revived)))
                .replaceWithVoid();
    }

    /** Takes the locks of both, in one order everywhere. */
    Uni<Void> lockPersons(SqlConnection tx, UUID one, UUID other) {
        return tx.preparedQuery("select lock_person(p) from unnest($1::uuid[]) p order by p")
                .execute(Tuple.of(new UUID[] {one, other}))
                .replaceWithVoid();
    }

    /** Flags what is still to come of a person whose identities are doubtful, or takes the flag away. */
    Uni<Void> review(SqlConnection tx, UUID person, boolean review) {
        return tx.preparedQuery("update appointment set review = $2 where person = $1 and review <> $2"
                        + " and status in ('BOOKED', 'CHECKED_IN')")
                .execute(Tuple.of(person, review))
                .replaceWithVoid();
    }
}
