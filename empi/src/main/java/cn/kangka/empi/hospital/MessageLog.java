package cn.kangka.empi.hospital;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.outbox.OutboxEvent;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.kit.trace.Traces;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Front door of the message log for what does not come over MLLP: FHIR requests. One that was never settled was never answered either:
 * its sender sends it again.
 */
@ApplicationScoped
public class MessageLog {
    static final String PURPOSE = "message";
    private static final String CODE = "FHIR";

    /** No request is worked on for that long. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Database database;
    private final Sealer sealer;
    private final LetterStore letters;
    private final Clock clock;

    MessageLog(Database database, Sealer sealer, LetterStore letters, Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.letters = letters;
        this.clock = clock;
    }

    /**
     * A request ready to be stored.
     *
     * @param source whose request it is; null when the client speaks for several institutions
     * @param client of the token
     * @param name of what is told, such as {@code Bundle}
     */
    public record Arrived(UUID id, String source, String client, String name, byte[] sealed) {}

    /**
     * How a request was answered.
     *
     * @param status of HTTP
     * @param error why not; null when it was done
     * @param answer whole; null for none
     * @param identity whom it told of; null when that is nobody or several
     * @param person of that identity
     */
    public record Outcome(int status, String error, String answer, UUID identity, UUID person) {}

    /** Seals a body; takes some milliseconds per megabyte, so not for an event loop. */
    public Arrived seal(UUID id, String source, String client, String name, byte[] body) {
        return new Arrived(id, source, client, name, sealer.seal(PURPOSE, body));
    }

    /** Stores it whole: RECEIVED. */
    public Uni<Void> arrived(SqlConnection tx, Arrived request) {
        return tx.preparedQuery("insert into message (id, direction, source, sender, code, trigger_event, control_id,"
                        + " received_at, state, body, trace, charset)"
                        + " values ($1, 'IN', $2, $3, '" + CODE
                        + "', $8, $4, $5, 'RECEIVED', $6, $7, 'UTF-8')")
                .execute(Tuple.tuple(Arrays.asList(
                        request.id(),
                        request.source(),
                        "fhir:" + request.client(),
                        request.id().toString(),
                        Ids.instant(request.id()).atOffset(ZoneOffset.UTC),
                        Buffer.buffer(request.sealed()),
                        Traces.current(),
                        request.name())))
                .replaceWithVoid();
    }

    /** Writes how it was answered. */
    public Uni<Void> settled(SqlConnection tx, UUID id, Outcome outcome) {
        return tx.preparedQuery("update message set state = $2, ack = $3, error = $4, answer = $5, handled_at = $6,"
                        + " identity = $7, person = $8, attempts = attempts + 1 where id = $1")
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        state(outcome.status()).name(),
                        Integer.toString(outcome.status()),
                        outcome.error(),
                        outcome.answer() == null ? null : Buffer.buffer(sealer.seal(PURPOSE, outcome.answer())),
                        OffsetDateTime.now(clock),
                        outcome.identity(),
                        outcome.person())))
                .replaceWithVoid();
    }

    /**
     * Settles requests whose work ended with its process: whoever sent one got no answer and sends it again, and nobody has
     * to look at this one.
     */
    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> settleInterrupted() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return database.pool()
                .preparedQuery("update message set state = 'REFUSED', error = 'interrupted before it was done',"
                        + " handled_at = $2 where direction = 'IN' and code = '" + CODE
                        + "' and state = 'RECEIVED' and state not in ('ACCEPTED', 'DELIVERED')"
                        + " and id < message_id_at($1)")
                .execute(Tuple.of(now.minus(LONGEST), now))
                .replaceWithVoid();
    }

    /**
     * What became of an attempt to send a FHIR message.
     *
     * @param institution whom it is for
     * @param text the message whole
     * @param outcome status and answer; its error says why it was not taken
     * @param waits whether it is tried again
     */
    public Uni<Void> sent(OutboxEvent event, String institution, String text, Outcome outcome, boolean waits) {
        MessageState state =
                outcome.error() == null ? MessageState.DELIVERED : waits ? MessageState.QUEUED : MessageState.PARKED;
        PostedLetter letter =
                new PostedLetter(text, CODE, "Patient", null, outcome.person(), OffsetDateTime.now(clock));
        String ack = outcome.status() == 0 ? null : Integer.toString(outcome.status());
        return letters.write(
                institution,
                List.of(new LetterStore.Attempt(event, letter, state, ack, outcome.error(), outcome.answer())));
    }

    /** What failed here is REFUSED too: it was answered, and is not tried again by itself. */
    private static MessageState state(int status) {
        return status < 300 ? MessageState.ACCEPTED : MessageState.REFUSED;
    }
}
