package cn.kangka.empi.hospital;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.outbox.Courier;
import cn.kangka.kit.outbox.Delivery;
import cn.kangka.kit.outbox.OutboxEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Delivers the letters of one institution, one after the other over its connection. Those that failed before come last,
 * so that a letter on which the hospital chokes never holds back the others.
 */
@ApplicationScoped
class HospitalCourier implements Courier {
    private static final Logger LOG = Logger.getLogger(HospitalCourier.class);

    private final Sources sources;
    private final LetterStore letters;
    private final MllpPeers peers;
    private final Database database;
    private final DeliveryConfig config;
    private final Clock clock;
    private final ObjectMapper json;
    private final Map<String, LetterListener> listeners = new HashMap<>();
    private final Map<String, Instant> leftAloneUntil = new ConcurrentHashMap<>();

    HospitalCourier(
            Sources sources,
            LetterStore letters,
            MllpPeers peers,
            Database database,
            DeliveryConfig config,
            Clock clock,
            ObjectMapper json,
            @All List<LetterListener> listeners) {
        this.sources = sources;
        this.letters = letters;
        this.peers = peers;
        this.database = database;
        this.config = config;
        this.clock = clock;
        this.json = json;
        listeners.forEach(listener -> this.listeners.put(listener.topic(), listener));
    }

    @Override
    public Uni<List<Delivery>> deliver(List<OutboxEvent> batch) {
        String destination = batch.get(0).destination();
        return sources.byId(Letter.institution(destination))
                .filter(HospitalPost::reaches)
                .map(source -> round(source, destination, batch))
                .orElseGet(() -> Uni.createFrom().item(each(batch, Delivery.parked("no connection is configured"))));
    }

    private Uni<List<Delivery>> round(Source source, String destination, List<OutboxEvent> batch) {
        if (clock.instant().isBefore(leftAloneUntil.getOrDefault(source.id(), Instant.MIN))) {
            return Uni.createFrom().item(each(batch, Delivery.retry("not reached a moment ago")));
        }
        Round round = new Round(source, destination, clock.instant().plus(config.batchBudget()));
        List<OutboxEvent> order = new ArrayList<>(batch);
        order.sort(Comparator.comparingInt(OutboxEvent::attempts));
        return letters.errors(database.pool(), triedBefore(batch))
                .chain(errors -> Multi.createFrom()
                        .iterable(order)
                        .onItem()
                        .transformToUniAndConcatenate(event -> round.deliver(event, errors.getOrDefault(event.id(), 0)))
                        .collect()
                        .last())
                .chain(last -> letters.write(source.id(), round.log))
                .map(logged -> batch.stream()
                        .map(event -> round.outcomes.get(event.id()))
                        .toList());
    }

    private static List<UUID> triedBefore(List<OutboxEvent> batch) {
        return batch.stream()
                .filter(event -> event.attempts() > 0)
                .map(OutboxEvent::id)
                .toList();
    }

