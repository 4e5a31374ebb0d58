package cn.kangka.empi.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.sealing.Sealer;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Front door for doing messages once more. Who asks is answered when it is noted; the work follows, oldest first, and goes on
 * after a crash. What was received is handled again as it came. What waits to be sent is sent now. What was sent of a
 * person is sent as it is today (A28, A31), since a copy of yesterday would undo what came after it; a merge or a split (A40,
 * A37) is sent as it was.
 */
@ApplicationScoped
public class Replays {
    private static final Logger LOG = Logger.getLogger(Replays.class);
    private static final int AT_ONCE = 50;
    private static final int ATTEMPTS = 5;
    private static final Set<String> STATES = Set.of("A28", "A31");
    /** Takes the oldest for a while, so that each is the work of one instance. */
    private static final String OLDEST =
            "with taken as (update message_replay set lease_until = now() + interval '10 minutes'"
                    + " where message in (select message from message_replay where lease_until is null or lease_until < now()"
                    + " order by message limit " + AT_ONCE + " for update skip locked) returning message)"
                    + " select m.id, m.direction, m.source, m.code, m.trigger_event, m.state, m.body, m.person"
                    + " from taken t join message m on m.id = t.message order by m.id";

    private final Database database;
    private final Sealer sealer;
    private final Intake intake;
    private final HospitalPost post;
    private final Announcements announcements;
    private final Persons persons;
    private final Sources sources;
    private final Outbox outbox;
    private final Clock clock;
    private final TrafficConfig traffic;
    private final List<MessageReplay> others;

    Replays(
            Database database,
            Sealer sealer,
            Intake intake,
            HospitalPost post,
            Announcements announcements,
            Persons persons,
            Sources sources,
            Outbox outbox,
            Clock clock,
            TrafficConfig traffic,
            @All List<MessageReplay> others) {
        this.database = database;
        this.sealer = sealer;
        this.intake = intake;
        this.post = post;
        this.announcements = announcements;
        this.persons = persons;
        this.sources = sources;
        this.outbox = outbox;
        this.clock = clock;
        this.traffic = traffic;
        this.others = others;
    }

    /**
     * Whether such a message can be done again. A booking that a hospital has decided cannot, its order is what goes on; nor
     * FHIR of a client that speaks for several institutions, since nobody knows any more for which of them it spoke.
     *
     * @param source null when nobody knows
     */
    public static boolean canBeDone(String direction, String source, String code, MessageState state) {
        boolean decided = state == MessageState.DELIVERED || state == MessageState.REFUSED;
        return direction.equals("IN") ? source != null || !code.equals("FHIR") : code.equals("ADT") || !decided;
    }

    /** Notes that messages shall be done again. */
    public Uni<Void> ask(SqlConnection tx, List<UUID> messages, String by, String reason) {
        return tx.preparedQuery("insert into message_replay (message, asked_by, reason)"
                        + " select id, $2, $3 from unnest($1::uuid[]) as id on conflict do nothing")
                .execute(Tuple.of(messages.toArray(UUID[]::new), by, reason))
                .replaceWithVoid();
    }

    @Scheduled(every = "1s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return traffic.enabled() ? some().replaceWithVoid() : Uni.createFrom().voidItem();
    }

    /** Does the oldest ones; how many there were. */
    Uni<Integer> some() {
        return database.pool()
                .query(OLDEST)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(this::once)
                        .collect()
                        .last()
                        .replaceWith(rows.size()));
    }

    private Uni<Void> once(Row row) {
        UUID id = row.getUUID("id");
        return Uni.createFrom()
                .deferred(() -> row.getString("direction").equals("IN") ? handled(row) : sent(row))
                .chain(() -> database.pool()
                        .preparedQuery("delete from message_replay where message = $1")
                        .execute(Tuple.of(id)))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> later(id, failure));
    }

    /** A minute later, then two, three: what fails for long is given up, and a log says so. */
    private Uni<Void> later(UUID id, Throwable failure) {
        LOG.errorf(
                "message %s could not be done again: %s", id, failure.getClass().getSimpleName());
        return database.pool()
                .preparedQuery("update message_replay set attempts = attempts + 1,"
                        + " lease_until = now() + (attempts + 1) * interval '1 minute' where message = $1"
                        + " returning attempts")
                .execute(Tuple.of(id))
                .chain(rows -> rows.size() > 0 && rows.iterator().next().getInteger(0) >= ATTEMPTS
                        ? givenUp(id)
                        : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(again -> LOG.errorf("message %s waits for its replay's lease to end", id))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> givenUp(UUID id) {
        LOG.errorf("message %s is not done again after %d failures", id, ATTEMPTS);
        return database.pool()
                .preparedQuery("delete from message_replay where message = $1")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    private Uni<Void> handled(Row row) {
        UUID id = row.getUUID("id");
        return others.stream()
                .filter(other -> other.code().equals(row.getString("code")))
                .findFirst()
                .map(other -> other.again(id, row.getString("source"), row.getString("trigger_event"), body(row)))
                .orElseGet(() -> intake.again(id));
    }

    private byte[] body(Row row) {
        return sealer.openBytes(MessageLog.PURPOSE, row.getBuffer("body").getBytes());
    }

    private Uni<Void> sent(Row row) {
        MessageState state = MessageState.valueOf(row.getString("state"));
        if (state == MessageState.PARKED || state == MessageState.QUEUED) {
            return database.pool()
                    .preparedQuery(
                            "update outbox set parked_at = null, reason = null, due_at = now() where event_id = $1")
                    .execute(Tuple.of(row.getUUID("id")))
                    .invoke(() -> {
                        post.wake();
                        outbox.wake("fhir:");
                    })
                    .replaceWithVoid();
        }
        Source to = sources.byId(row.getString("source")).orElse(null);
        UUID person = row.getUUID("person");
        if (to == null || person == null || !row.getString("code").equals("ADT")) {
            return Uni.createFrom().voidItem();
        }
        boolean asItIs = STATES.contains(row.getString("trigger_event"));
        return database.write(tx -> persons.snapshot(tx, person)
                        .onItem()
                        .ifNotNull()
                        .transformToUni(known -> asItIs
                                ? announcements.toldAgain(tx, to, known)
                                : asItWas(tx, to, known, new String(body(row), UTF_8))))
                .invoke(post::wake);
    }

    private Uni<Void> asItWas(SqlConnection tx, Source to, PersonSnapshot person, String text) {
        return post.send(tx, List.of(Letter.again(to, person, text, Ids.next(), OffsetDateTime.now(clock))));
    }
}
