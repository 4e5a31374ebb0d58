package cn.kangka.empi.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.kit.trace.Traces;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Letters in the message log. */
@ApplicationScoped
class LetterStore {
    private final Sealer sealer;
    private final Clock clock;

    LetterStore(Sealer sealer, Clock clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /** A letter that waits: its text, and how often it was answered by AE. */
    record Waiting(String text, int errors) {}

    /**
     * What became of an attempt.
     *
     * @param letter its id
     * @param ack MSA-1; null when there was no answer
     * @param error why it was not taken; null when it was
     * @param answer the whole answer; null when there was none
     */
    record Attempt(UUID letter, MessageState state, String ack, String error, String answer) {}

    Uni<Void> insert(SqlConnection tx, List<Letter> letters) {
        String trace = Traces.current();
        return tx.preparedQuery("insert into message (id, direction, source, sender, code, trigger_event, control_id,"
                        + " received_at, state, body, content_hash, identity, person, trace, charset)"
                        + " values ($1, 'OUT', $2, $3, $4, $5, $6, $7, 'QUEUED', $8, $9, $10, $11, $12, 'UTF-8')")
                .executeBatch(letters.stream().map(letter -> row(letter, trace)).toList())
                .replaceWithVoid();
    }

    private Tuple row(Letter letter, String trace) {
        Hl7Message message = letter.message();
        return Tuple.tuple(Arrays.asList(
                letter.id(),
                letter.to().id(),
                letter.to().id() + "/" + letter.id(),
                message.code(),
                message.trigger(),
                message.controlId(),
                OffsetDateTime.now(clock),
                Buffer.buffer(sealer.seal(MessageLog.PURPOSE, message.text().getBytes(UTF_8))),
                Buffer.buffer(sealer.hash(MessageLog.PURPOSE, message.text())),
                letter.identity(),
                letter.person(),
                trace));
    }

    /** The letters of those ids; one that is not in the log is left out. */
    Uni<Map<UUID, Waiting>> load(SqlClient client, List<UUID> ids) {
        return client.preparedQuery("select id, body, errors from message where id = any($1)")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(row -> row.getUUID("id"), this::read)));
    }

    private Waiting read(Row row) {
        return new Waiting(sealer.open(MessageLog.PURPOSE, row.getBuffer("body").getBytes()), row.getInteger("errors"));
    }

    /** Logs what became of the attempts, all or none. */
    Uni<Void> write(SqlClient client, List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        return client.preparedQuery(
                        "update message set state = $2, ack = $3, error = $4, answer = coalesce($5, answer),"
                                + " handled_at = $6, attempts = attempts + 1, errors = errors + case when $3 = 'AE' then 1 else 0 end"
                                + " where id = $1")
                .executeBatch(
                        attempts.stream().map(attempt -> row(attempt, now)).toList())
                .replaceWithVoid();
    }

    private Tuple row(Attempt attempt, OffsetDateTime now) {
        byte[] answer = sealer.seal(MessageLog.PURPOSE, attempt.answer());
        return Tuple.tuple(Arrays.asList(
                attempt.letter(),
                attempt.state().name(),
                attempt.ack(),
                attempt.error(),
                answer == null ? null : Buffer.buffer(answer),
                now));
    }
}
