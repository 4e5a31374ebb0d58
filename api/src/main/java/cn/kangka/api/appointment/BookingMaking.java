package cn.kangka.api.appointment;

import cn.kangka.api.appointment.BookingFacts.Kept;
import cn.kangka.api.person.Persons;
import cn.kangka.api.policy.Rules;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Makes one booking in the caller's transaction, whatever it is for: judged, written, told. */
@ApplicationScoped
class BookingMaking {
    private final Persons persons;
    private final BookingStore store;
    private final TransitionStore transitions;
    private final BookingNews news;
    private final Audit audit;
    private final Clock clock;
    private final LimitPolicy limits;

    BookingMaking(
            Persons persons,
            BookingStore store,
            TransitionStore transitions,
            BookingNews news,
            Audit audit,
            Clock clock,
            Rules rules) {
        this.persons = persons;
        this.store = store;
        this.transitions = transitions;
        this.news = news;
        this.audit = audit;
        this.clock = clock;
        this.limits = LimitPolicy.of(rules.region(), clock.getZone());
    }

    /** Who is to be booked where; {@code hold} null for none, {@code quiet} when something else tells the person. */
    record Wish(UUID person, UUID slot, UUID hold, VisitKind kind, boolean quiet) {
        Wish of(UUID other) {
            return new Wish(other, slot, hold, kind, quiet);
        }

        Wish of(Kept kept) {
            return new Wish(person, slot, kept.hold(), kept.kind(), quiet);
        }
    }

    /** The booking; fails with the refusal, or 404 when there is no such slot or person. */
    Uni<AppointmentView> book(SqlConnection tx, Actor actor, Wish wish) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return store.facts(tx, wish.slot(), wish.person(), LocalDate.now(clock))
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .chain(facts -> facts.personMerged()
                        ? persons.current(tx, wish.person()).chain(survivor -> book(tx, actor, wish.of(survivor)))
                        : claim(tx, actor, wish, facts, now));
    }

    /** What is kept instead of a stopped follow-up or referral is what that was, and replaces it as a move would. */
    private Uni<AppointmentView> claim(
            SqlConnection tx, Actor actor, Wish wish, BookingFacts facts, OffsetDateTime now) {
        Kept kept = wish.kind().exempt() ? null : facts.keptBy(wish.hold(), now);
        return kept == null
                ? claimed(tx, actor, wish, facts, now)
                : claimed(tx, actor, wish.of(kept), facts, now)
                        .call(view -> transitions.moved(tx, view.id(), kept.appointment()));
    }

    private Uni<AppointmentView> claimed(
            SqlConnection tx, Actor actor, Wish wish, BookingFacts facts, OffsetDateTime now) {
        check(facts, wish.kind(), now);
        UUID id = Ids.at(now.toInstant().toEpochMilli());
        UUID person = wish.person();
        return store.book(tx, id, person, facts.slot(), wish.hold(), actor, wish.kind(), now)
                .invoke(BookingRefusals::refuseUnlessBooked)
                .chain(() -> audited(tx, actor, id, person))
                .chain(() -> news.made(tx, id, person, facts.slot(), actor, wish.quiet(), now))
                .map(told -> AppointmentView.booked(id, person, facts.slot(), actor, wish.kind(), now));
    }

    private void check(BookingFacts facts, VisitKind kind, OffsetDateTime now) {
        if (kind.exempt()) {
            BookingRefusals.refuseWhatNobodyCanBook(facts, now);
            return;
        }
        BookingRefusals.refuseWhatCannotBeBooked(facts, now);
        limits.violated(facts.history(), facts.wanted(), now).ifPresent(verdict -> {
            throw BookingRefusals.limit(verdict);
        });
    }

    /** Whoever books for somebody else is in that person's access log, with the booking or not at all. */
    private Uni<Void> audited(SqlConnection tx, Actor actor, UUID id, UUID person) {
        return person.equals(actor.person())
                ? Uni.createFrom().voidItem()
                : audit.record(
                        tx, AuditEntry.allowed(actor.kind(), actor.id(), "appointment.book", person, id.toString()));
    }
}
