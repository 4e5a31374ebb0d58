package cn.kangka.empi.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.outbox.OutboxEvent;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Letters in the message log: each from its first attempt on, with what became of the last one. */
@ApplicationScoped
class LetterStore {
    private static final String WRITE = """
            insert into message (id, direction, source, sender, code, trigger_event, control_id, received_at, state, body,
                identity, person, trace, charset, ack, error, answer, handled_at, attempts, errors)
            select l.id, 'OUT', $2, $2 || '/' || l.id, l.code, l.trigger, l.control_id, l.at, l.state, l.body,
                l.identity, l.person, l.trace, 'UTF-8', l.ack, l.error, l.answer, $3, 1,
                case when l.ack = 'AE' then 1 else 0 end
            from unnest($1::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::bytea[],
                    $10::uuid[], $11::uuid[], $12::text[], $13::text[], $14::text[], $15::bytea[])
                as l(id, code, trigger, control_id, at, state, body, identity, person, trace, ack, error, answer)
            %s on conflict (id) do update set state = excluded.state, ack = excluded.ack, error = excluded.error,
                answer = coalesce(excluded.answer, message.answer), handled_at = excluded.handled_at,
                attempts = message.attempts + 1, errors = message.errors + excluded.errors
            """;

    private static final String WRITE_HURRIED = WRITE.formatted("");
    private static final String WRITE_UNHURRIED = WRITE.formatted("where " + Database.UNHURRIED + " = 'off'");

    private final Database database;
    private final Sealer sealer;
    private final Clock clock;

    LetterStore(Database database, Sealer sealer, Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * What became of an attempt.
     *
     * @param event that carries the letter
     * @param ack MSA-1; null when there was no answer
     * @param error why it was not taken; null when it was
     * @param answer the whole answer; null when there was none
     */
    record Attempt(
            OutboxEvent event, PostedLetter letter, MessageState state, String ack, String error, String answer) {}

    /** How often each of those letters was answered by AE before; one that was never tried is left out. */
    Uni<Map<UUID, Integer>> errors(SqlClient client, List<UUID> tried) {
        if (tried.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return client.preparedQuery("select id, errors from message where id = any($1)")
                .execute(Tuple.of(tried.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(row -> row.getUUID("id"), row -> row.getInteger("errors"))));
    }

    /** Logs what became of an attempt to reach an institution, together with what follows from it. */
    Uni<Void> write(SqlConnection tx, String institution, Attempt attempt) {
        return write(tx, WRITE_HURRIED, institution, List.of(attempt));
    }

    /** Logs what became of the attempts to reach one institution, all or none; after a crash they are made again. */
    Uni<Void> write(String institution, List<Attempt> attempts) {
        return attempts.isEmpty()
                ? Uni.createFrom().voidItem()
                : write(database.pool(), WRITE_UNHURRIED, institution, attempts);
    }

    private Uni<Void> write(SqlClient client, String statement, String institution, List<Attempt> attempts) {
        Object[] columns = {
            column(attempts, UUID.class, each -> each.event().id()),
            institution,
            OffsetDateTime.now(clock),
            column(attempts, String.class, each -> each.letter().code()),
            column(attempts, String.class, each -> each.letter().trigger()),
            column(attempts, String.class, each -> ControlId.of(each.event().id())),
            column(attempts, OffsetDateTime.class, each -> each.letter().at()),
            column(attempts, String.class, each -> each.state().name()),
            column(attempts, Buffer.class, each -> sealed(each.letter().text())),
            column(attempts, UUID.class, each -> each.letter().identity()),
            column(attempts, UUID.class, each -> each.letter().person()),
            column(attempts, String.class, each -> each.event().trace()),
            column(attempts, String.class, Attempt::ack),
            column(attempts, String.class, Attempt::error),
            column(attempts, Buffer.class, each -> sealed(each.answer()))
        };
        return client.preparedQuery(statement)
                .execute(Tuple.tuple(Arrays.asList(columns)))
                .replaceWithVoid();
    }

    @SuppressWarnings("unchecked")
    private static <T> T[] column(List<Attempt> attempts, Class<T> type, Function<Attempt, T> value) {
        return attempts.stream().map(value).toArray(size -> (T[]) java.lang.reflect.Array.newInstance(type, size));
    }

    private Buffer sealed(String text) {
        return text == null ? null : Buffer.buffer(sealer.seal(MessageLog.PURPOSE, text.getBytes(UTF_8)));
    }
}
