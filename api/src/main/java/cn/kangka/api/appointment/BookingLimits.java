package cn.kangka.api.appointment;

import cn.kangka.api.account.Callers;
import cn.kangka.api.appointment.LimitRule.Visit;
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

    private final Database database;
    private final Callers callers;
    private final BookingStore store;
    private final AppointmentAccess access;
    private final Clock clock;
    private final LimitPolicy limits;

    BookingLimits(
            Database database,
            Callers callers,
            BookingStore store,
            AppointmentAccess access,
            Clock clock,
            AppointmentConfig config) {
        this.access = access;
        this.database = database;
        this.callers = callers;
        this.store = store;
        this.clock = clock;
        this.limits = LimitPolicy.of(config, clock.getZone());
    }

    /**
     * What the rules say to the calling citizen, or about a dependant.
     *
     * @param person a dependant; null for the caller
     * @param slot about this slot; null for any department today. 404 when there is no such slot
     */
    public Uni<Page<LimitView>> mine(String slot, UUID person) {
        LocalDate today = LocalDate.now(clock);
        UUID id = Parameters.id("slot", slot);
        return callers.citizen(NAMED)
                .chain(caller -> access.ofCitizen(caller, person, "limits.read"))
                .chain(whose -> wanted(id, today).chain(wanted -> store.history(database.pool(), whose, id, today)
                        .map(history -> limits.judge(history, wanted, OffsetDateTime.now(clock)))))
                .map(verdicts -> new Page<>(verdicts.stream().map(LimitView::of).toList(), null));
    }

    private Uni<Visit> wanted(UUID slot, LocalDate today) {
        return slot == null
                ? Uni.createFrom().item(new Visit(today, null))
                : store.visit(database.pool(), slot).onItem().ifNull().failWith(Problems::notFound);
    }
}
