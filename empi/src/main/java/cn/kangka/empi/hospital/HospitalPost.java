package cn.kangka.empi.hospital;

import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Front door for whoever tells institutions something: the letter is logged and queued in the caller's transaction. */
@ApplicationScoped
public class HospitalPost {
    private final Outbox outbox;
    private final LetterStore letters;

    public HospitalPost(Outbox outbox, LetterStore letters) {
        this.outbox = outbox;
        this.letters = letters;
    }

    /** Whether an institution can be told anything at all. */
    public static boolean reaches(Source source) {
        return source.mllpHost() != null && !source.mllpHost().isBlank() && source.mllpPort() > 0;
    }

    /** Queues the letters, in order. */
    public Uni<Void> send(SqlConnection tx, List<Letter> queued) {
        if (queued.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<OutboxEvent> events = queued.stream().map(HospitalPost::event).toList();
        return letters.insert(tx, queued).chain(() -> outbox.append(tx, events));
    }

    /** Lets the delivery look now; after the commit. Losing this call costs half a second. */
    public void wake() {
        outbox.wake(Letter.DESTINATION);
    }

    private static OutboxEvent event(Letter letter) {
        return new OutboxEvent(
                letter.id(),
                letter.destination(),
                letter.aggregate(),
                letter.barrier(),
                letter.version(),
                letter.topic(),
                "{}",
                null,
                0);
    }
}
