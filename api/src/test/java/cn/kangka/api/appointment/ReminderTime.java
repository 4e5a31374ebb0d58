package cn.kangka.api.appointment;

import cn.kangka.api.appointment.ReminderPolicy.Window;
import cn.kangka.api.testing.Eventually;
import io.quarkus.arc.Arc;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;

/** What time does to reminders, for tests: the service's own job runs beside them. */
final class ReminderTime {
    private ReminderTime() {}

    /** Reminders begin now: clocks of other tests were ahead. */
    static void begins(Pool pool) {
        OffsetDateTime now = now();
        for (Window window : Window.values()) {
            pool.preparedQuery("insert into reminder_position (kind, reached_at, reached_id) values ($1, $2, $3)"
                            + " on conflict (kind) do update set reached_at = $2, reached_id = $3")
                    .execute(Tuple.of(window.name(), now, new UUID(0, 0)))
                    .await()
                    .indefinitely();
        }
        runs(pool);
    }

    /** Whatever is due now was noted, told and taken back. */
    static void runs(Pool pool) {
        Reminders reminders = Arc.container().instance(Reminders.class).get();
        Eventually.isTrue("what is due is told", () -> {
            reminders.remind().await().indefinitely();
            return done(pool);
        });
    }

    private static boolean done(Pool pool) {
        OffsetDateTime now = now();
        ReminderPolicy policy = ReminderPolicy.of(
                Arc.container().instance(AppointmentConfig.class).get(),
                Arc.container().instance(Clock.class).get().getZone());
        for (Window window : Window.values()) {
            if (yes(
                    pool,
                    "select reached_at < $1 from reminder_position where kind = '" + window + "'",
                    policy.until(window, now.minusSeconds(1)))) {
                return false;
            }
        }
        return !yes(
                pool,
                "select exists (select 1 from booking_reminder where state = 'WITHDRAW' or state = 'DUE' and visit_at > $1)",
                now);
    }

    private static boolean yes(Pool pool, String sql, OffsetDateTime time) {
        Row row = pool.preparedQuery(sql)
                .execute(Tuple.of(time))
                .await()
                .indefinitely()
                .iterator()
                .next();
        return row.getBoolean(0);
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(Arc.container().instance(Clock.class).get());
    }
}
