package cn.kangka.api.draw;

import cn.kangka.api.draw.DrawPolicy.Window;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import cn.kangka.api.policy.Rules;
import cn.kangka.api.rush.SlotChanges;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.data.Interval;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The functions of V0540__draw.sql that change draws, called; and draws, read. */
@ApplicationScoped
class DrawStore {
    private static final String PURPOSE = "draw-seed";
    private static final String SELECT = """
            select r.id, r.status, r.opens_at, r.closes_at, r.draws_at, r.commitment, r.revealed, r.entries, r.digest,
                r.drawn_at, coalesce(r.units, greatest(0, e.bookable - e.reserved - e.taken_total + e.reserved_taken)) as units, e.visit_date, e.half,
                h.id as hospital, h.name as hospital_name, d.id as department, d.name as department_name,
                p.id as doctor, p.name as doctor_name, p.title as doctor_title
            from draw r
            join clinic_session e on e.id = r.id
            join hospital h on h.id = e.hospital
            join department d on d.id = e.department_id
            join practitioner p on p.id = e.practitioner_id
            """;
    private static final String UNDRAWN = """
            select id, release_at, cancel_until, hospital_policies(hospital) as policies from clinic_session
            where mode = 'DRAW' and not mode_kept and status = 'OPEN' and release_at <= $1 and visit_date is not null
                and department_id is not null and practitioner_id is not null and ($2::uuid is null or id = $2)
            order by release_at, id limit $3
            """;
    private static final String DUE = """
            select id, status from draw
            where status in ('OPEN', 'CLOSED', 'DRAWN')
                and case status when 'OPEN' then closes_at <= $1 when 'CLOSED' then draws_at <= $1 else true end
            order by closes_at, id
            """;
    private static final String COUNT = """
            update draw d set entries = c.entries
            from (select r.id, (select count(*) from draw_entry e where e.draw_id = r.id and e.status <> 'LEFT')::int as entries
                from draw r where r.status = 'OPEN') c
            where d.id = c.id and d.status = 'OPEN' and d.entries <> c.entries
            """;

    private final Sealer sealer;
    private final SlotChanges changes;
    private final Rules rules;
    private final ZoneId zone;

    DrawStore(Sealer sealer, Clock clock, SlotChanges changes, Rules rules) {
        this.rules = rules;
        this.changes = changes;
        this.sealer = sealer;
        this.zone = clock.getZone();
    }

    /** A session that is to be drawn and has no draw yet. */
    record Undrawn(UUID session, OffsetDateTime release, OffsetDateTime cancelUntil, HospitalRules rules) {}

    /**
     * Released sessions without a draw.
     *
     * @param session only this one; null for all
     */
    Uni<List<Undrawn>> undrawn(SqlClient connection, OffsetDateTime now, UUID session, int most) {
        return connection
                .preparedQuery(UNDRAWN)
                .execute(Tuple.of(now, session, most))
                .map(rows -> Rows.all(
                        rows,
                        row -> new Undrawn(
                                row.getUUID("id"),
                                Rows.time(row, "release_at", zone),
                                Rows.time(row, "cancel_until", zone),
                                rules.at(row.getJsonObject("policies")))));
    }

    /** Opens a draw under the commitment to a seed, which is sealed. */
    Uni<Void> open(SqlConnection tx, UUID session, Window window, String commitment, String seed) {
        return tx.preparedQuery("select open_draw($1, $2, $3, $4, $5, $6)")
                .execute(Tuple.tuple(Arrays.asList(
                        session,
                        window.opens(),
                        window.closes(),
                        window.draws(),
                        commitment,
                        Buffer.buffer(sealer.seal(PURPOSE, seed)))))
                .replaceWithVoid();
    }

    /** A session for whose draw it is too late is booked like any other. */
    Uni<Void> noDraw(SqlConnection tx, UUID session) {
        return tx.preparedQuery("update clinic_session set mode = 'BOOK', mode_kept = true"
                        + " where id = $1 and mode = 'DRAW' and not mode_kept")
                .execute(Tuple.of(session))
                .replaceWithVoid();
    }

    /** The session of a slot with the times of its draw, null where there is none; null when there is no such slot. */
    Uni<Session> session(SqlClient connection, UUID slot) {
        return connection
                .preparedQuery(
                        "select e.id, e.mode, r.status, r.closes_at, r.draws_at, hospital_policies(e.hospital) as policies from slot s"
                                + " join clinic_session e on e.id = s.session_id left join draw r on r.id = e.id where s.id = $1")
                .execute(Tuple.of(slot))
                .map(rows -> Rows.first(
                        rows,
                        row -> new Session(
                                row.getUUID("id"),
                                row.getString("mode").equals("DRAW"),
                                row.getString("status") == null ? null : DrawStatus.valueOf(row.getString("status")),
                                Rows.time(row, "closes_at", zone),
                                Rows.time(row, "draws_at", zone),
                                rules.at(row.getJsonObject("policies")))));
    }

