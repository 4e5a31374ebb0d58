package cn.kangka.api.appointment;

import cn.kangka.api.account.Denials;
import cn.kangka.api.dependant.ActingFor;
import cn.kangka.api.person.Persons;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.UUID;

/** For whom a booking is: the citizen, or whoever an agent or partner names. */
@ApplicationScoped
class BookedPerson {
    private static final String ACTION = "appointment.book";

    private final Persons persons;
    private final Database database;
    private final CardHolders cards;
    private final BookingStore store;
    private final ActingFor acting;
    private final Denials denials;
    private final Instance<BookingAuthority> authorities;

    BookedPerson(
            Persons persons,
            Database database,
            CardHolders cards,
            BookingStore store,
            ActingFor acting,
            Denials denials,
            Instance<BookingAuthority> authorities) {
        this.persons = persons;
        this.database = database;
        this.cards = cards;
        this.store = store;
        this.acting = acting;
        this.denials = denials;
        this.authorities = authorities;
    }

    /** The person the request is about; 404 for a citizen who names somebody for whom they may not book. */
    Uni<UUID> of(Actor actor, BookingRequest request) {
        return actor.citizen() ? ofCitizen(actor, request) : ofClient(actor, request);
    }

    private Uni<UUID> ofCitizen(Actor actor, BookingRequest request) {
        if (request.personId() == null || request.personId().equals(actor.person())) {
            return Uni.createFrom().item(actor.person());
        }
        return persons.current(database.pool(), request.personId())
                .chain(person -> person.equals(actor.person())
                        ? Uni.createFrom().item(person)
                        : acting.require(actor.account(), person, ACTION).replaceWith(person));
    }

    private Uni<UUID> ofClient(Actor actor, BookingRequest request) {
        if ((request.personId() == null) == (request.cardCode() == null)) {
            return Uni.createFrom().failure(Problems.invalid("personId", "person-or-card-code"));
        }
        return request.personId() == null
                ? ofCode(actor, request)
                : persons.current(database.pool(), request.personId()).chain(person -> allowed(actor, person));
    }

    /** Whoever shows the code is there: no further check. */
    private Uni<UUID> ofCode(Actor actor, BookingRequest request) {
        return store.hospitalOf(database.pool(), request.slotId())
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .chain(hospital -> cards.holderOf(request.cardCode(), hospital, actor.id()));
    }

    /** The person, if this actor may act for them. */
    Uni<UUID> allowed(Actor actor, UUID person) {
        if (actor.partner() || authorities.isUnsatisfied()) {
            return Uni.createFrom().item(person);
        }
        return authorities
                .get()
                .mayActFor(actor.id(), person)
                .chain(may -> may ? Uni.createFrom().item(person) : denials.forbidden(ACTION, person, null));
    }
}
