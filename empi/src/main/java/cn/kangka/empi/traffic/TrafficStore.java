package cn.kangka.empi.traffic;

import cn.kangka.empi.traffic.MessageFilter.Condition;
import cn.kangka.empi.traffic.MessageViews.Item;
import cn.kangka.empi.traffic.MessageViews.Letter;
import cn.kangka.empi.traffic.MessageViews.Line;
import cn.kangka.empi.traffic.MessageViews.Live;
import cn.kangka.empi.traffic.MessageViews.Queue;
import cn.kangka.empi.traffic.MessageViews.Waiting;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads the message log, connections and queues. */
@ApplicationScoped
class TrafficStore {
    private static final String COLUMNS =
            "id, direction, source, sender, code, trigger_event, control_id, received_at, state,"
                    + " ack, error, person, attempts, repeats, handled_at, trace";
    private static final int MOST_RELATED = 50;
    private static final int MOST_WAITING = 200;
    private static final Duration NEAR = Duration.ofMinutes(10);
    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;

    /**
     * A message with its sealed content.
     *
     * @param trace W3C traceparent; null when there was none
     */
    record Whole(Item item, String trace, String charset, byte[] body, byte[] answer, Waiting waiting) {}

    /**
     * A page, newest first; one more than asked when there are more. Planned anew each time: a plan for other values would read
     * months for what there is little of.
     */
    Uni<List<Item>> list(SqlConnection tx, MessageFilter filter, UUID before, int limit) {
        Condition condition = filter.condition(before);
        List<Object> values = new ArrayList<>(condition.values());
        values.add(limit + 1);
        return tx.query("set local plan_cache_mode = force_custom_plan")
                .execute()
                .chain(() -> tx.preparedQuery("select " + COLUMNS + " from message where " + condition.sql()
                                + " order by id desc limit $" + values.size())
                        .execute(Tuple.wrap(values)))
                .map(rows -> all(rows, TrafficStore::item));
    }

