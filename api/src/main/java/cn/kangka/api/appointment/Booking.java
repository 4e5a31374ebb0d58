package cn.kangka.api.appointment;

import cn.kangka.api.person.Persons;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.idempotency.Idempotency;
import cn.kangka.kit.idempotency.Idempotency.Answer;
import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Books units: holds and confirms in one step, or confirms what is held. */
@ApplicationScoped
public class Booking {
    private static final String ROUTE = "/POST /v1/appointments";

    private final Actors actors;
    private final BookedPerson bookedPerson;
    private final Persons persons;
    private final Idempotency idempotency;
    private final RushGate rush;
    private final BookingStore store;
    private final BookingNews news;
    private final Audit audit;
    private final ObjectMapper json;
    private final Clock clock;
    private final LimitPolicy limits;

    Booking(
            Actors actors,
            BookedPerson bookedPerson,
            Persons persons,
            Idempotency idempotency,
            RushGate rush,
            BookingStore store,
            BookingNews news,
            Audit audit,
            ObjectMapper json,
            Clock clock,
            AppointmentConfig config) {
        this.actors = actors;
        this.bookedPerson = bookedPerson;
        this.persons = persons;
        this.idempotency = idempotency;
        this.rush = rush;
        this.store = store;
        this.news = news;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
        this.limits = LimitPolicy.of(config, clock.getZone());
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
        OffsetDateTime now = OffsetDateTime.now(clock);
        return store.facts(tx, request.slotId(), person, LocalDate.now(clock))
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .chain(facts -> facts.personMerged()
                        ? persons.current(tx, person).chain(survivor -> book(tx, actor, survivor, request))
                        : claim(tx, actor, person, request, facts, now));
    }

    private Uni<Answer> claim(
            SqlConnection tx,
            Actor actor,
            UUID person,
            BookingRequest request,
            BookingFacts facts,
            OffsetDateTime now) {
        check(facts, now);
        UUID id = Ids.at(now.toInstant().toEpochMilli());
        return store.book(tx, id, person, facts.slot(), request.holdId(), actor, now)
                .invoke(BookingRefusals::refuseUnlessBooked)
                .chain(() -> audited(tx, actor, id, person))
                .chain(() -> news.made(tx, id, person, facts.slot(), actor, now))
                .map(told -> new Answer(201, write(AppointmentView.booked(id, person, facts.slot(), actor, now))));
    }

    private void check(BookingFacts facts, OffsetDateTime now) {
        BookingRefusals.refuseWhatCannotBeBooked(facts, now);
        limits.violated(facts.history(), facts.wanted(), now).ifPresent(verdict -> {
            throw BookingRefusals.limit(verdict);
        });
    }

    /** Whoever books for somebody else is in that person's access log, with the booking or not at all. */
    private Uni<Void> audited(SqlConnection tx, Actor actor, UUID id, UUID person) {
        return actor.citizen()
                ? Uni.createFrom().voidItem()
                : audit.record(
                        tx, AuditEntry.allowed(actor.kind(), actor.id(), "appointment.book", person, id.toString()));
    }

    private String write(AppointmentView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a booking that is not JSON", e);
        }
    }
}
