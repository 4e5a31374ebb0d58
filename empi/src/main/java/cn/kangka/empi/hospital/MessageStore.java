package cn.kangka.empi.hospital;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.commons.codec.digest.DigestUtils;

/** Rows of received messages. */
@ApplicationScoped
class MessageStore {
    static final String SEPARATOR = "\u001C";
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

    /**
     * An arrival's row, sealed.
     *
     * @param key the same for the same message of the same sender
     */
    record Sealed(UUID id, byte[] key, String source, Tuple row) {}

    /** Makes an arrival ready to be stored; costs time for big messages. */
    Sealed seal(Arrival arrival) {
        Hl7Message message = arrival.message();
        UUID id = Ids.next();
        String source = arrival.source() == null ? null : arrival.source().id();
        byte[] key = key(message, sealer.hash(PURPOSE, new String(arrival.body(), ISO_8859_1)));
        Tuple row = Tuple.tuple(Arrays.asList(
                id,
                source,
                column(sender(message)),
                column(message.code()),
                column(message.trigger()),
                column(message.controlId()),
                Ids.instant(id).atOffset(ZoneOffset.UTC),
                Buffer.buffer(sealer.seal(PURPOSE, arrival.body())),
                Buffer.buffer(key),
                arrival.charset().name(),
                Traces.current()));
        return new Sealed(id, key, source, row);
    }

    private static byte[] key(Hl7Message message, byte[] body) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update((column(sender(message)) + SEPARATOR + column(message.controlId()) + SEPARATOR).getBytes(UTF_8));
        return digest.digest(body);
    }

    /**
     * Stores a message in a transaction of its own; the row that is there when it came before. Nobody waits for the disk:
     * a message is answered after a later commit only, and the disk has both then.
     */
    Uni<Stored> receive(Sealed arrival) {
        return database.pool()
                .preparedQuery("with first as (insert into message_once (key, message) values ($9, $1)"
                        + " on conflict (key) do nothing returning message),"
                        + " stored as (insert into message (id, direction, source, sender, code, trigger_event, control_id,"
                        + " received_at, state, body, charset, trace)"
                        + " select message, 'IN', $2, $3, $4, $5, $6, $7, 'RECEIVED', $8, $10, $11 from first"
                        + " returning id, state, received_at, answer)"
                        + " select *, " + Database.UNHURRIED + " from stored")
                .execute(arrival.row())
                .chain(rows -> rows.size() == 0
                        ? again(arrival)
                        : Uni.createFrom().item(stored(rows.iterator().next())));
    }

    private Uni<Stored> again(Sealed arrival) {
        return database.pool()
                .preparedQuery("update message set repeats = repeats + 1, source = coalesce(source, $2)"
                        + " where id = (select message from message_once where key = $1)"
                        + " returning id, state, received_at, answer")
                .execute(Tuple.of(Buffer.buffer(arrival.key()), arrival.source()))
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
                        + " and state in ('RECEIVED', 'FAILED') and state not in ('ACCEPTED', 'DELIVERED')"
                        + " and received_at < $1"
                        + " and (handled_at is null or handled_at < $1) and attempts < $2"
                        + " order by id limit $3")
                .execute(Tuple.of(OffsetDateTime.now(clock).minus(since), attempts, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(this::unhandled)
                        .toList());
    }

    /** A received message as it came. */
    Uni<Unhandled> body(UUID id) {
        return database.pool()
                .preparedQuery("select id, source, body from message where id = $1 and direction = 'IN'")
                .execute(Tuple.of(id))
                .map(rows -> unhandled(rows.iterator().next()));
    }

    /** Notes who sent a message of which nobody knew that. */
    Uni<Void> sentBy(UUID id, Source source) {
        return source == null
                ? Uni.createFrom().voidItem()
                : database.pool()
                        .preparedQuery("update message set source = $2 where id = $1 and source is null")
                        .execute(Tuple.of(id, source.id()))
                        .replaceWithVoid();
    }

    private Unhandled unhandled(Row row) {
        return new Unhandled(
                row.getUUID("id"),
                row.getString("source"),
                sealer.openBytes(PURPOSE, row.getBuffer("body").getBytes()));
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
