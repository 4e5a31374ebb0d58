package cn.kangka.api.appointment;

import cn.kangka.api.account.Callers;
import cn.kangka.api.person.Persons;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import cn.kangka.api.policy.Rules;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * Waiting for a full session: in order of entry, each unit that comes free is offered to the next and kept for them until the
 * offer ends. An offer is taken by booking its slot.
 */
@ApplicationScoped
public class WaitingList {
    private static final int NAMED = 1;
    private static final int AT_ONCE = 100;
    private static final UUID LEAST = new UUID(0, 0);

    private final Database database;
    private final Callers callers;
    private final Actors actors;
    private final BookedPerson bookedPerson;
    private final Persons persons;
    private final AppointmentAccess access;
    private final BookingStore bookings;
    private final WaitingStore store;
    private final Audit audit;
    private final Clock clock;
    private final LimitPolicy limits;
    private final Rules rules;

    WaitingList(
            Database database,
            Callers callers,
            Actors actors,
            BookedPerson bookedPerson,
            Persons persons,
            AppointmentAccess access,
            BookingStore bookings,
            WaitingStore store,
            Audit audit,
            Clock clock,
            Rules rules) {
        this.database = database;
        this.callers = callers;
        this.actors = actors;
        this.bookedPerson = bookedPerson;
        this.persons = persons;
        this.access = access;
        this.bookings = bookings;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.rules = rules;
        this.limits = LimitPolicy.of(rules.region(), clock.getZone());
    }

    /**
     * Enters a list; who is on it already gets that entry.
     *
     * @return the entry; refusals as problems with {@code rule}
     */
    public Uni<WaitingView> enter(WaitingRequest request) {
        return actors.writer().chain(actor -> bookedPerson
                .of(actor, new BookingRequest(request.slotId(), request.personId(), null, null))
                .chain(person -> database.write(tx -> enter(tx, actor, person, request.slotId()))));
    }

    private Uni<WaitingView> enter(SqlConnection tx, Actor actor, UUID person, UUID slot) {
        return bookings.facts(tx, slot, person, LocalDate.now(clock))
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .chain(facts -> facts.personMerged()
                        ? persons.current(tx, person).chain(survivor -> enter(tx, actor, survivor, slot))
                        : store.lists(tx, person, slot)
                                .chain(lists -> lists.same() == null
                                        ? enter(tx, actor, person, facts, lists.open())
                                        : store.find(tx, lists.same()).map(WaitingStore.Entry::view)));
    }

    private Uni<WaitingView> enter(SqlConnection tx, Actor actor, UUID person, BookingFacts facts, int open) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        HospitalRules here = rules.at(facts.history().own());
        WaitingPolicy policy = WaitingPolicy.of(here, clock.getZone());
        check(facts, policy, open, here.get(Rule.WAITING_LISTS), now);
        UUID id = Ids.at(now.toInstant().toEpochMilli());
        return store.enter(tx, id, person, facts.slot(), actor, policy, now)
                .invoke(WaitingList::refuseUnlessEntered)
                .chain(() -> person.equals(actor.person())
                        ? Uni.createFrom().voidItem()
                        : audit.record(
                                tx,
                                AuditEntry.allowed(actor.kind(), actor.id(), "waiting.enter", person, id.toString())))
                .chain(() -> store.find(tx, id))
                .map(WaitingStore.Entry::view);
    }

    private void check(BookingFacts facts, WaitingPolicy policy, int open, int most, OffsetDateTime now) {
        BookingRefusals.refuseWhatCannotBeBooked(facts, now);
        LocalDate visit = facts.slot().date();
        if (!policy.open(visit, now)) {
            throw BookingRefusals.waitingClosed(policy, visit, now);
        }
        if (open >= most) {
            throw BookingRefusals.tooManyLists(most);
        }
        limits.violated(facts.history(), facts.wanted(), now).ifPresent(verdict -> {
            throw BookingRefusals.limit(verdict);
        });
    }

    private static void refuseUnlessEntered(WaitingStore.Entered outcome) {
        switch (outcome) {
            case ENTERED, WAITING_ALREADY -> {}
            case NOT_FULL -> throw BookingRefusals.notFull();
            case BOOKED_ALREADY -> throw BookingRefusals.bookedAlready();
        }
    }

    /** The calling citizen's entries, or a dependant's, the newest first. */
    public Uni<Page<WaitingView>> mine(UUID person, int limit, String cursor) {
        return callers.citizen(NAMED)
                .chain(caller -> access.ofCitizen(caller, person, "waiting.list"))
                .chain(whose -> of(whose, limit, cursor));
    }

    /**
     * A person's, for staff who may act for them. A look is audited when it shows something: a screen that asks again and again, and
     * has seen this version, learns nothing.
     *
     * @param seen the version that the caller has; null for none
     */
    public Uni<WaitingLook> ofPerson(UUID person, int limit, String cursor, @Nullable String seen) {
        return actors.writer().chain(actor -> bookedPerson
                .allowed(actor, person)
                .chain(() -> of(person, limit, cursor).map(WaitingLook::of))
                .chain(look -> look.version().equals(seen)
                        ? Uni.createFrom().item(look.unchanged())
                        : access.staff(actor, person, null, "waiting.list").replaceWith(look)));
    }

    /** What the calling partner entered, the newest first; audited. */
    public Uni<Page<WaitingView>> byPartner(int limit, String cursor) {
        Cursor after = Cursor.decode(cursor);
        return actors.writer()
                .call(actor -> access.listed(actor, "waiting.list"))
                .chain(actor -> store.byPartner(database.pool(), actor.id(), after, limit + 1))
                .map(rows -> page(rows, limit));
    }

    /** One; 404 when it is not the caller's. */
    public Uni<WaitingView> one(UUID id) {
        return actors.writer()
                .chain(actor ->
                        store.find(database.pool(), id).call(found -> access.require(actor, found, "waiting.read")))
                .map(WaitingStore.Entry::view);
    }

    private Uni<Page<WaitingView>> of(UUID person, int limit, String cursor) {
        return store.ofPerson(database.pool(), person, Cursor.decode(cursor), limit + 1)
                .map(rows -> page(rows, limit));
    }

    private static Page<WaitingView> page(List<WaitingStore.Entry> rows, int limit) {
        return Page.of(rows, limit, WaitingList::position).map(WaitingStore.Entry::view);
    }

    private static Cursor position(WaitingStore.Entry row) {
        return new Cursor(row.view().enteredAt().toInstant(), row.view().id());
    }

    /** Leaves a list, or lets an offer go; the same again changes nothing. 404 when it is not the caller's. */
    public Uni<Void> leave(UUID id) {
        return actors.writer()
                .call(actor ->
                        store.find(database.pool(), id).chain(found -> access.require(actor, found, "waiting.leave")))
                .chain(() -> database.write(tx -> store.leave(tx, id, OffsetDateTime.now(clock))));
    }

    /** What time does to the lists: offers end, lists are cleared. Some at a time, so that nobody waits long for a lock. */
    Uni<Void> sweep() {
        return sweep(LEAST);
    }

    private Uni<Void> sweep(UUID after) {
        return database.write(tx -> store.sweep(tx, OffsetDateTime.now(clock), after, AT_ONCE))
                .chain(last -> last == null ? Uni.createFrom().voidItem() : sweep(last));
    }
}
