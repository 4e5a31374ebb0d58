package cn.kangka.api.draw;

import cn.kangka.api.appointment.Actor;
import cn.kangka.api.directory.Channel;
import cn.kangka.api.draw.DrawView.Listed;
import cn.kangka.kit.page.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The functions of V0540__draw.sql that change entries, called; and entries, read. */
@ApplicationScoped
class DrawEntryStore {
    private static final String SELECT = """
            select w.id, w.draw_id, w.status, w.person, w.slot_id, w.waiting, o.rank, w.reason, w.appointment, w.entered_at,
                w.entered_by_kind, w.entered_by, r.closes_at, r.draws_at,
                r.status = 'OPEN' and r.closes_at > $1 as open, h.id as hospital, h.name as hospital_name, d.id as department,
                d.name as department_name, p.id as doctor, p.name as doctor_name, p.title as doctor_title, e.visit_date,
                e.half, s.start_at, s.end_at
            from draw_entry w
            join draw r on r.id = w.draw_id
            join clinic_session e on e.id = w.draw_id
            join hospital h on h.id = e.hospital
            join department d on d.id = e.department_id
            join practitioner p on p.id = e.practitioner_id
            left join slot s on s.id = w.slot_id
            left join draw_place o on o.entry_id = w.id
            """;
    private static final String OF_PERSON = SELECT + """
            where w.person = $2 and ($3::timestamptz is null or (w.entered_at, w.id) < ($3, $4))
            order by w.entered_at desc, w.id desc limit $5
            """;
    static final String BY_PARTNER = SELECT + """
            where w.entered_by_kind = 'PARTNER' and w.entered_by = $2
              and ($3::timestamptz is null or (w.entered_at, w.id) < ($3, $4))
            order by w.entered_at desc, w.id desc limit $5
            """;
    private static final String NEXT = """
            select e.id, e.draw_id, e.person, e.slot_id, e.channel, e.entered_by_kind, e.entered_by, e.status, p.rank
            from draw d
            join draw_place p on p.draw_id = d.id and p.rank = d.reached + 1
            join draw_entry e on e.id = p.entry_id
            where d.id = $1 and d.status = 'DRAWN'
            """;
    private static final String BY_ID = """
            select e.id, p.rank, e.status
            from (select id, status from draw_entry where draw_id = $1 and status <> 'LEFT' and id > $2 order by id limit $3) e
            left join draw_place p on p.entry_id = e.id order by e.id
            """;
    private static final String BY_RANK = """
            select e.id, p.rank, e.status
            from (select rank, entry_id from draw_place where draw_id = $1 and rank > $2 order by rank limit $3) p
            join draw_entry e on e.id = p.entry_id order by p.rank
            """;
    private static final UUID LEAST = new UUID(0, 0);

    private final ZoneId zone;

    DrawEntryStore(Clock clock) {
        this.zone = clock.getZone();
    }

    enum Entered {
        ENTERED,
        CLOSED,
        BOOKED_ALREADY,
        TOO_MANY
    }

    /** An entry with who made it. */
    record Entry(DrawEntryView view, String byKind, String by) {}

    /**
     * Whose turn it is.
     *
     * @param over whether the entry has ended otherwise, so that the next one's turn comes
     */
    record Turn(UUID entry, UUID draw, int rank, UUID person, UUID slot, boolean over, Actor by) {}

