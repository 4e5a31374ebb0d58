package cn.kangka.empi.hospital;

import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;

/** Front door for whoever tells institutions something: the letter is queued in the caller's transaction. */
@ApplicationScoped
public class HospitalPost {
    private final Outbox outbox;
    private final ObjectMapper json;
    private final Clock clock;

    public HospitalPost(Outbox outbox, ObjectMapper json, Clock clock) {
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** Whether an institution can be told anything at all. */
    public static boolean reaches(Source source) {
        return source.mllpHost() != null && !source.mllpHost().isBlank() && source.mllpPort() > 0;
    }

    /** Queues the letters, in order. */
    public Uni<Void> send(SqlConnection tx, List<Letter> queued) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return outbox.append(
                tx, queued.stream().map(letter -> event(letter, now)).toList());
    }

    /** Lets the delivery look now; after the commit. Losing this call costs half a second. */
    public void wake() {
        outbox.wake(Letter.DESTINATION);
    }

    private OutboxEvent event(Letter letter, OffsetDateTime now) {
        return new OutboxEvent(
                letter.id(),
                letter.destination(),
                letter.aggregate(),
                letter.barrier(),
                letter.version(),
                letter.topic(),
                write(PostedLetter.of(letter, now)),
                null,
                0);
    }

    private String write(PostedLetter letter) {
        try {
            return json.writeValueAsString(letter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a letter", e);
        }
    }
}
