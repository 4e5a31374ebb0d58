package cn.kangka.empi.booking;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.HospitalAnswer;
import cn.kangka.empi.hospital.MessageHandler;
import cn.kangka.empi.hospital.Received;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** SRR that a hospital sends later, as a message of its own: it names the order by MSA-2 or by our appointment id. */
@ApplicationScoped
class ScheduleResponseHandler implements MessageHandler {
    private final BookingStore store;
    private final BookingAnswers answers;

    ScheduleResponseHandler(BookingStore store, BookingAnswers answers) {
        this.store = store;
        this.answers = answers;
    }

    @Override
    public boolean handles(String code, String trigger) {
        return code.equals("SRR");
    }

    @Override
    public Uni<HandlerOutcome> handle(SqlConnection tx, Received received) {
        Optional<HospitalAnswer> answer = received.message()
                .segment("MSA")
                .flatMap(acknowledgement -> HospitalAnswer.of(received.message(), acknowledgement));
        return answer.map(verdict -> decide(tx, received, verdict)).orElseGet(() -> Uni.createFrom()
                .item(HandlerOutcome.refused(
                        Hl7Refusal.error(Hl7Refusal.REQUIRED_FIELD, "MSA^1^1", "no acknowledgement code"))));
    }

    private Uni<HandlerOutcome> decide(SqlConnection tx, Received received, HospitalAnswer verdict) {
        return find(tx, received)
                .chain(found -> found == null
                        ? Uni.createFrom()
                                .item(HandlerOutcome.refused(Hl7Refusal.error(
                                        Hl7Refusal.UNKNOWN_KEY, "MSA^1^2", "no such order of this hospital")))
                        : store.lock(tx, found.appointment())
                                .chain(() -> find(tx, received))
                                .chain(order -> answers.decide(tx, order, verdict, null))
                                .replaceWith(() -> new HandlerOutcome.Accepted(null, null)));
    }

    private Uni<BookingStore.Kept> find(SqlConnection tx, Received received) {
        String source = received.source().id();
        String controlId = received.message()
                .segment("MSA")
                .map(acknowledgement -> acknowledgement.value(2))
                .orElse("");
        return store.ofControlId(tx, source, controlId)
                .chain(order -> order != null
                        ? Uni.createFrom().item(order)
                        : appointment(received.message())
                                .map(id -> store.newestAsked(tx, id))
                                .orElseGet(() -> Uni.createFrom().nullItem()))
                .map(order -> order != null && order.source().equals(source) ? order : null);
    }

    private static Optional<UUID> appointment(Hl7Message message) {
        return Stream.of("SCH", "ARQ")
                .flatMap(name -> message.segment(name).stream())
                .flatMap(segment -> ids(segment))
                .findFirst();
    }

    private static Stream<UUID> ids(Segment segment) {
        return Stream.of(segment.value(1), segment.value(2)).flatMap(text -> {
            try {
                return text.length() == 36 ? Stream.of(UUID.fromString(text)) : Stream.empty();
            } catch (IllegalArgumentException e) {
                return Stream.empty();
            }
        });
    }
}
