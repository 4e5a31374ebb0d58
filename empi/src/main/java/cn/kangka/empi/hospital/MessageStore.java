package cn.kangka.empi.hospital;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.kit.trace.Traces;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Rows of received messages. */
@ApplicationScoped
class MessageStore {
    private static final String SEPARATOR = "\u001C";
    private static final String PURPOSE = MessageLog.PURPOSE;
    private static final int LONGEST_COLUMN = 200;

    private final Database database;
    private final Sealer sealer;
    private final Clock clock;

    MessageStore(Database database, Sealer sealer, Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * A received message's row.
     *
     * @param answers what was answered; null while unhandled
     */
    record Stored(UUID id, MessageState state, Instant at, List<String> answers) {}

    /** What is written when a message is handled. */
    record Settled(
            MessageState state,
            String ack,
            List<Hl7Refusal> refusals,
            List<String> answers,
            UUID identity,
            UUID person) {}

    /** The sealed row of an arrival, ready to be stored; costs time for big messages. */
    Tuple seal(Arrival arrival) {
        Hl7Message message = arrival.message();
        return Tuple.tuple(Arrays.asList(
                Ids.next(),
                arrival.source() == null ? null : arrival.source().id(),
                column(sender(message)),
                column(message.code()),
                column(message.trigger()),
                column(message.controlId()),
                OffsetDateTime.now(clock),
                Buffer.buffer(sealer.seal(PURPOSE, arrival.body())),
                Buffer.buffer(sealer.hash(PURPOSE, new String(arrival.body(), ISO_8859_1))),
                arrival.charset().name(),
                Traces.current()));
    }

    /**
     * Stores a message in a transaction of its own; the row that is there when it came before. Nobody waits for the disk:
     * a message is answered after a later commit only, and the disk has both then.
     */
    Uni<Stored> receive(Tuple row) {
        return database.pool()
                .preparedQuery("insert into message (id, direction, source, sender, code, trigger_event, control_id,"
                        + " received_at, state, body, content_hash, charset, trace)"
                        + " values ($1, 'IN', $2, $3, $4, $5, $6, $7, 'RECEIVED', $8, $9, $10, $11)"
                        + " on conflict (sender, control_id, content_hash) where direction = 'IN' do update set repeats = message.repeats + 1,"
                        + " source = coalesce(message.source, excluded.source)"
                        + " returning id, state, received_at, answer, " + Database.UNHURRIED)
                .execute(row)
                .map(rows -> stored(rows.iterator().next()));
    }

    /** Locks a message, so that it is handled once at a time. */
    Uni<Stored> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery("select id, state, received_at, answer from message where id = $1 for update")
                .execute(Tuple.of(id))
                .map(rows -> stored(rows.iterator().next()));
    }

    Uni<Void> settle(SqlConnection tx, UUID id, Settled settled) {
        String error = settled.refusals().stream()
                .map(each -> each.error() + " " + each.location() + " " + each.text())
                .collect(Collectors.joining("; "));
        return tx.preparedQuery("update message set state = $2, ack = $3, error = $4, answer = $5, identity = $6,"
                        + " person = $7, handled_at = $8, attempts = attempts + 1 where id = $1")
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        settled.state().name(),
                        settled.ack(),
                        error.isEmpty() ? null : error,
                        Buffer.buffer(sealer.seal(PURPOSE, String.join(SEPARATOR, settled.answers()))),
                        settled.identity(),
                        settled.person(),
                        OffsetDateTime.now(clock))))
                .replaceWithVoid();
    }

    /** Marks a message whose handling broke; it stays to be taken up again. */
    Uni<Void> fail(UUID id, String error) {
        return database.pool()
                .preparedQuery("update message set state = 'FAILED', ack = 'AE', error = $2, handled_at = $3,"
                        + " attempts = attempts + 1 where id = $1 and state in ('RECEIVED', 'FAILED')")
                .execute(Tuple.of(id, error, OffsetDateTime.now(clock)))
                .replaceWithVoid();
    }

    /** Bodies of messages that nobody finished handling, oldest first. */
    Uni<List<Unhandled>> unhandled(Duration since, int attempts, int limit) {
        return database.pool()
                .preparedQuery("select id, source, body from message where direction = 'IN' and code <> 'FHIR'"
                        + " and state in ('RECEIVED', 'FAILED') and received_at < $1"
                        + " and (handled_at is null or handled_at < $1) and attempts < $2"
                        + " order by received_at, id limit $3")
                .execute(Tuple.of(OffsetDateTime.now(clock).minus(since), attempts, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Unhandled(
                                row.getUUID("id"),
                                row.getString("source"),
                                sealer.openBytes(PURPOSE, row.getBuffer("body").getBytes())))
                        .toList());
    }

    /** A message to take up again. */
    record Unhandled(UUID id, String source, byte[] body) {}

    private static String sender(Hl7Message message) {
        return message.header().rawField(3) + "/" + message.header().rawField(4);
    }

    /** What a column and its index can hold; the whole text is in the body. */
    private static String column(String text) {
        String clean = text.replace("\u0000", "");
        return clean.length() <= LONGEST_COLUMN ? clean : clean.substring(0, LONGEST_COLUMN);
    }

    private Stored stored(Row row) {
        io.vertx.mutiny.core.buffer.Buffer answer = row.getBuffer("answer");
        String text = answer == null ? null : sealer.open(PURPOSE, answer.getBytes());
        List<String> answers = text == null || text.isEmpty() ? List.of() : List.of(text.split(SEPARATOR));
        return new Stored(
                row.getUUID("id"),
                MessageState.valueOf(row.getString("state")),
                row.getOffsetDateTime("received_at").toInstant(),
                answers);
    }
}
