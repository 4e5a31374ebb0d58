package cn.kangka.empi.hospital;

import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Front door for whoever tells institutions something: the letter is queued in the caller's transaction. */
@ApplicationScoped
public class HospitalPost {
    private final Outbox outbox;
    private final Sources sources;
    private final ObjectMapper json;
    private final Clock clock;

    public HospitalPost(Outbox outbox, Sources sources, ObjectMapper json, Clock clock) {
        this.outbox = outbox;
        this.sources = sources;
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

    /** Institutions that were not told yet what became of a person last; the order is that of {@code sources.json}. */
    public Uni<List<String>> untold(SqlClient client, UUID person) {
        List<String> reachable = sources.all().stream()
                .filter(Source::subscribes)
                .filter(HospitalPost::reaches)
                .map(Source::id)
                .toList();
        return client.preparedQuery("select destination from outbox where destination = any($1) and aggregate = $2")
                .execute(Tuple.of(
                        reachable.stream().map(id -> Letter.DESTINATION + id).toArray(String[]::new),
                        person.toString()))
                .map(rows -> {
                    Set<String> waiting = new HashSet<>();
                    rows.forEach(row -> waiting.add(Letter.institution(row.getString(0))));
                    return reachable.stream().filter(waiting::contains).toList();
                });
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
