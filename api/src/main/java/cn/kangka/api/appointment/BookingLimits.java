package cn.kangka.api.appointment;

import cn.kangka.api.account.Callers;
import cn.kangka.api.appointment.LimitRule.Visit;
import cn.kangka.api.policy.Rules;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Answers "why can't I book?": every rule with what it counts. */
@ApplicationScoped
public class BookingLimits {
    private static final int NAMED = 1;
    /** In the access log: somebody saw what the limits say to a person. */
    static final String ACTION = "limits.read";

    private final Database database;
    private final Callers callers;
    private final Actors actors;
    private final BookingStore store;
    private final AppointmentAccess access;
    private final Clock clock;
    private final LimitPolicy limits;

    BookingLimits(
            Database database,
            Callers callers,
            Actors actors,
            BookingStore store,
            AppointmentAccess access,
            Clock clock,
            Rules rules) {
        this.access = access;
        this.database = database;
        this.callers = callers;
        this.actors = actors;
        this.store = store;
        this.clock = clock;
        this.limits = LimitPolicy.of(rules.region(), clock.getZone());
    }

    /**
     * What the rules say to the calling citizen, or about a dependant.
     *
     * @param person a dependant; null for the caller
     * @param slot about this slot; null for any department today. 404 when there is no such slot
     */
    public Uni<Page<LimitView>> mine(String slot, UUID person) {
        UUID wanted = Parameters.id("slot", slot);
        return callers.citizen(NAMED)
                .chain(caller -> access.ofCitizen(caller, person, ACTION))
                .chain(whose -> of(whose, wanted));
    }

    /** What they say to a person, for staff who may act for them; audited. {@code slot} as above. */
    public Uni<Page<LimitView>> ofPerson(UUID person, String slot) {
        UUID wanted = Parameters.id("slot", slot);
        return actors.writer()
                .chain(actor -> access.staff(actor, person, null, ACTION))
                .chain(() -> of(person, wanted));
    }

    private Uni<Page<LimitView>> of(UUID person, UUID slot) {
        LocalDate today = LocalDate.now(clock);
        return wanted(slot, today)
                .chain(wanted -> store.history(database.pool(), person, slot, today)
                        .map(history -> limits.judge(history, wanted, OffsetDateTime.now(clock))))
                .map(verdicts -> new Page<>(verdicts.stream().map(LimitView::of).toList(), null));
    }

    private Uni<Visit> wanted(UUID slot, LocalDate today) {
        return slot == null
                ? Uni.createFrom().item(new Visit(today, null))
                : store.visit(database.pool(), slot).onItem().ifNull().failWith(Problems::notFound);
    }
}
