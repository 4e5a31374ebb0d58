package cn.kangka.api.appointment;

import cn.kangka.api.appointment.BookingNews.Told;
import cn.kangka.api.appointment.HospitalAnswerPolicy.Outcome;
import cn.kangka.api.platform.RegionEvent;
import cn.kangka.api.platform.RegionEventHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Follows {@code booking.answered}: what the hospital said becomes the booking's one defined state. */
@ApplicationScoped
class HospitalAnswers implements RegionEventHandler {
    private static final Logger LOG = Logger.getLogger(HospitalAnswers.class);
    private static final int REASON_LENGTH = 200;

    private final AppointmentStore store;
    private final TransitionStore transitions;
    private final Cancelling cancelling;
    private final Refusing refusing;
    private final BookingNews news;
    private final Clock clock;

    HospitalAnswers(
            AppointmentStore store,
            TransitionStore transitions,
            Cancelling cancelling,
            Refusing refusing,
            BookingNews news,
            Clock clock) {
        this.store = store;
        this.transitions = transitions;
        this.cancelling = cancelling;
        this.refusing = refusing;
        this.news = news;
        this.clock = clock;
    }

    private record Answer(Outcome outcome, String reason, String reference) {}

    @Override
    public Set<String> types() {
        return Set.of("booking.answered");
    }

    @Override
    public Uni<Void> apply(SqlConnection tx, RegionEvent event) {
        if (!event.data().path("action").asText("BOOK").equals("BOOK")) {
            return Uni.createFrom().voidItem(); // What became of a cancellation says nothing of the booking.
        }
        UUID id = UUID.fromString(event.data().path("appointment").asText());
        Answer answer = new Answer(
                Outcome.valueOf(event.data().path("outcome").asText()),
                text(event.data(), "reason"),
                text(event.data(), "hospitalReference"));
        return store.lock(tx, id).chain(appointment -> {
            if (appointment == null) {
                throw new IllegalArgumentException("an answer to an appointment that does not exist");
            }
            return apply(tx, appointment, answer, OffsetDateTime.now(clock));
        });
    }

    private Uni<Void> apply(SqlConnection tx, Appointment appointment, Answer answer, OffsetDateTime now) {
        return switch (HospitalAnswerPolicy.effect(
                appointment.status(),
                appointment.hospitalStatus(),
                appointment.withdrawn(),
                appointment.reordered(),
                answer.outcome())) {
            case NONE -> Uni.createFrom().voidItem();
            case ACCEPT ->
                transitions
                        .accept(tx, appointment, answer.reference(), now)
                        .chain(() -> news.tell(
                                tx,
                                Told.ACCEPTED,
                                appointment.id(),
                                appointment.person(),
                                appointment.slot(),
                                Map.of("status", Outcome.ACCEPTED.name())));
            case REFUSE -> refusing.refuse(tx, appointment, answer.reason(), now);
            case DOUBT -> transitions.doubt(tx, appointment);
            case WITHDRAW -> {
                LOG.warnf("appointment %s: accepted after it was refused, withdrawn", appointment.id());
                yield transitions.withdraw(tx, appointment, now).chain(() -> cancelling.order(tx, appointment));
            }
        };
    }

    private static String text(JsonNode data, String field) {
        String text = data.path(field).asText(null);
        return text == null || text.length() <= REASON_LENGTH ? text : text.substring(0, REASON_LENGTH);
    }
}
