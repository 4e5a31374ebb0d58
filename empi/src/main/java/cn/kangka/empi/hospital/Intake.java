package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hospital.MessageHandling.Handled;
import cn.kangka.empi.hospital.MessageStore.Settled;
import cn.kangka.empi.hospital.MessageStore.Stored;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The way of a message: stored whole in a transaction of its own, handled in a second one that also writes its outcome
 * and its answer, then answered. What breaks in the second one leaves the message to a resend or to {@link #resume}.
 */
@ApplicationScoped
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final int SMALL = 64 * 1024;
    private static final int RETRIES = 4;
    private static final int FRAMES = 5;
    private static final int RESUMED_AT_ONCE = 100;
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMillis(200);
    /** serialization_failure, deadlock_detected, unique_violation (a twin was faster). */
    private static final Set<String> PASSING = Set.of("40001", "40P01", "23505");

    private static final HandlerOutcome.Accepted NOBODY = new HandlerOutcome.Accepted(null, null);

    private record Prepared(Arrival arrival, MessageStore.Sealed sealed) {}

    private final MessageStore store;
    private final MessageHandling handling;
    private final Database database;
    private final Outbox outbox;
    private final Audit audit;
    private final Sources sources;
    private final MllpConfig config;
    private final MeterRegistry meters;
    private final Vertx vertx;
    private final Clock clock;

    public Intake(
            MessageStore store,
            MessageHandling handling,
            Database database,
            Outbox outbox,
            Audit audit,
            Sources sources,
            MllpConfig config,
            MeterRegistry meters,
            Vertx vertx,
            Clock clock) {
        this.store = store;
        this.handling = handling;
        this.database = database;
        this.outbox = outbox;
        this.audit = audit;
        this.sources = sources;
        this.config = config;
        this.meters = meters;
        this.vertx = vertx;
        this.clock = clock;
    }

    /**
     * Takes a message.
     *
     * @param body the bytes between start and end block
     * @param line by which they came
     * @return what is answered. Fails only when the message could not be stored, and then nothing may be answered
     */
    Uni<Answered> receive(byte[] body, Line line) {
        return Traces.within(null, "mllp receive", SpanKind.SERVER, () -> prepare(body, line)
                .chain(prepared -> store.receive(prepared.sealed())
                        .chain(stored -> answer(stored, prepared.arrival()))
                        .map(answers -> answered(answers, prepared.arrival()))));
    }

    /**
     * What is answered.
     *
     * @param source who sent; null when nobody knows
     * @param answers in order, encoded; empty when silence was asked for
     */
    record Answered(String source, List<byte[]> answers) {}

    /** Takes up messages whose handling broke, or did not happen because the process ended. */
    @Scheduled(every = "30s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> resume() {
        return store.unhandled(config.resumeAfter(), config.attempts(), RESUMED_AT_ONCE)
                .onItem()
                .transformToMulti(list -> Multi.createFrom().iterable(list))
                .onItem()
                .transformToUniAndConcatenate(unhandled -> prepare(unhandled.body(), Line.stored(unhandled.source()))
                        .chain(prepared -> handle(unhandled.id(), prepared.arrival(), false)))
                .collect()
                .with(Collectors.toList())
                .replaceWithVoid();
    }

    /**
     * Handles a stored message once more, whatever became of it before; staff asked for it. Who sent it is known now, perhaps,
     * though it was not then; who must show a certificate, or has a port of its own, is not known by MSH.
     */
    Uni<Void> again(UUID id) {
        return store.body(id)
                .chain(stored ->
                        prepare(stored.body(), stored.source() == null ? Line.open() : Line.stored(stored.source())))
                .call(prepared -> store.sentBy(id, prepared.arrival().source()))
                .chain(prepared -> handle(id, prepared.arrival(), true))
                .replaceWithVoid();
    }

    private Uni<Prepared> prepare(byte[] body, Line line) {
        return body.length <= SMALL
                ? Uni.createFrom().item(() -> read(body, line))
                : Uni.createFrom().completionStage(() -> vertx.executeBlocking(() -> read(body, line), false)
                        .toCompletionStage());
    }

    private Prepared read(byte[] body, Line line) {
        Arrival arrival = Arrival.read(body, line, sources);
        return new Prepared(arrival, store.seal(arrival));
    }

    private Uni<List<String>> answer(Stored stored, Arrival arrival) {
        return isDone(stored, arrival)
                ? Uni.createFrom().item(answersAgain(stored, arrival))
                : handle(stored.id(), arrival, false);
    }

    /** What was refused did nothing, and what stood in its way may be gone: it is tried again when it comes again. */
    private static boolean isDone(Stored stored, Arrival arrival) {
        return stored.state() == MessageState.ACCEPTED && !arrival.isQuery();
    }

    /** The first answer, unless this time it comes by a way that may not have it. */
    private List<String> answersAgain(Stored stored, Arrival arrival) {
        return arrival.refusal() == null
                ? stored.answers()
                : Answers.to(arrival.message(), List.of(arrival.refusal()), null, OffsetDateTime.now(clock));
    }

    private Uni<List<String>> handle(UUID id, Arrival arrival, boolean again) {
        return Uni.createFrom()
                .deferred(() -> database.write(tx -> handleLocked(tx, id, arrival, again)))
                .onFailure(Intake::isPassing)
                .retry()
                .withBackOff(SHORT, LONG)
                .atMost(RETRIES)
                .invoke(() -> {
                    outbox.wake("api");
                    outbox.wake("hospital:");
                })
                .onFailure()
                .recoverWithUni(failure -> broken(id, arrival, failure));
    }

    private Uni<List<String>> handleLocked(SqlConnection tx, UUID id, Arrival arrival, boolean again) {
        return store.lock(tx, id).chain(stored -> {
            if (isDone(stored, arrival) && !again) {
                return Uni.createFrom().item(answersAgain(stored, arrival));
            }
            Uni<Handled> handled = arrival.refusal() == null
                    ? handling.handle(tx, new Received(id, arrival.source(), arrival.message(), stored.at()))
                    : Uni.createFrom().item(new Handled(HandlerOutcome.refused(arrival.refusal()), null));
            return handled.call(done -> looked(tx, done, arrival))
                    .map(done -> settled(done, arrival))
                    .call(settled -> store.settle(tx, id, settled))
                    .map(Settled::answers);
        });
    }

    /** Who looks at patients is in the access log, as whoever does so by FHIR. */
    private Uni<Void> looked(SqlConnection tx, Handled handled, Arrival arrival) {
        return arrival.isQuery() && handled.outcome() instanceof HandlerOutcome.Answered answered
                ? audit.record(
                        tx,
                        AuditEntry.allowed(
                                "CLIENT",
                                arrival.source().id(),
                                "Q22".equals(arrival.message().trigger()) ? "patient.search" : "patient.pix",
                                answered.person(),
                                arrival.message().controlId()))
                : Uni.createFrom().voidItem();
    }

    private Settled settled(Handled handled, Arrival arrival) {
        HandlerOutcome outcome = handled.outcome();
        if (outcome instanceof HandlerOutcome.Refused refused) {
            HandlerOutcome.Accepted whose = handled.whose() == null ? NOBODY : handled.whose();
            return settled(arrival, refused.refusals(), null, whose);
        }
        if (outcome instanceof HandlerOutcome.Answered answered) {
            return settled(
                    arrival, List.of(), answered.response(), new HandlerOutcome.Accepted(null, answered.person()));
        }
        return settled(arrival, List.of(), null, (HandlerOutcome.Accepted) outcome);
    }

    private Settled settled(
            Arrival arrival, List<Hl7Refusal> refusals, String response, HandlerOutcome.Accepted whose) {
        String ack = response == null
                ? Answers.verdict(refusals).name()
                : Hl7Message.of(response)
                        .segment("MSA")
                        .map(msa -> msa.value(1))
                        .orElse("AA");
        count(arrival, ack);
        return new Settled(
                "AA".equals(ack) ? MessageState.ACCEPTED : MessageState.REFUSED,
                ack,
                refusals,
                Answers.to(arrival.message(), refusals, response, OffsetDateTime.now(clock)),
                whose.identity(),
                whose.person());
    }

    private Uni<List<String>> broken(UUID id, Arrival arrival, Throwable failure) {
        LOG.errorf("message %s could not be handled; it is kept and tried again: %s", id, nameless(failure));
        count(arrival, "broken");
        Hl7Refusal refusal = Hl7Refusal.error(
                Hl7Refusal.INTERNAL, null, "the message is stored but could not be handled now; send it again");
        return store.fail(id, failure.getClass().getSimpleName())
                .onFailure()
                .recoverWithNull()
                .replaceWith(() -> Answers.to(arrival.message(), List.of(refusal), null, OffsetDateTime.now(clock)));
    }

    /** What broke and where, without the failure's text: drivers quote values in theirs. */
    private static String nameless(Throwable failure) {
        String state = failure instanceof PgException refused ? " " + refused.getSqlState() : "";
        return failure.getClass().getName()
                + state
                + Stream.of(failure.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("cn.kangka"))
                        .limit(FRAMES)
                        .map(frame -> " at " + frame)
                        .collect(Collectors.joining());
    }

    private void count(Arrival arrival, String outcome) {
        meters.counter(
                        "kangka.hospital.messages",
                        "source",
                        arrival.source() == null ? "unknown" : arrival.source().id(),
                        "outcome",
                        outcome)
                .increment();
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof HttpProblem
                || failure instanceof PgException refused && PASSING.contains(refused.getSqlState());
    }

    private static Answered answered(List<String> answers, Arrival arrival) {
        return new Answered(
                arrival.source() == null ? null : arrival.source().id(),
                answers.stream().map(text -> text.getBytes(arrival.charset())).toList());
    }
}
