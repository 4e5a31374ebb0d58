package cn.kangka.api.appointment;

import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Tells people what became of their place on a waiting list. Offers are made where a unit comes free, in whoever's
 * transaction that is; here they are told, once each, with the same certainty: the entry remembers what was told.
 */
@ApplicationScoped
class WaitingNews {
    private static final int AT_ONCE = 100;
    /** What ends sooner does not wait for the morning. */
    private static final Duration SHORT = Duration.ofHours(1);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
    private static final String TAKE = """
            with taken as (
                select id, status from waiting_entry
                where status in ('OFFERED', 'EXPIRED', 'CLEARED', 'STOPPED') and told is distinct from status
                order by id limit $1 for update skip locked)
            update waiting_entry w set told = w.status
            from taken t, clinic_session e, hospital h, department d, practitioner p
            where w.id = t.id and e.id = w.session_id and h.id = e.hospital and d.id = e.department_id
                and p.id = e.practitioner_id
            returning w.id, w.status, w.person, w.offered_at, w.offer_expires_at, h.name as hospital, d.name as department,
                p.name as doctor, told_account(w.person) as account,
                coalesce((select s.start_at from slot s where s.id = w.slot_id),
                    (select min(s.start_at) from slot s where s.session_id = e.id)) as start_at
            """;
    private static final String FORGIVE = """
            with taken as (
                select id, forgives from waiting_entry where status = 'BOOKED' and forgives is not null
                order by id limit $2 for update skip locked),
            done as (update waiting_entry w set forgives = null from taken t where w.id = t.id),
            forgiven as (
                update appointment a set mark_erased_at = $1 from taken t
                where a.id = t.forgives and a.late_cancel and a.mark_erased_at is null
                returning a.id, a.person, a.hospital, a.department_id, a.practitioner_id, a.start_at)
            select f.id, f.person, f.start_at, h.name as hospital, d.name as department, p.name as doctor,
                told_account(f.person) as account
            from forgiven f join hospital h on h.id = f.hospital join department d on d.id = f.department_id
            join practitioner p on p.id = f.practitioner_id
            """;

    private final Database database;
    private final Notices notices;
    private final Clock clock;
    private final ZoneId zone;

    WaitingNews(Database database, Notices notices, Clock clock) {
        this.database = database;
        this.notices = notices;
        this.clock = clock;
        this.zone = clock.getZone();
    }

    /** Tells what was not told yet; how many entries. */
    Uni<Integer> tell() {
        return database.write(tx -> tx.preparedQuery(TAKE)
                        .execute(Tuple.of(AT_ONCE))
                        .map(rows -> Rows.all(rows, this::news))
                        .call(told -> notices.tell(
                                tx, told.stream().filter(Objects::nonNull).toList()))
                        .map(List::size)
                        .chain(told -> forgive(tx).map(forgiven -> told + forgiven)))
                .invoke(told -> {
                    if (told > 0) {
                        notices.wake();
                    }
                });
    }

    /** Erases the marks of late cancels whose units were taken from the waiting list. */
    private Uni<Integer> forgive(SqlConnection tx) {
        return tx.preparedQuery(FORGIVE)
                .execute(Tuple.of(OffsetDateTime.now(clock), AT_ONCE))
                .map(rows -> Rows.all(rows, this::forgiven))
                .call(told ->
                        notices.tell(tx, told.stream().filter(Objects::nonNull).toList()))
                .map(List::size);
    }

    /** Null for people without an account. */
    private Notice news(Row row) {
        boolean offered = row.getString("status").equals(WaitingStatus.OFFERED.name());
        UUID account = row.getUUID("account");
        if (account == null) {
            return null;
        }
        Map<String, String> params = params(row);
        String template = offered ? "waiting-offered" : "waiting-ended";
        String key = template + ":" + row.getUUID("id") + ":" + account;
        Notice.Recipient to = Notice.Recipient.account(account, row.getUUID("person"));
        if (!offered) {
            params.put("status", row.getString("status"));
            return Notice.now(key, template, to, params, "/waiting");
        }
        OffsetDateTime until = Rows.time(row, "offer_expires_at", zone);
        params.put("until", until.format(TIME));
        Notice notice = Notice.now(key, template, to, params, "/waiting").expiring(until);
        return until.isBefore(OffsetDateTime.now(clock).plus(SHORT)) ? notice.urgent() : notice;
    }

    private Notice forgiven(Row row) {
        UUID account = row.getUUID("account");
        return account == null
                ? null
                : Notice.now(
                        "mark-erased:" + row.getUUID("id") + ":" + account,
                        "mark-erased",
                        Notice.Recipient.account(account, row.getUUID("person")),
                        params(row),
                        "/appointments/" + row.getUUID("id"));
    }

    private Map<String, String> params(Row row) {
        Map<String, String> params = new HashMap<>();
        params.put("hospital", row.getString("hospital"));
        params.put("department", row.getString("department"));
        params.put("doctor", row.getString("doctor"));
        params.put("start", Rows.time(row, "start_at", zone).format(TIME));
        return params;
    }
}
