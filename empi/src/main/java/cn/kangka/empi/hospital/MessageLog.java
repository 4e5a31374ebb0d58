package cn.kangka.empi.hospital;

import cn.kangka.kit.sealing.Sealer;
import cn.kangka.kit.trace.Traces;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;

/**
 * Front door of the message log for what does not come over MLLP: FHIR bundles. One that was never settled was never answered either: its
 * sender sends it again.
 */
@ApplicationScoped
public class MessageLog {
    static final String PURPOSE = "message";
    private static final String CODE = "FHIR";

    private final Sealer sealer;
    private final Clock clock;

    public MessageLog(Sealer sealer, Clock clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * A bundle ready to be stored.
     *
     * @param source whose bundle it is; null when the client speaks for several institutions
     * @param client of the token
     */
    public record Arrived(UUID id, String source, String client, byte[] sealed, byte[] hash) {}

    /** Seals a body; takes some milliseconds per megabyte, so not for an event loop. */
    public Arrived seal(UUID id, String source, String client, byte[] body) {
        return new Arrived(id, source, client, sealer.seal(PURPOSE, body), sealer.hash(PURPOSE, id.toString()));
    }

    /** Stores it whole: RECEIVED. */
    public Uni<Void> arrived(SqlConnection tx, Arrived bundle) {
        return tx.preparedQuery("insert into message (id, direction, source, sender, code, trigger_event, control_id,"
                        + " received_at, state, body, content_hash, trace, charset)"
                        + " values ($1, 'IN', $2, $3, '" + CODE
                        + "', 'Bundle', $4, $5, 'RECEIVED', $6, $7, $8, 'UTF-8')")
                .execute(Tuple.tuple(Arrays.asList(
                        bundle.id(),
                        bundle.source(),
                        "fhir:" + bundle.client(),
                        bundle.id().toString(),
                        OffsetDateTime.now(clock),
                        Buffer.buffer(bundle.sealed()),
                        Buffer.buffer(bundle.hash()),
                        Traces.current())))
                .replaceWithVoid();
    }

    /** Writes how it was answered: the HTTP status, and the answer whole. */
    public Uni<Void> settled(SqlConnection tx, UUID id, int status, String answer) {
        boolean accepted = status < 300;
        return tx.preparedQuery("update message set state = $2, ack = $3, error = $4, answer = $5, handled_at = $6,"
                        + " attempts = attempts + 1 where id = $1")
                .execute(Tuple.of(
                        id,
                        (accepted ? MessageState.ACCEPTED : MessageState.REFUSED).name(),
                        Integer.toString(status),
                        accepted ? null : "OperationOutcome",
                        Buffer.buffer(sealer.seal(PURPOSE, answer)),
                        OffsetDateTime.now(clock)))
                .replaceWithVoid();
    }
}