    /**
     * Which session, and how its draw stands.
     *
     * @param byLot whether its units are given by lot now
     * @param status null without a draw, as the times are
     * @param rules of the hospital
     */
    record Session(
            UUID id,
            boolean byLot,
            DrawStatus status,
            OffsetDateTime closesAt,
            OffsetDateTime drawsAt,
            HospitalRules rules) {}

    /** Draws with something to do now. */
    Uni<List<Due>> due(SqlClient connection, OffsetDateTime now) {
        return connection
                .preparedQuery(DUE)
                .execute(Tuple.of(now))
                .map(rows ->
                        Rows.all(rows, row -> new Due(row.getUUID("id"), DrawStatus.valueOf(row.getString("status")))));
    }

    record Due(UUID id, DrawStatus status) {}

    Uni<Void> close(SqlConnection tx, UUID draw, OffsetDateTime now) {
        return tx.preparedQuery("select close_draw($1, $2)")
                .execute(Tuple.of(draw, now))
                .replaceWithVoid();
    }

    /** Opens the seal and ranks the list. */
    Uni<Void> rank(SqlConnection tx, UUID draw, OffsetDateTime now) {
        return tx.preparedQuery("select seed from draw where id = $1")
                .execute(Tuple.of(draw))
                .map(rows ->
                        sealer.open(PURPOSE, rows.iterator().next().getBuffer(0).getBytes()))
                .chain(seed -> tx.preparedQuery("select rank_draw($1, $2, $3)").execute(Tuple.of(draw, seed, now)))
                .replaceWithVoid();
    }

    /** False when somebody else is giving this draw's units. */
    Uni<Boolean> alone(SqlConnection tx, UUID draw) {
        return tx.preparedQuery("select pg_try_advisory_xact_lock(hashtextextended($1, 20))")
                .execute(Tuple.of(draw.toString()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Keeps a unit for a person whose lock is held; its slot, null when none is left. */
    Uni<UUID> unit(SqlConnection tx, UUID hold, DrawEntryStore.Turn turn, OffsetDateTime now) {
        return tx.preparedQuery("select draw_unit($1, $2, $3, $4, $5, $6)")
                .execute(Tuple.tuple(Arrays.asList(
                        hold,
                        turn.draw(),
                        turn.slot(),
                        turn.person(),
                        turn.by().channel().number(),
                        now)))
                .map(rows -> rows.iterator().next().getUUID(0));
    }

    /** Ends a draw; who lost and wishes so waits under the terms of the waiting lists. */
    Uni<Void> end(SqlConnection tx, UUID draw, OffsetDateTime now) {
        return tx.preparedQuery("select hospital_policies(hospital) as policies from clinic_session where id = $1")
                .execute(Tuple.of(draw))
                .map(rows -> rules.at(rows.iterator().next().getJsonObject("policies")))
                .chain(terms -> end(tx, draw, terms, now));
    }

    private Uni<Void> end(SqlConnection tx, UUID draw, HospitalRules terms, OffsetDateTime now) {
        return tx.preparedQuery("select end_draw($1, $2, ((select visit_date from clinic_session where id = $1) - 1"
                        + " + $3::time) at time zone $4, $5, $6, $7)")
                .execute(Tuple.tuple(Arrays.asList(
                        draw,
                        now,
                        terms.time(Rule.WAITING_CLOSES),
                        zone.getId(),
                        interval(terms.duration(Rule.WAITING_OFFER)),
                        interval(terms.duration(Rule.WAITING_SHORT_NOTICE)),
                        terms.get(Rule.WAITING_LISTS))))
                .invoke(() -> changes.changingAnywhere(tx))
                .replaceWithVoid();
    }

    private static Interval interval(Duration duration) {
        return Interval.of(0, 0, 0, 0, 0, Math.toIntExact(duration.toSeconds()));
    }

    /** Counts who has entered so far. */
    Uni<Void> count(SqlClient connection) {
        return connection.query(COUNT).execute().replaceWithVoid();
    }

    /** The draw; null when there is none. */
    Uni<DrawView> find(SqlClient connection, UUID id) {
        return connection
                .preparedQuery(SELECT + "where r.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> Rows.first(rows, this::view));
    }

    private DrawView view(Row row) {
        LocalDate date = row.getLocalDate("visit_date");
        return new DrawView(
                row.getUUID("id"),
                DrawStatus.valueOf(row.getString("status")),
                row.getString("hospital"),
                row.getString("hospital_name"),
                row.getUUID("department"),
                row.getString("department_name"),
                row.getUUID("doctor"),
                row.getString("doctor_name"),
                row.getString("doctor_title"),
                date,
                row.getString("half"),
                Rows.time(row, "opens_at", zone),
                Rows.time(row, "closes_at", zone),
                Rows.time(row, "draws_at", zone),
                row.getInteger("units"),
                row.getInteger("entries"),
                row.getString("commitment"),
                row.getString("digest"),
                row.getString("revealed"),
                Rows.time(row, "drawn_at", zone),
                DrawView.ALGORITHM);
    }
}
