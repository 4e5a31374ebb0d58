package cn.kangka.api.appointment;

import cn.kangka.api.rush.SlotChanges;
import cn.kangka.kit.page.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.data.Interval;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The functions of V0500__waiting_list.sql, called; and entries, read. */
@ApplicationScoped
class WaitingStore {
    private static final String SELECT = """
            select w.id, w.status, w.person, w.entered_by_kind, w.entered_by, w.entered_at, w.clears_at, w.slot_id, w.hold_id,
                w.offer_expires_at, (extract(epoch from w.offer_for) / 60)::int as offer_minutes,
                (extract(epoch from w.short_notice) / 3600)::int as short_notice_hours, h.id as hospital, h.name as hospital_name, d.id as department, d.name as department_name,
                p.id as doctor, p.name as doctor_name, p.title as doctor_title, e.visit_date, e.half, s.start_at, s.end_at,
                case when w.status = 'WAITING' then (
                    select count(*) from waiting_entry o where o.session_id = w.session_id and o.status = 'WAITING'
                        and (o.entered_at, o.id) <= (w.entered_at, w.id)) end::int as position
            from waiting_entry w
            join clinic_session e on e.id = w.session_id
            join hospital h on h.id = e.hospital
            join department d on d.id = e.department_id
            join practitioner p on p.id = e.practitioner_id
            left join slot s on s.id = w.slot_id and w.status = 'OFFERED'
            """;
    private static final String OF_PERSON = SELECT + """
            where w.person = $1 and ($2::timestamptz is null or (w.entered_at, w.id) < ($2, $3))
            order by w.entered_at desc, w.id desc limit $4
            """;
    static final String BY_PARTNER = SELECT + """
            where w.entered_by_kind = 'PARTNER' and w.entered_by = $1
              and ($2::timestamptz is null or (w.entered_at, w.id) < ($2, $3))
            order by w.entered_at desc, w.id desc limit $4
            """;

    private final ZoneId zone;
    private final SlotChanges changes;

    WaitingStore(Clock clock, SlotChanges changes) {
        this.changes = changes;
        this.zone = clock.getZone();
    }

    enum Entered {
        ENTERED,
        NOT_FULL,
        BOOKED_ALREADY,
        WAITING_ALREADY
    }

    /** An entry with who made it. */
    record Entry(WaitingView view, String byKind, String by) {}

