package cn.kangka.api.appointment;

import cn.kangka.api.policy.Rule;
import cn.kangka.api.policy.Rules;
import cn.kangka.api.rush.SlotChanges;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/** Holds: taken, given back, swept. */
@ApplicationScoped
class HoldStore {
    private final SlotChanges changes;
    private final ZoneId zone;

    HoldStore(SlotChanges changes, Clock clock) {
        this.changes = changes;
        this.zone = clock.getZone();
    }

    enum Held {
        HELD,
        SLOT_FULL,
        TOO_MANY_HOLDS
    }

    /**
     * What a hold decides on.
     *
     * @param booked whether the person has a booking in the session
     * @param own what the hospital has set of its own
     * @param published what it had when the session was published
     */
    record Facts(
            boolean open,
            String mode,
            OffsetDateTime startAt,
            OffsetDateTime releaseAt,
            String hospital,
            UUID department,
            LocalDate visitDate,
            OffsetDateTime cancelUntil,
            Map<Rule, Integer> own,
            Map<Rule, Integer> published,
            boolean booked) {
        static Facts of(Row row, ZoneId zone) {
            return new Facts(
                    row.getBoolean("open"),
                    row.getString("mode"),
                    Rows.time(row, "start_at", zone),
                    Rows.time(row, "release_at", zone),
                    row.getString("hospital"),
                    row.getUUID("department_id"),
                    row.getLocalDate("visit_date"),
                    Rows.time(row, "cancel_until", zone),
                    Rules.own(row.getJsonObject("policies")),
                    Rules.own(row.getJsonObject("rules")),
                    row.getBoolean("booked"));
        }
    }

    /**
     * Null when there is no such slot, or nobody knows yet whose it is.
     *
     * @param person for whom; null for nobody yet
     * @param moved the booking that would be given up for it; null for none
     */
    Uni<Facts> facts(SqlClient connection, UUID slot, UUID person, UUID moved) {
        return connection
                .preparedQuery("""
                        select s.status = 'OPEN' and e.status = 'OPEN' as open, e.mode, s.start_at, e.release_at,
                            s.hospital, e.department_id, e.visit_date, e.cancel_until, e.rules,
                            hospital_policies(s.hospital) as policies, exists (
                                select 1 from appointment a where a.person = $2 and a.session_id = e.id
                                    and a.status in ('BOOKED', 'CHECKED_IN') and a.id is distinct from $3) as booked
                        from slot s join clinic_session e on e.id = s.session_id
                        where s.id = $1 and e.department_id is not null and e.practitioner_id is not null
                            and e.visit_date is not null
                        """)
                .execute(Tuple.of(slot, person, moved))
                .map(rows -> Rows.first(rows, row -> Facts.of(row, zone)));
    }

    /** Takes the unit; for what a doctor wanted a reserved one first. */
    Uni<Held> hold(
            SqlConnection tx, HoldView hold, Facts facts, Actor actor, VisitKind kind, int most, OffsetDateTime now) {
        return tx.preparedQuery("select hold_unit($1, $2, $3, $4, $5, $6, $7, $8::text)")
                .execute(Tuple.tuple(Arrays.asList(
                        hold.id(),
                        hold.slotId(),
                        actor.channel().number(),
                        actor.key(),
                        most,
                        now,
                        hold.expiresAt(),
                        kind.name())))
                .map(rows -> Held.valueOf(rows.iterator().next().getString(0)))
                .invoke(outcome -> {
                    if (outcome == Held.HELD) {
                        changes.changing(tx, facts.hospital(), facts.department());
                    }
                });
    }

    /** Ends the holder's hold now: it expires, and is swept with its session. False when it is not theirs. */
    Uni<Boolean> expire(SqlConnection tx, UUID hold, String holder, OffsetDateTime now) {
        return tx.preparedQuery("update slot_hold h set expires_at = $3 from slot s where h.id = $1 and h.holder = $2"
                        + " and h.expires_at > $3 and s.id = h.slot_id returning s.hospital, s.department_id")
                .execute(Tuple.of(hold, holder, now))
                .invoke(rows -> rows.forEach(row -> changes.changing(tx, row.getString(0), row.getUUID(1))))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Gives back the units of all expired holds; how many. */
    Uni<Integer> sweep(SqlConnection tx, OffsetDateTime now) {
        return tx.preparedQuery("select sweep_holds($1)")
                .execute(Tuple.of(now))
                .map(rows -> rows.iterator().next().getInteger(0));
    }
}
