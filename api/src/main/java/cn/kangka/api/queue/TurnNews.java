package cn.kangka.api.queue;

import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Tells people that it is nearly their turn, once each. Queues move in whoever's transaction that is and say so; here those
 * that moved are looked at, under their lock.
 */
@ApplicationScoped
class TurnNews {
    private static final Logger LOG = Logger.getLogger(TurnNews.class);
    private static final int AT_ONCE = 200;
    private static final Duration GOOD_FOR = Duration.ofHours(1);
    private static final String TEMPLATE = "turn-near";
    private static final String MOVED = """
            with taken as (
                select session_id from clinic_queue where moved order by session_id limit $1 for update skip locked)
            update clinic_queue q set moved = false from taken t where q.session_id = t.session_id returning q.session_id
            """;
    /** A queue that nobody is called from says nothing of turns. A statement of its own: it sees what the lock waited for. */
    private static final String NEAR = """
            with near as (
                select n.appointment from unnest($1::uuid[]) s(id)
                cross join lateral (
                    select t.appointment, t.near_told_at from queue_ticket t
                    where t.session_id = s.id and t.state = 'WAITING' order by t.turn_band, t.turn limit $2) n
                where n.near_told_at is null
                    and exists (select 1 from queue_ticket c where c.session_id = s.id and c.called_at is not null))
            update queue_ticket t set near_told_at = $3 from near n, appointment a
            where t.appointment = n.appointment and a.id = n.appointment
            returning t.appointment, t.band, t.number, a.person, told_account(a.person) as account
            """;

    private final Database database;
    private final Notices notices;
    private final QueueConfig config;
    private final Clock clock;

    TurnNews(Database database, Notices notices, QueueConfig config, Clock clock) {
        this.database = database;
        this.notices = notices;
        this.config = config;
        this.clock = clock;
    }

    /** Looks at once; what this does not get to, the job does. */
    void soon() {
        tell().subscribe()
                .with(
                        told -> LOG.debugf("%d queues moved", told),
                        failure -> LOG.warnf("turns wait for the next round: %s", failure.getMessage()));
    }

    /** Tells whoever came near their turn; how many queues had moved. */
    Uni<Integer> tell() {
        return database.write(tx -> tx.preparedQuery(MOVED)
                        .execute(Tuple.of(AT_ONCE))
                        .map(TurnNews::list)
                        .call(moved -> moved.isEmpty() ? Uni.createFrom().voidItem() : tell(tx, moved))
                        .map(List::size))
                .invoke(moved -> {
                    if (moved > 0) {
                        notices.wake();
                    }
                });
    }

    private Uni<Void> tell(SqlConnection tx, List<Row> moved) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        UUID[] sessions = moved.stream().map(row -> row.getUUID(0)).toArray(UUID[]::new);
        return tx.preparedQuery(NEAR)
                .execute(Tuple.of(sessions, config.nearAhead() + 1, now))
                .map(TurnNews::list)
                .chain(near -> notices.tell(
                        tx,
                        near.stream()
                                .filter(row -> row.getUUID("account") != null)
                                .map(row -> notice(row, now))
                                .toList()));
    }

    /** Who waits wants to know at once, whatever the hour. */
    private static Notice notice(Row row, OffsetDateTime now) {
        UUID appointment = row.getUUID("appointment");
        UUID account = row.getUUID("account");
        return Notice.now(
                        TEMPLATE + ":" + appointment + ":" + account,
                        TEMPLATE,
                        Notice.Recipient.account(account, row.getUUID("person")),
                        Map.of("number", Ticket.number(row.getInteger("band"), row.getInteger("number"))),
                        "/appointments/" + appointment)
                .expiring(now.plus(GOOD_FOR))
                .urgent();
    }

    private static List<Row> list(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
