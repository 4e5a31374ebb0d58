package cn.kangka.api.appointment;

import cn.kangka.api.account.Caller;
import cn.kangka.api.appointment.BookingNews.Told;
import cn.kangka.api.appointment.BookingOrder.Action;
import cn.kangka.api.person.Persons;
import cn.kangka.api.policy.Rules;
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/**
 * The door for whatever gives units in another way than first come, first served: who asks and for whom, what the rules of
 * booking say to that person, and the booking of a unit that was kept for them.
 */
@ApplicationScoped
public class Allotment {
    private final Actors actors;
    private final BookedPerson bookedPerson;
    private final AppointmentAccess access;
    private final Persons persons;
    private final BookingStore bookings;
    private final BookingNews news;
    private final Clock clock;
    private final LimitPolicy limits;

    Allotment(
            Actors actors,
            BookedPerson bookedPerson,
            AppointmentAccess access,
            Persons persons,
            BookingStore bookings,
            BookingNews news,
            Clock clock,
            Rules rules) {
        this.actors = actors;
        this.bookedPerson = bookedPerson;
        this.access = access;
        this.persons = persons;
        this.bookings = bookings;
        this.news = news;
        this.clock = clock;
        this.limits = LimitPolicy.of(rules.region(), clock.getZone());
    }

    /** The caller, if they may book; 403 for the others. */
    public Uni<Actor> actor() {
        return actors.writer();
    }

    /** For whom the caller asks; 404 for a citizen who names somebody else, 422 for others who name nobody. */
    public Uni<UUID> person(Actor actor, UUID slot, @Nullable UUID named) {
        return bookedPerson.of(actor, new BookingRequest(slot, named, null, null));
    }

    /** Completes when the caller may see and change what was made for a person, as with a booking; else fails with 404. */
    public Uni<Void> require(Actor actor, UUID person, String byKind, String by, UUID object, String action) {
        return access.require(actor, person, AppointmentAccess.made(actor, byKind, by), object, action);
    }

    /** A citizen may see what is theirs, or a dependant's (audited); null is their own. Whose it is; else fails with 404. */
    public Uni<UUID> ofCitizen(Caller caller, @Nullable UUID person, String action) {
        return access.ofCitizen(caller, person, action);
    }

    /** A partner looked at a list that is about no single person; an entry is written. */
    public Uni<Void> listed(Actor actor, String action) {
        return access.listed(actor, action);
    }

    /** Completes when staff may act for a person; fails with 403, audited, otherwise. */
    public Uni<Void> allowed(Actor actor, UUID person) {
        return bookedPerson.allowed(actor, person).replaceWithVoid();
    }

    /** Completes when staff may look at a person; audited. */
    public Uni<Void> staff(Actor actor, UUID person, String action) {
        return access.staff(actor, person, null, action);
    }

    /**
     * What the rules of booking say.
     *
     * @param person the survivor, when the one who was asked for is merged away
     * @param open neither the slot is closed nor its session stopped
     * @param rule the narrowest limit that stops the person; null when none does
     * @param refusal the same as a problem
     */
    public record Judged(
            UUID person,
            boolean open,
            OffsetDateTime start,
            OffsetDateTime releaseAt,
            @Nullable String rule,
            @Nullable HttpProblem refusal) {}

    /** Takes the person's lock and judges; fails with 404 when there is no such slot or person. */
    public Uni<Judged> judge(SqlConnection tx, UUID slot, UUID person) {
        return facts(tx, slot, person)
                .chain(facts -> facts.personMerged()
                        ? persons.current(tx, person).chain(survivor -> judge(tx, slot, survivor))
                        : Uni.createFrom().item(judged(facts, person)));
    }

    private Judged judged(BookingFacts facts, UUID person) {
        if (facts.personUnknown()) {
            throw Problems.notFound();
        }
        return limits.violated(facts.history(), facts.wanted(), OffsetDateTime.now(clock))
                .map(verdict -> judged(facts, person, verdict.rule(), BookingRefusals.limit(verdict)))
                .orElseGet(() -> judged(facts, person, null, null));
    }

    private static Judged judged(BookingFacts facts, UUID person, String rule, HttpProblem refusal) {
        return new Judged(person, facts.open(), facts.slot().start(), facts.releaseAt(), rule, refusal);
    }

    /** The problem of a slot that is closed or past; null when it is neither. */
    public static @Nullable HttpProblem obstacle(Judged judged, OffsetDateTime now) {
        return switch (SlotPolicy.obstacle(judged.open(), "BOOK", judged.start(), judged.releaseAt(), now)) {
            case CLOSED -> BookingRefusals.obstacle(SlotPolicy.Obstacle.CLOSED, null);
            case PAST -> BookingRefusals.obstacle(SlotPolicy.Obstacle.PAST, null);
            case NOT_RELEASED, DRAWN, NONE -> null;
        };
    }

    /**
     * Books a unit that is held for a person whose lock is held, and tells hospital and person.
     *
     * @param id of the new booking
     * @param by who asked for it, through which channel
     */
    public Uni<Void> book(SqlConnection tx, UUID id, UUID person, UUID slot, UUID hold, Actor by) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return facts(tx, slot, person).map(BookingFacts::slot).chain(place -> bookings.book(
                        tx, id, person, place, hold, by, VisitKind.NORMAL, now)
                .invoke(BookingRefusals::refuseUnlessBooked)
                .chain(() -> news.order(
                        tx, Action.BOOK, id, 1, person, place, by.channel().label(), now))
                .chain(() ->
                        news.tell(tx, Told.DRAWN, id, person, place, Map.of("status", HospitalStatus.PENDING.name()))));
    }

    private Uni<BookingFacts> facts(SqlConnection tx, UUID slot, UUID person) {
        return bookings.facts(tx, slot, person, LocalDate.now(clock))
                .onItem()
                .ifNull()
                .failWith(Problems::notFound);
    }

    /** Starts delivery to hospitals and people now; call it after the commit. */
    public void wake() {
        news.wake();
    }
}
