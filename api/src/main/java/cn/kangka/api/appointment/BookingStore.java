package cn.kangka.api.appointment;

import cn.kangka.api.appointment.BookingFacts.Kept;
import cn.kangka.api.appointment.LimitRule.History;
import cn.kangka.api.appointment.LimitRule.Visit;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** The functions of V0203__booking.sql, V0560__reserved_units.sql and V0700__kept_alternatives.sql, called. */
@ApplicationScoped
class BookingStore {
    private final ZoneId zone;
    private final Rules rules;
    private final SlotChanges changes;

    BookingStore(Clock clock, Rules rules, SlotChanges changes) {
        this.changes = changes;
        this.zone = clock.getZone();
        this.rules = rules;
    }

    /** Locks the person and reads what the booking decides on; null when there is no such slot. */
    Uni<BookingFacts> facts(SqlConnection tx, UUID slot, UUID person, LocalDate today) {
        return tx.preparedQuery(
                        "select f.*, hospital_policies(f.hospital) as policies,"
                                + " (select e.modality from clinic_session e where e.id = f.session_id) as modality,"
                                + " (select e.cancel_until from clinic_session e where e.id = f.session_id) as cancel_until,"
                                + " never_paused($2),"
                                + " k.hold, k.appointment, k.kind, k.until"
                                + " from booking_facts($1, $2, $3) f left join lateral kept_exempt($2, $1, f.department_id) k on true")
                .execute(Tuple.of(slot, person, today.minusDays(LimitRule.LOOK_BACK)))
                .map(rows -> Rows.first(rows, row -> facts(row, slot, today)));
    }

    /** What counts against a person now, without a lock, for a wish for a slot; null for any. */
    Uni<History> history(SqlClient connection, UUID person, UUID slot, LocalDate today) {
        return connection
                .preparedQuery(
                        "select b.*, (select hospital_policies(s.hospital) from slot s where s.id = $3) as policies,"
                                + " never_paused($1)"
                                + " from booking_history($1, $2) b")
                .execute(Tuple.of(person, today.minusDays(LimitRule.LOOK_BACK), slot))
                .map(rows -> Rows.first(rows, row -> history(row, today)));
    }

    /** Day and department of a slot; null when there is no such slot. */
    Uni<Visit> visit(SqlClient connection, UUID slot) {
        return connection
                .preparedQuery("select e.visit_date, e.department_id from slot s"
                        + " join clinic_session e on e.id = s.session_id"
                        + " where s.id = $1 and e.visit_date is not null and e.department_id is not null")
                .execute(Tuple.of(slot))
                .map(rows -> Rows.first(rows, row -> new Visit(row.getLocalDate(0), row.getUUID(1))));
    }

    private BookingFacts facts(Row row, UUID slot, LocalDate today) {
        return new BookingFacts(
                slot(row, slot, zone),
                row.getBoolean("open"),
                row.getString("mode"),
                Rows.time(row, "release_at", zone),
                row.getString("person_status"),
                history(row, today),
                row.getUUID("hold") == null ? null : kept(row));
    }

    private Kept kept(Row row) {
        return new Kept(
                row.getUUID("hold"),
                row.getUUID("appointment"),
                VisitKind.valueOf(row.getString("kind")),
                Rows.time(row, "until", zone));
    }

    private History history(Row row, LocalDate today) {
        LocalDate birth = row.getLocalDate("birth_date");
        Map<Rule, Integer> own = Rules.own(row.getJsonObject("policies"));
        int adult = own.getOrDefault(Rule.ADULT_AGE, rules.region().get(Rule.ADULT_AGE));
        return new History(
                visits(row.getArrayOfLocalDates("visit_dates"), row.getArrayOfUUIDs("departments")),
                times(row.getArrayOfOffsetDateTimes("missed")),
                times(row.getArrayOfOffsetDateTimes("late_cancels")),
                !row.getBoolean("never_paused")
                        && (birth == null || !birth.plusYears(adult).isAfter(today)),
                own);
    }

    private static List<Visit> visits(LocalDate[] dates, UUID[] departments) {
        return dates == null
                ? List.of()
                : IntStream.range(0, dates.length)
                        .mapToObj(i -> new Visit(dates[i], departments[i]))
                        .toList();
    }

    private static List<OffsetDateTime> times(OffsetDateTime[] times) {
        return times == null ? List.of() : List.of(times);
    }

    /** The slot of a row that has the columns of booking_facts. */
    static BookedSlot slot(Row row, UUID id, ZoneId zone) {
        return new BookedSlot(
                id,
                row.getString("hospital"),
                row.getString("hospital_name"),
                coded(row, "department"),
                coded(row, "practitioner"),
                row.getString("practitioner_title"),
                row.getLocalDate("visit_date"),
                row.getString("half"),
                Rows.time(row, "start_at", zone),
                Rows.time(row, "end_at", zone),
                row.getBigDecimal("fee"),
                Modality.valueOf(row.getString("modality")),
                Rows.time(row, "cancel_until", zone));
    }

    private static BookedSlot.Coded coded(Row row, String prefix) {
        return new BookedSlot.Coded(
                row.getUUID(prefix + "_id"), row.getString(prefix + "_code"), row.getString(prefix + "_name"));
    }

    enum Booked {
        BOOKED,
        SLOT_FULL,
        HOLD_EXPIRED,
        SESSION_BOOKED
    }

    /** Takes the unit (or the held one) and writes the appointment; the person's lock is held. */
    Uni<Booked> book(
            SqlConnection tx,
            UUID appointment,
            UUID person,
            BookedSlot slot,
            UUID hold,
            Actor actor,
            VisitKind kind,
            OffsetDateTime now) {
        return tx.preparedQuery("select book($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text)")
                .execute(Tuple.tuple(Arrays.asList(
                        appointment,
                        person,
                        slot.id(),
                        actor.channel().number(),
                        hold,
                        actor.key(),
                        now,
                        actor.kind(),
                        actor.id(),
                        kind.name())))
                .map(rows -> Booked.valueOf(rows.iterator().next().getString(0)))
                .invoke(booked -> {
                    if (booked == Booked.BOOKED) {
                        changes.changing(tx, slot.hospital(), slot.department().id());
                    }
                });
    }

    /** The hospital of a slot; null when there is no such slot. */
    Uni<String> hospitalOf(SqlClient connection, UUID slot) {
        return connection
                .preparedQuery("select hospital from slot where id = $1")
                .execute(Tuple.of(slot))
                .map(rows -> Rows.first(rows, row -> row.getString(0)));
    }
}
