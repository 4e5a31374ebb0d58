package cn.kangka.notification.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** What the intake and the inbox ask of deliveries, in their own units of work. */
@ApplicationScoped
public class DeliveryService {
    private final DeliveryStore store;
    private final Lanes lanes;
    private final PlanPolicy policy;
    private final Clock clock;

    DeliveryService(DeliveryStore store, Lanes lanes, PlanPolicy policy, Clock clock) {
        this.store = store;
        this.lanes = lanes;
        this.policy = policy;
        this.clock = clock;
    }

    /** The deliveries that these notices need. */
    public List<Planned> plan(List<PlanPolicy.Notice> notices) {
        return notices.stream().flatMap(notice -> policy.plan(notice).stream()).toList();
    }

    /** Writes deliveries in the caller's transaction; what exists already stays as it is. */
    public Uni<Void> enqueue(SqlConnection tx, List<Planned> planned) {
        return planned.isEmpty() ? Uni.createFrom().voidItem() : store.enqueue(tx, planned, clock.instant());
    }

    /** Takes away what these notices have not sent, because their content was replaced. */
    public Uni<Void> dropUnsent(SqlConnection tx, List<UUID> notices) {
        return notices.isEmpty() ? Uni.createFrom().voidItem() : store.dropUnsent(tx, notices);
    }

    /** Cancels what these notices have not sent; what is on its way to a provider may still arrive. */
    public Uni<Void> cancel(SqlConnection tx, List<UUID> notices, String reason) {
        return notices.isEmpty() ? Uni.createFrom().voidItem() : store.cancel(tx, notices, reason, clock.instant());
    }

    /** Tells the workers to look now instead of at their next poll; call it after the commit. */
    public void wake(List<Planned> planned) {
        planned.stream()
                .filter(each -> !each.dueAt().isAfter(clock.instant()))
                .map(each -> new DeliveryStore.Lane(each.lane(), each.channel()))
                .distinct()
                .forEach(each -> lanes.wake(each.lane(), each.channel()));
    }
}