    /** Enters a person whose lock is held, on the list of the slot's session. */
    Uni<Entered> enter(
            SqlConnection tx,
            UUID id,
            UUID person,
            BookedSlot slot,
            Actor actor,
            WaitingPolicy policy,
            OffsetDateTime now) {
        return tx.preparedQuery(
                        "select enter_waiting($1, $2, (select session_id from slot where id = $3), $4, $5, $6, $7,"
                                + " $8, $9, $10)")
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        person,
                        slot.id(),
                        actor.channel().number(),
                        now,
                        policy.clearsAt(slot.date()),
                        interval(policy.offerFor()),
                        interval(policy.shortNotice()),
                        actor.kind(),
                        actor.id())))
                .map(rows -> Entered.valueOf(rows.iterator().next().getString(0)))
                .invoke(entered -> {
                    if (entered == Entered.ENTERED) {
                        changes.changing(tx, slot.hospital(), slot.department().id());
                    }
                });
    }

    static Interval interval(Duration duration) {
        return Interval.of(0, 0, 0, 0, 0, Math.toIntExact(duration.toSeconds()));
    }

    /** How many lists a person is on, and the id of the entry for a slot's session if there is one. */
    Uni<Lists> lists(SqlConnection tx, UUID person, UUID slot) {
        return tx.preparedQuery("select w.id, w.session_id = s.session_id as same from waiting_entry w, slot s"
                        + " where w.person = $1 and s.id = $2 and w.status in ('WAITING', 'OFFERED')")
                .execute(Tuple.of(person, slot))
                .map(rows -> {
                    List<Row> all = Rows.all(rows, row -> row);
                    Optional<UUID> same = all.stream()
                            .filter(row -> row.getBoolean("same"))
                            .map(row -> row.getUUID("id"))
                            .findFirst();
                    return new Lists(all.size(), same.orElse(null));
                });
    }

    /** @param same of the session in question; null when the person does not wait for it */
    record Lists(int open, UUID same) {}

    /** The entry; null when there is none. */
    Uni<Entry> find(SqlClient connection, UUID id) {
        return connection
                .preparedQuery(SELECT + "where w.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> Rows.first(rows, this::entry));
    }

    /** A person's entries, the newest first. */
    Uni<List<Entry>> ofPerson(SqlClient connection, UUID person, Cursor after, int limit) {
        return connection
                .preparedQuery(OF_PERSON)
                .execute(Tuple.of(person, at(after), id(after), limit))
                .map(rows -> Rows.all(rows, this::entry));
    }

    /** The entries that a partner made, the newest first. */
    Uni<List<Entry>> byPartner(SqlClient connection, String client, Cursor after, int limit) {
        return connection
                .preparedQuery(BY_PARTNER)
                .execute(Tuple.of(client, at(after), id(after), limit))
                .map(rows -> Rows.all(rows, this::entry));
    }

    private static OffsetDateTime at(Cursor cursor) {
        return cursor == null ? null : cursor.at().atOffset(ZoneOffset.UTC);
    }

    private static UUID id(Cursor cursor) {
        return cursor == null ? null : cursor.id();
    }

    /** Takes an entry off its list; what it is offered goes to the next. Nothing when it has ended. */
    Uni<Void> leave(SqlConnection tx, UUID id, OffsetDateTime now) {
        return tx.preparedQuery("select hospital, department_id from clinic_session where id ="
                        + " (select session_id from waiting_entry where id = $1) for no key update")
                .execute(Tuple.of(id))
                .invoke(rows -> rows.forEach(row -> changes.changing(tx, row.getString(0), row.getUUID(1))))
                .chain(() -> tx.preparedQuery("select end_waiting(id, 'LEFT', $2, null) from waiting_entry"
                                + " where id = $1 and status in ('WAITING', 'OFFERED')")
                        .execute(Tuple.of(id, now)))
                .replaceWithVoid();
    }

    /** What time does to some of the lists; the session after which to go on, null when there are no more. */
    Uni<UUID> sweep(SqlConnection tx, OffsetDateTime now, UUID after, int most) {
        return tx.preparedQuery("select * from sweep_waiting_sessions($1, $2, $3)")
                .execute(Tuple.of(now, after, most))
                .map(rows -> {
                    UUID last = null;
                    for (Row session : rows) {
                        changes.changing(tx, session.getString("hospital"), session.getUUID("department_id"));
                        last = session.getUUID("session_id");
                    }
                    return rows.size() == most ? last : null;
                });
    }

    /** What a merged-away person waits for becomes the survivor's. */
    Uni<Void> rehome(SqlConnection tx, UUID loser, UUID survivor, OffsetDateTime now) {
        return tx.preparedQuery("select rehome_waiting($1, $2, $3)")
                .execute(Tuple.of(loser, survivor, now))
                .invoke(() -> changes.changingAnywhere(tx))
                .replaceWithVoid();
    }

    /** What was the person's until it was merged away is its own again. */
    Uni<Void> giveBack(SqlConnection tx, UUID revived) {
        return tx.preparedQuery("select give_back_waiting($1)")
                .execute(Tuple.of(revived))
                .replaceWithVoid();
    }

    private Entry entry(Row row) {
        WaitingStatus status = WaitingStatus.valueOf(row.getString("status"));
        return new Entry(
                new WaitingView(
                        row.getUUID("id"),
                        status,
                        row.getString("hospital"),
                        row.getString("hospital_name"),
                        row.getUUID("department"),
                        row.getString("department_name"),
                        row.getUUID("doctor"),
                        row.getString("doctor_name"),
                        row.getString("doctor_title"),
                        row.getLocalDate("visit_date"),
                        row.getString("half"),
                        row.getInteger("position"),
                        row.getUUID("person"),
                        Rows.time(row, "entered_at", zone),
                        Rows.time(row, "clears_at", zone),
                        row.getInteger("offer_minutes"),
                        row.getInteger("short_notice_hours"),
                        status == WaitingStatus.OFFERED ? offer(row) : null),
                row.getString("entered_by_kind"),
                row.getString("entered_by"));
    }

    private WaitingView.Offer offer(Row row) {
        return new WaitingView.Offer(
                row.getUUID("slot_id"),
                row.getUUID("hold_id"),
                Rows.time(row, "start_at", zone),
                Rows.time(row, "end_at", zone),
                Rows.time(row, "offer_expires_at", zone));
    }
}