    /** Enters a person whose lock is held. */
    Uni<Entered> enter(
            SqlConnection tx,
            UUID id,
            UUID draw,
            UUID person,
            DrawRequest request,
            Actor actor,
            int most,
            OffsetDateTime now) {
        return tx.preparedQuery("select enter_draw($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        person,
                        draw,
                        request.slotId(),
                        actor.channel().number(),
                        request.waiting(),
                        most,
                        now,
                        actor.kind(),
                        actor.id())))
                .map(rows -> Entered.valueOf(rows.iterator().next().getString(0)));
    }

    /** The id of a person's entry that stands in a draw; null when there is none. */
    Uni<UUID> standing(SqlConnection tx, UUID draw, UUID person) {
        return tx.preparedQuery("select id from draw_entry where draw_id = $1 and person = $2 and status = 'ENTERED'")
                .execute(Tuple.of(draw, person))
                .map(rows -> Rows.first(rows, row -> row.getUUID(0)));
    }

    /** Takes an entry back; false when its list is closed. */
    Uni<Boolean> leave(SqlConnection tx, UUID id, OffsetDateTime now) {
        return tx.preparedQuery("select leave_draw($1, $2)")
                .execute(Tuple.of(id, now))
                .map(rows -> rows.iterator().next().getString(0).equals("LEFT"));
    }

    /** The entry; null when there is none. */
    Uni<Entry> find(SqlClient connection, UUID id, OffsetDateTime now) {
        return connection
                .preparedQuery(SELECT + "where w.id = $2")
                .execute(Tuple.of(now, id))
                .map(rows -> Rows.first(rows, this::entry));
    }

    /** A person's entries, the newest first. */
    Uni<List<DrawEntryView>> ofPerson(SqlClient connection, UUID person, OffsetDateTime now, Cursor after, int limit) {
        return list(connection, OF_PERSON, person, now, after, limit);
    }

    /** The entries that a partner made, the newest first. */
    Uni<List<DrawEntryView>> byPartner(
            SqlClient connection, String client, OffsetDateTime now, Cursor after, int limit) {
        return list(connection, BY_PARTNER, client, now, after, limit);
    }

    private Uni<List<DrawEntryView>> list(
            SqlClient connection, String sql, Object whose, OffsetDateTime now, Cursor after, int limit) {
        OffsetDateTime at = after == null ? null : after.at().atOffset(ZoneOffset.UTC);
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(now, whose, at, after == null ? null : after.id(), limit))
                .map(rows -> Rows.all(rows, row -> entry(row).view()));
    }

    /** The list of a draw after an id, by id. */
    Uni<List<Listed>> byId(SqlClient connection, UUID draw, UUID after, int limit) {
        return connection
                .preparedQuery(BY_ID)
                .execute(Tuple.of(draw, after == null ? LEAST : after, limit))
                .map(rows -> Rows.all(rows, DrawEntryStore::listed));
    }

    /** The list of a draw after a rank, by rank. */
    Uni<List<Listed>> byRank(SqlClient connection, UUID draw, int after, int limit) {
        return connection
                .preparedQuery(BY_RANK)
                .execute(Tuple.of(draw, after, limit))
                .map(rows -> Rows.all(rows, DrawEntryStore::listed));
    }

    /** Whose turn it is in a drawn draw; null when nobody is left. */
    Uni<Turn> next(SqlConnection tx, UUID draw) {
        return tx.preparedQuery(NEXT).execute(Tuple.of(draw)).map(rows -> Rows.first(rows, DrawEntryStore::turn));
    }

    /** Whether it is still this person's turn; their lock is held, so that it remains so. */
    Uni<Boolean> stands(SqlConnection tx, Turn turn) {
        return tx.preparedQuery("select 1 from draw_entry where id = $1 and person = $2 and status = 'ENTERED'")
                .execute(Tuple.of(turn.entry(), turn.person()))
                .map(rows -> rows.size() > 0);
    }

    /** Whether the person has a booking in the session. */
    Uni<Boolean> booked(SqlConnection tx, Turn turn) {
        return tx.preparedQuery("select 1 from appointment where person = $1 and session_id = $2"
                        + " and status in ('BOOKED', 'CHECKED_IN')")
                .execute(Tuple.of(turn.person(), turn.draw()))
                .map(rows -> rows.size() > 0);
    }

    /** Ends a turn: the next one's comes. */
    Uni<Void> over(SqlConnection tx, Turn turn) {
        return tx.preparedQuery("update draw set reached = $2 where id = $1")
                .execute(Tuple.of(turn.draw(), turn.rank()))
                .replaceWithVoid();
    }

    Uni<Void> won(SqlConnection tx, Turn turn, UUID appointment, OffsetDateTime now) {
        return over(tx, turn)
                .chain(() -> tx.preparedQuery("update draw_entry set status = 'WON', appointment = $2, ended_at = $3"
                                + " where id = $1 and status = 'ENTERED'")
                        .execute(Tuple.of(turn.entry(), appointment, now)))
                .replaceWithVoid();
    }

    Uni<Void> passed(SqlConnection tx, Turn turn, String rule, OffsetDateTime now) {
        return over(tx, turn)
                .chain(() -> tx.preparedQuery("update draw_entry set status = 'PASSED', reason = $2, ended_at = $3"
                                + " where id = $1 and status = 'ENTERED'")
                        .execute(Tuple.of(turn.entry(), rule, now)))
                .replaceWithVoid();
    }

    /** What a merged-away person entered becomes the survivor's. */
    Uni<Void> rehome(SqlConnection tx, UUID loser, UUID survivor, OffsetDateTime now) {
        return tx.preparedQuery("select lock_person(p) from unnest($1::uuid[]) p order by p")
                .execute(Tuple.of(new UUID[] {loser, survivor}))
                .chain(() ->
                        tx.preparedQuery("select rehome_draws($1, $2, $3)").execute(Tuple.of(loser, survivor, now)))
                .replaceWithVoid();
    }

    /** What was the person's until it was merged away is its own again. */
    Uni<Void> giveBack(SqlConnection tx, UUID revived) {
        return tx.preparedQuery("select lock_person(p) from (select $1::uuid as p union select person from draw_entry"
                        + " where merged_from <> '{}' and merged_from[cardinality(merged_from)] = $1) who order by p")
                .execute(Tuple.of(revived))
                .chain(() -> tx.preparedQuery("select give_back_draws($1)").execute(Tuple.of(revived)))
                .replaceWithVoid();
    }

    private static Listed listed(Row row) {
        return new Listed(row.getUUID("id"), row.getInteger("rank"), DrawEntryStatus.valueOf(row.getString("status")));
    }

    private static Turn turn(Row row) {
        return new Turn(
                row.getUUID("id"),
                row.getUUID("draw_id"),
                row.getInteger("rank"),
                row.getUUID("person"),
                row.getUUID("slot_id"),
                !row.getString("status").equals(DrawEntryStatus.ENTERED.name()),
                new Actor(
                        row.getString("entered_by_kind"),
                        row.getString("entered_by"),
                        Channel.of(row.getInteger("channel")),
                        null,
                        null));
    }

    private Entry entry(Row row) {
        return new Entry(
                new DrawEntryView(
                        row.getUUID("id"),
                        row.getUUID("draw_id"),
                        DrawEntryStatus.valueOf(row.getString("status")),
                        row.getString("hospital"),
                        row.getString("hospital_name"),
                        row.getUUID("department"),
                        row.getString("department_name"),
                        row.getUUID("doctor"),
                        row.getString("doctor_name"),
                        row.getString("doctor_title"),
                        row.getLocalDate("visit_date"),
                        row.getString("half"),
                        row.getUUID("slot_id"),
                        Rows.time(row, "start_at", zone),
                        Rows.time(row, "end_at", zone),
                        row.getBoolean("waiting"),
                        row.getInteger("rank"),
                        row.getString("reason"),
                        row.getUUID("appointment"),
                        row.getUUID("person"),
                        Rows.time(row, "entered_at", zone),
                        Rows.time(row, "closes_at", zone),
                        Rows.time(row, "draws_at", zone),
                        row.getBoolean("open")),
                row.getString("entered_by_kind"),
                row.getString("entered_by"));
    }
}