    /** Null when there is none. */
    Uni<Whole> find(SqlClient client, UUID id) {
        return client.preparedQuery("select m.*, o.due_at, o.tries, o.parked_at, o.reason from message m"
                        + " left join lateral (select due_at, attempts as tries, parked_at, reason from outbox"
                        + " where event_id = m.id) o on true where m.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0 ? null : whole(rows.iterator().next()));
    }

    /** Messages of the same request about the same person, oldest first. */
    Uni<List<Item>> related(SqlClient client, Whole whole) {
        String trace = whole.trace();
        if (trace == null || trace.length() < TRACE_ID_END || whole.item().person() == null) {
            return Uni.createFrom().item(List.of());
        }
        Instant at = whole.item().receivedAt();
        Condition near = new MessageFilter(
                        null, null, null, null, Set.of(), whole.item().person(), null, at.minus(NEAR), at.plus(NEAR))
                .condition(null);
        List<Object> values = new ArrayList<>(near.values());
        values.add(trace.substring(TRACE_ID_START, TRACE_ID_END));
        values.add(whole.item().id());
        return client.preparedQuery("select " + COLUMNS + " from message where " + near.sql()
                        + " and substr(trace, 4, 32) = $" + (values.size() - 1) + " and id <> $" + values.size()
                        + " order by id limit " + MOST_RELATED)
                .execute(Tuple.wrap(values))
                .map(rows -> all(rows, TrafficStore::item));
    }

    /** Notes that staff parked a message, or let it go; one that was never tried is not in the log yet. */
    Uni<Void> state(SqlClient client, UUID id, String before, String now) {
        return client.preparedQuery("update message set state = $3 where id = $1 and state = $2")
                .execute(Tuple.of(id, before, now))
                .replaceWithVoid();
    }

    /** The first messages that wait for a destination. */
    Uni<List<Letter>> waiting(SqlClient client, String destination) {
        return client.preparedQuery("select event_id, type, aggregate, created_at, due_at, attempts, parked_at, reason"
                        + " from outbox where destination = $1 order by due_at, id limit " + MOST_WAITING)
                .execute(Tuple.of(destination))
                .map(rows -> all(rows, TrafficStore::letter));
    }

    private static Letter letter(Row row) {
        return new Letter(
                row.getUUID("event_id"),
                row.getString("type"),
                row.getString("aggregate"),
                instant(row.getOffsetDateTime("created_at")),
                instant(row.getOffsetDateTime("due_at")),
                row.getInteger("attempts"),
                instant(row.getOffsetDateTime("parked_at")),
                row.getString("reason"));
    }

    /** How everything stands now. */
    Uni<Live> live(SqlClient client, OffsetDateTime now) {
        return client.preparedQuery("select direction, source, remote, since, messages, last_at, failure, instance"
                        + " from hospital_line where seen_at > $1::timestamptz - interval '15 seconds'"
                        + " order by direction, source nulls last, remote")
                .execute(Tuple.of(now))
                .chain(lines -> client.query("select destination, count(*) filter (where parked_at is null) as waiting,"
                                + " min(created_at) filter (where parked_at is null) as oldest,"
                                + " count(parked_at) as parked from outbox group by destination order by destination")
                        .execute()
                        .chain(queues -> client.query(
                                        "select count(*), min(received_at) from message where direction = 'IN'"
                                                + " and state in ('RECEIVED', 'FAILED')"
                                                + " and state not in ('ACCEPTED', 'DELIVERED')")
                                .execute()
                                .map(unhandled -> live(
                                        now, lines, queues, unhandled.iterator().next()))));
    }

    private static Live live(OffsetDateTime now, RowSet<Row> lines, RowSet<Row> queues, Row unhandled) {
        return new Live(
                now.toInstant(),
                all(lines, TrafficStore::line),
                all(queues, TrafficStore::queue),
                unhandled.getLong(0),
                instant(unhandled.getOffsetDateTime(1)));
    }

    private static Line line(Row row) {
        return new Line(
                row.getString("direction"),
                row.getString("source"),
                row.getString("remote"),
                instant(row.getOffsetDateTime("since")),
                row.getLong("messages"),
                instant(row.getOffsetDateTime("last_at")),
                row.getString("failure"),
                row.getString("instance"));
    }

    private static Queue queue(Row row) {
        return new Queue(
                row.getString("destination"),
                row.getLong("waiting"),
                instant(row.getOffsetDateTime("oldest")),
                row.getLong("parked"));
    }

    private static Whole whole(Row row) {
        OffsetDateTime due = row.getOffsetDateTime("due_at");
        Waiting waiting = due == null
                ? null
                : new Waiting(
                        instant(due),
                        row.getInteger("tries"),
                        instant(row.getOffsetDateTime("parked_at")),
                        row.getString("reason"));
        Buffer answer = row.getBuffer("answer");
        return new Whole(
                item(row),
                row.getString("trace"),
                row.getString("charset"),
                row.getBuffer("body").getBytes(),
                answer == null ? null : answer.getBytes(),
                waiting);
    }

    private static Item item(Row row) {
        OffsetDateTime received = row.getOffsetDateTime("received_at");
        OffsetDateTime handled = row.getOffsetDateTime("handled_at");
        return new Item(
                row.getUUID("id"),
                row.getString("direction"),
                row.getString("source"),
                row.getString("sender"),
                row.getString("code"),
                row.getString("trigger_event"),
                row.getString("control_id"),
                received.toInstant(),
                row.getString("state"),
                row.getString("ack"),
                row.getString("error"),
                row.getUUID("person"),
                row.getInteger("attempts"),
                row.getInteger("repeats"),
                handled == null ? null : Duration.between(received, handled).toMillis());
    }

    private static Instant instant(OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reading) {
        return StreamSupport.stream(rows.spliterator(), false).map(reading).toList();
    }
}