    private Optional<PostedLetter> read(OutboxEvent event) {
        try {
            PostedLetter letter = json.readValue(event.payload(), PostedLetter.class);
            return Optional.ofNullable(letter.text() == null ? null : letter);
        } catch (JsonProcessingException e) {
            LOG.errorf("letter %s cannot be read: %s", event.id(), e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static List<Delivery> each(List<OutboxEvent> batch, Delivery outcome) {
        return batch.stream().map(event -> outcome).toList();
    }

    /**
     * One pass over an institution's letters. What nobody waits for is logged at the pass's end, in one statement: a crash
     * before it sends those letters again, as a crash before the outbox forgets them would.
     */
    private final class Round {
        private final Source source;
        private final String lane;
        private final Instant end;
        private final Map<UUID, Delivery> outcomes = new HashMap<>();
        private final List<LetterStore.Attempt> log = new ArrayList<>();
        private boolean unreachable;

        Round(Source source, String lane, Instant end) {
            this.source = source;
            this.lane = lane;
            this.end = end;
        }

        Uni<Delivery> deliver(OutboxEvent event, int errors) {
            return attempt(event, errors).invoke(outcome -> outcomes.put(event.id(), outcome));
        }

        private Uni<Delivery> attempt(OutboxEvent event, int errors) {
            if (unreachable) {
                return Uni.createFrom().item(Delivery.retry("its turn did not come"));
            }
            if (clock.instant().isAfter(end)) {
                return Uni.createFrom().item(new Delivery.Retry("its turn did not come", Duration.ZERO));
            }
            return read(event).map(letter -> attempt(event, letter, errors)).orElseGet(() -> Uni.createFrom()
                    .item(Delivery.parked("the letter cannot be read")));
        }

        private Uni<Delivery> attempt(OutboxEvent event, PostedLetter letter, int errors) {
            return exchange(event, letter)
                    .chain(answer -> settle(event, letter, errors, answer))
                    .onFailure()
                    .recoverWithUni(failure -> unanswered(event, letter, failure));
        }

        private Uni<HospitalAnswer> exchange(OutboxEvent event, PostedLetter letter) {
            String controlId = ControlId.of(event.id());
            byte[] frame = Wire.frame(source, letter.text());
            return Uni.createFrom().emitter(emitter -> peers.of(source, lane)
                    .exchange(frame, bytes -> HospitalAnswer.to(controlId, Wire.text(source, bytes))
                            .orElse(null))
                    .onComplete(emitter::complete, emitter::fail));
        }

        private Uni<Delivery> unanswered(OutboxEvent event, PostedLetter letter, Throwable failure) {
            if (failure instanceof MllpPeer.UnreachableException) {
                unreachable = true;
                leftAloneUntil.put(source.id(), clock.instant().plus(config.pauseAfterFailure()));
            }
            String reason = String.valueOf(failure.getMessage());
            log.add(new LetterStore.Attempt(event, letter, MessageState.QUEUED, null, reason, null));
            return Uni.createFrom().item(Delivery.retry(reason));
        }

        private Uni<Delivery> settle(OutboxEvent event, PostedLetter letter, int errors, HospitalAnswer answer) {
            LetterListener listener = listeners.get(event.type());
            AnswerPolicy.Verdict verdict = AnswerPolicy.verdict(answer, listener != null, errors, config.errorTries());
            boolean decided = verdict == AnswerPolicy.Verdict.TAKEN || verdict == AnswerPolicy.Verdict.DECLINED;
            LetterStore.Attempt attempt = logged(event, letter, verdict, answer);
            if (listener == null || !decided) {
                log.add(attempt);
                return Uni.createFrom().item(outcome(verdict, answer));
            }
            return database.write(tx ->
                            letters.write(tx, source.id(), attempt).chain(() -> listener.answered(tx, event, answer)))
                    .replaceWith(() -> outcome(verdict, answer));
        }
    }

    private static LetterStore.Attempt logged(
            OutboxEvent event, PostedLetter letter, AnswerPolicy.Verdict verdict, HospitalAnswer answer) {
        MessageState state =
                switch (verdict) {
                    case TAKEN -> MessageState.DELIVERED;
                    case DECLINED -> MessageState.REFUSED;
                    case AGAIN -> MessageState.QUEUED;
                    case PARK -> MessageState.PARKED;
                };
        String error = answer.isAccepted() ? null : answer.text();
        return new LetterStore.Attempt(
                event,
                letter,
                state,
                answer.code().name(),
                error,
                answer.message().text());
    }

    private static Delivery outcome(AnswerPolicy.Verdict verdict, HospitalAnswer answer) {
        String reason = answer.code() + " " + answer.text();
        return switch (verdict) {
            case TAKEN, DECLINED -> Delivery.DONE;
            case AGAIN -> Delivery.retry(reason);
            case PARK -> Delivery.parked(reason);
        };
    }
}
