package cn.kangka.api.appointment;

import cn.kangka.api.appointment.ReminderPolicy.Window;
import cn.kangka.api.appointment.ReminderStore.Due;
import cn.kangka.api.appointment.ReminderStore.Position;
import cn.kangka.api.appointment.ReminderStore.Reminder;
import cn.kangka.api.appointment.ReminderStore.Told;
import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import cn.kangka.api.rush.Turns;
import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reminds people of their visits, each window once. Due bookings are found in the order of their visits, from where the window
 * had come to; what is due is told in batches that leave room for what people wait for, and not at all in a rush.
 */
@ApplicationScoped
class Reminders {
    private static final String TEMPLATE = "booking-reminder";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
    /** Noting is cheap: it keeps ahead of telling, so that the soonest visits of all windows are told first. */
    private static final int NOTED_AT_ONCE = 1_000;

    private static final int FORGOTTEN_AT_ONCE = 10_000;
    /** For who asks the next day whether somebody was reminded. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Database database;
    private final ReminderStore store;
    private final Notices notices;
    private final Turns turns;
    private final Clock clock;
    private final ReminderPolicy policy;
    private final int batch;

    Reminders(
            Database database,
            ReminderStore store,
            Notices notices,
            Turns turns,
            Clock clock,
            AppointmentConfig config) {
        this.database = database;
        this.store = store;
        this.notices = notices;
        this.turns = turns;
        this.clock = clock;
        this.policy = ReminderPolicy.of(config, clock.getZone());
        this.batch = config.remindBatch();
    }

    /** One round, which rests in a rush; how many bookings it looked at, told or took back. */
    Uni<Integer> remind() {
        if (turns.crowded()) {
            return Uni.createFrom().item(0);
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        return note(now)
                .chain(noted -> database.write(tx -> tell(tx, now)).map(told -> noted + told))
                .chain(done -> database.write(this::withdraw).map(withdrawn -> done + withdrawn))
                .invoke(done -> {
                    if (done > 0) {
                        notices.wake();
                    }
                });
    }

    /** Forgets the reminders of visits that are over; how many. */
    Uni<Integer> forget() {
        return store.forget(database.pool(), OffsetDateTime.now(clock).minus(KEPT), FORGOTTEN_AT_ONCE);
    }

    private Uni<Integer> note(OffsetDateTime now) {
        return Multi.createFrom()
                .items(Window.values())
                .onItem()
                .transformToUniAndConcatenate(window -> database.write(tx -> note(tx, window, now)))
                .collect()
                .with(Collectors.summingInt(noted -> noted));
    }

    private Uni<Integer> note(SqlConnection tx, Window window, OffsetDateTime now) {
        OffsetDateTime until = policy.until(window, now);
        return store.lock(tx, window).chain(position -> {
            if (position == null) {
                return store.begin(tx, window, until).replaceWith(0);
            }
            return position.at().isBefore(until)
                    ? note(tx, window, position.orLater(policy.from(window, now)), until)
                    : Uni.createFrom().item(0);
        });
    }

    private Uni<Integer> note(SqlConnection tx, Window window, Position after, OffsetDateTime until) {
        return store.due(tx, after, until, NOTED_AT_ONCE).chain(found -> {
            List<Due> due = found.stream()
                    .filter(each -> policy.reminds(window, each.visit(), each.known()))
                    .toList();
            Position reached = found.size() < NOTED_AT_ONCE
                    ? after.orLater(until)
                    : found.get(found.size() - 1).position();
            return store.note(tx, window, due)
                    .chain(() -> store.reached(tx, window, reached))
                    .replaceWith(found.size());
        });
    }

    private Uni<Integer> tell(SqlConnection tx, OffsetDateTime now) {
        return store.tell(tx, now, batch)
                .call(told -> notices.tell(
                        tx, told.stream().flatMap(Reminders::notices).toList()))
                .map(List::size);
    }

    private static Stream<Notice> notices(Told told) {
        Reminder reminder = told.reminder();
        Map<String, String> params = Map.of(
                "hospital", told.hospital(),
                "department", told.department(),
                "doctor", told.doctor(),
                "start", reminder.visit().format(TIME));
        return reminder.told().stream().map(account -> Notice.now(
                        key(reminder, account),
                        TEMPLATE,
                        Notice.Recipient.account(account, told.person()),
                        params,
                        "/appointments/" + reminder.appointment())
                .reminder()
                .expiring(reminder.visit()));
    }

    private static String key(Reminder reminder, UUID account) {
        return TEMPLATE + ":" + reminder.appointment() + ":" + account + ":" + reminder.window() + ":"
                + reminder.visit().toEpochSecond();
    }

    /** Takes back what is not yet sent of the reminders of bookings that were given up or moved. */
    private Uni<Integer> withdraw(SqlConnection tx) {
        return store.withdraw(tx, batch)
                .call(withdrawn -> notices.cancel(
                        tx,
                        withdrawn.stream()
                                .flatMap(each -> each.told().stream()
                                        .map(account -> new Notices.Sent(account, key(each, account))))
                                .toList()))
                .map(List::size);
    }
}
