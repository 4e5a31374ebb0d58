package cn.kangka.empi.booking;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hospital.BookingMode;
import cn.kangka.empi.hospital.HospitalAnswer;
import cn.kangka.empi.hospital.LetterListener;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/** Takes a hospital's word on an order, as the answer to our message or later, and tells {@code api}. */
@ApplicationScoped
class BookingAnswers implements LetterListener {
    static final String TOPIC = "booking";
    private static final String API = "api";
    private static final int LONGEST_REASON = 300;

    private final BookingStore store;
    private final Sources sources;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final Clock clock;

    BookingAnswers(BookingStore store, Sources sources, Outbox outbox, ObjectMapper json, Clock clock) {
        this.store = store;
        this.sources = sources;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** Data of {@code booking.answered}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Answered(
            UUID appointment,
            BookingOutcome outcome,
            String reason,
            String hospitalReference,
            BookingOrder.Action action) {}

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Uni<Void> answered(SqlConnection tx, OutboxEvent letter, HospitalAnswer answer) {
        return store.lock(tx, UUID.fromString(letter.aggregate()))
                .chain(() -> store.ofLetter(tx, letter.id()))
                .chain(order ->
                        order == null ? Uni.createFrom().voidItem() : decide(tx, order, answer, letter.trace()));
    }

    /**
     * The hospital's word on an order whose lock is held. The same word again changes nothing; what it says of arrivals and
     * no-shows that it was told of is kept here, and changes no booking.
     */
    Uni<Void> decide(SqlConnection tx, BookingStore.Kept order, HospitalAnswer answer, String trace) {
        boolean hospitalFills =
                sources.byId(order.source()).map(Source::bookingMode).orElse(BookingMode.KANGKA_FILLS)
                        == BookingMode.HOSPITAL_FILLS;
        BookingOutcome outcome =
                BookingAnswerPolicy.outcome(hospitalFills, order.action(), answer.isAccepted(), answer.message());
        String reference = reference(answer.message());
        if (outcome == BookingOutcome.PENDING || outcome == order.outcome()) {
            return Uni.createFrom().voidItem();
        }
        String reason = outcome == BookingOutcome.REFUSED ? cut(answer.text()) : null;
        return store.answer(tx, order, outcome, reason, reference, clock.instant())
                .chain(() -> order.newest()
                        ? tell(tx, new Answered(order.appointment(), outcome, reason, reference, order.action()), trace)
                        : Uni.createFrom().voidItem());
    }

    /** Nobody can be told: the booking stays pending, and {@code api} learns why. */
    Uni<Void> unreachable(SqlConnection tx, BookingOrder order) {
        return tell(
                tx,
                new Answered(
                        order.appointment(),
                        BookingOutcome.PENDING,
                        "no connection to the hospital",
                        null,
                        order.action()),
                null);
    }

    private Uni<Void> tell(SqlConnection tx, Answered answered, String trace) {
        return store.nextVersion(tx).chain(version -> {
            OutboxEvent event = OutboxEvent.of(
                    API, answered.appointment().toString(), version, "booking.answered", write(answered));
            return outbox.append(tx, trace == null ? event : traced(event, trace));
        });
    }

    private static OutboxEvent traced(OutboxEvent event, String trace) {
        return new OutboxEvent(
                event.id(),
                event.destination(),
                event.aggregate(),
                event.barrier(),
                event.version(),
                event.type(),
                event.payload(),
                trace,
                event.attempts());
    }

    /** SCH-2, the filler's number of the appointment; null when it gives none. */
    private static String reference(Hl7Message answer) {
        return answer.segment("SCH")
                .map(schedule -> schedule.value(2))
                .filter(value -> !value.isBlank())
                .orElse(null);
    }

    private static String cut(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }

    private String write(Answered answered) {
        try {
            return json.writeValueAsString(answered);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }
}
