package cn.kangka.api.appointment;

import cn.kangka.kit.idempotency.Idempotency;
import cn.kangka.kit.idempotency.Idempotency.Answer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Books units: holds and confirms in one step, or confirms what is held. */
@ApplicationScoped
public class Booking {
    private static final String ROUTE = "/POST /v1/appointments";

    private final Actors actors;
    private final BookedPerson bookedPerson;
    private final Idempotency idempotency;
    private final RushGate rush;
    private final BookingMaking making;
    private final BookingNews news;
    private final ObjectMapper json;

    Booking(
            Actors actors,
            BookedPerson bookedPerson,
            Idempotency idempotency,
            RushGate rush,
            BookingMaking making,
            BookingNews news,
            ObjectMapper json) {
        this.actors = actors;
        this.bookedPerson = bookedPerson;
        this.idempotency = idempotency;
        this.rush = rush;
        this.making = making;
        this.news = news;
        this.json = json;
    }

    /**
     * Books for the caller, or for the person the caller names.
     *
     * @param key the request's {@code Idempotency-Key}
     * @return 201 with an {@link AppointmentView} as JSON; refusals as problems with {@code rule}
     */
    public Uni<Answer> book(String key, BookingRequest request) {
        return actors.writer()
                .chain(actor -> answeredBefore(actor, key, request)
                        .chain(before -> before ? noPerson() : bookedPerson.of(actor, request))
                        .chain(person -> rush.through(
                                request.slotId(),
                                request.holdId(),
                                actor.channel(),
                                () -> idempotency.once(
                                        actor.key() + ROUTE, key, request, tx -> book(tx, actor, person, request)),
                                () -> idempotency.refuse(
                                        actor.key() + ROUTE, key, request, BookingRefusals.slotFull()))))
                .invoke(news::wake);
    }

    /** A card code is good for one use: the second request with a key must not use it again. */
    private Uni<Boolean> answeredBefore(Actor actor, String key, BookingRequest request) {
        if (key == null || key.isBlank()) {
            return Uni.createFrom().item(true); // Refused below, before anything else and with the code unused.
        }
        return request.cardCode() == null
                ? Uni.createFrom().item(false)
                : idempotency.answered(actor.key() + ROUTE, key);
    }

    private static Uni<UUID> noPerson() {
        return Uni.createFrom().nullItem();
    }

    private Uni<Answer> book(SqlConnection tx, Actor actor, UUID person, BookingRequest request) {
        return making.book(
                        tx,
                        actor,
                        new BookingMaking.Wish(person, request.slotId(), request.holdId(), VisitKind.NORMAL, false))
                .map(view -> new Answer(201, write(view)));
    }

    private String write(AppointmentView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a booking that is not JSON", e);
        }
    }
}
