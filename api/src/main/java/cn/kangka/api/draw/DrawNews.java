package cn.kangka.api.draw;

import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Tells people that their entry ended without a booking, once each: the entry remembers what was told. Who won is told in the
 * transaction of the booking.
 */
@ApplicationScoped
class DrawNews {
    private static final int AT_ONCE = 500;
    private static final String LINK = "/draws";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
    private static final String TAKE = """
            with taken as (
                select id, status from draw_entry
                where status in ('LOST', 'PASSED', 'STOPPED') and told is distinct from status
                order by id limit $1 for update skip locked)
            update draw_entry w set told = w.status
            from taken t, clinic_session e, hospital h, department d, practitioner p
            where w.id = t.id and e.id = w.draw_id and h.id = e.hospital and d.id = e.department_id
                and p.id = e.practitioner_id
            returning w.id, w.status, w.person, h.name as hospital, d.name as department, p.name as doctor,
                told_account(w.person) as account,
                coalesce((select s.start_at from slot s where s.id = w.slot_id),
                    (select min(s.start_at) from slot s where s.session_id = e.id)) as start_at,
                w.status = 'LOST' and exists (select 1 from waiting_entry x where x.person = w.person
                    and x.session_id = w.draw_id and x.status in ('WAITING', 'OFFERED')) as waits
            """;

    private final Database database;
    private final Notices notices;
    private final ZoneId zone;

    DrawNews(Database database, Notices notices, Clock clock) {
        this.database = database;
        this.notices = notices;
        this.zone = clock.getZone();
    }

    /** Tells what was not told yet, some at a time. */
    Uni<Void> tell() {
        return database.writeWhile(this::some);
    }

    private Uni<Boolean> some(SqlConnection tx) {
        return tx.preparedQuery(TAKE)
                .execute(Tuple.of(AT_ONCE))
                .map(rows -> Rows.all(rows, this::news))
                .call(told ->
                        notices.tell(tx, told.stream().filter(Objects::nonNull).toList()))
                .map(List::size)
                .invoke(told -> {
                    if (told > 0) {
                        notices.wake();
                    }
                })
                .map(told -> told == AT_ONCE);
    }

    /** Null where nobody is to be told. */
    private Notice news(Row row) {
        UUID account = row.getUUID("account");
        if (account == null) {
            return null;
        }
        String status = row.getString("status");
        boolean stopped = status.equals(DrawEntryStatus.STOPPED.name());
        String template = stopped ? "draw-stopped" : "draw-lost";
        Map<String, String> params = new HashMap<>();
        params.put("hospital", row.getString("hospital"));
        params.put("department", row.getString("department"));
        params.put("doctor", row.getString("doctor"));
        params.put("start", Rows.time(row, "start_at", zone).format(TIME));
        if (!stopped) {
            params.put("status", row.getBoolean("waits") ? "WAITING" : status);
        }
        return Notice.now(
                template + ":" + row.getUUID("id") + ":" + account,
                template,
                Notice.Recipient.account(account, row.getUUID("person")),
                params,
                LINK);
    }
}
