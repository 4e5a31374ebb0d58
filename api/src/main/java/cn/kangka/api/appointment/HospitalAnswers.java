package cn.kangka.api.appointment;

import cn.kangka.api.appointment.BookingNews.Told;
import cn.kangka.api.appointment.HospitalAnswerPolicy.Outcome;
import cn.kangka.api.platform.RegionEvent;
import cn.kangka.api.platform.RegionEventHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
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
    private final MovedBack movedBack;
    private final BookingNews news;
    private final Clock clock;

    HospitalAnswers(
            AppointmentStore store,
            TransitionStore transitions,
            Cancelling cancelling,
            MovedBack movedBack,
            BookingNews news,
            Clock clock) {
        this.store = store;
        this.transitions = transitions;
        this.cancelling = cancelling;
        this.movedBack = movedBack;
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
                        .chain(() -> tell(tx, Told.ACCEPTED, appointment, answer, null));
            case REFUSE ->
                (appointment.hospitalStatus() == HospitalStatus.PENDING
                                ? movedBack.from(tx, appointment, now)
                                : Uni.createFrom().<Appointment>nullItem())
                        .chain(old -> transitions
                                .refuse(tx, appointment, answer.reason(), now)
                                .chain(() -> old == null
                                        ? Uni.createFrom().item(false)
                                        : movedBack.book(tx, old, appointment, now))
                                .chain(back -> tell(
                                        tx,
                                        Told.REFUSED,
                                        appointment,
                                        answer,
                                        back ? old.slot().start() : null)));
            case WITHDRAW -> {
                LOG.warnf("appointment %s: accepted after it was refused, withdrawn", appointment.id());
                yield transitions.withdraw(tx, appointment, now).chain(() -> cancelling.order(tx, appointment));
            }
        };
    }

    private Uni<Void> tell(
            SqlConnection tx, Told told, Appointment appointment, Answer answer, @Nullable OffsetDateTime back) {
        Map<String, String> more = new HashMap<>();
        more.put("status", answer.outcome().name());
        if (told == Told.REFUSED) {
            more.put("reason", answer.reason() == null ? "" : answer.reason());
            more.put("back", back == null ? "" : back.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        }
        return news.tell(tx, told, appointment.id(), appointment.person(), appointment.slot(), more);
    }

    private static String text(JsonNode data, String field) {
        String text = data.path(field).asText(null);
        return text == null || text.length() <= REASON_LENGTH ? text : text.substring(0, REASON_LENGTH);
    }
}
