package cn.kangka.api.safety;

import cn.kangka.api.platform.Notices;
import cn.kangka.api.safety.SafetyStore.NewAlert;
import cn.kangka.api.safety.SafetyStore.Stored;
import cn.kangka.kit.database.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Takes in allergies and orders, and compares them for each person. Whatever comes second finds the first, whichever
 * hospital each is from; what comes before the index told whose it is waits for that.
 */
@ApplicationScoped
public class SafetyChecks {
    private final Database database;
    private final SafetyStore store;
    private final AlertNotices notices;
    private final Notices outbound;
    private final AllergyRule rule;
    private final Clock clock;
    private final SafetyConfig config;

    SafetyChecks(
            Database database,
            SafetyStore store,
            AlertNotices notices,
            Notices outbound,
            IngredientTable table,
            Clock clock,
            SafetyConfig config) {
        this.database = database;
        this.store = store;
        this.notices = notices;
        this.outbound = outbound;
        this.rule = new AllergyRule(table.groups());
        this.clock = clock;
        this.config = config;
    }

    /** Takes in what a hospital tells of one of its patients, in the caller's transaction. */
    public Uni<Void> take(SqlConnection tx, UUID identity, List<ToldAllergy> allergies, List<ToldOrder> orders) {
        List<ToldAllergy> real = allergies.stream()
                .filter(allergy -> !NoAllergy.says(allergy.text()))
                .toList();
        if (real.isEmpty() && orders.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> kept = Uni.createFrom().voidItem();
        for (ToldAllergy allergy : real) {
            kept = kept.chain(() -> store.put(tx, allergy, clock.instant()));
        }
        for (ToldOrder order : orders) {
            kept = kept.chain(() -> store.put(tx, order, clock.instant()));
        }
        return kept.chain(() -> check(tx, identity));
    }

    /** Compares everything of the person whose identity it is now; does nothing while that is unknown. */
    Uni<Void> check(SqlConnection tx, UUID identity) {
        return store.ownerHeld(tx, identity)
                .flatMap(person -> person == null ? Uni.createFrom().voidItem() : checkPerson(tx, person));
    }

    private Uni<Void> checkPerson(SqlConnection tx, UUID person) {
        return store.lockPerson(tx, person)
                .chain(() -> store.allergies(tx, person))
                .flatMap(allergies -> allergies.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : compare(tx, person, allergies, clock.instant().minus(config.orderWindow())))
                .chain(() -> store.checked(tx, person));
    }

    private Uni<Void> compare(SqlConnection tx, UUID person, List<Stored> allergies, Instant since) {
        return store.orders(tx, person, since, config.orderLimit())
                .flatMap(orders -> {
                    List<NewAlert> alerts = conflicts(allergies, orders);
                    return store.withdrawOthers(tx, person, orders, alerts)
                            .chain(() -> store.raise(tx, alerts, clock.instant()));
                })
                .chain(() -> notices.tell(tx, person));
    }

    private List<NewAlert> conflicts(List<Stored> allergies, List<Stored> orders) {
        List<NewAlert> alerts = new ArrayList<>();
        for (Stored allergy : allergies) {
            for (Stored order : orders) {
                rule.conflict(allergy.substance(), order.substance())
                        .map(group -> new NewAlert(allergy.id(), order.id(), AllergyRule.TIER, AllergyRule.ID, group))
                        .ifPresent(alerts::add);
            }
        }
        return alerts;
    }

    /** Compares what waited for its identity, and tells those who could not be told before. */
    @Scheduled(every = "${kangka.safety.check-every:10s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return store.due(database.pool(), config.checkBatch())
                .flatMap(identities -> Multi.createFrom()
                        .iterable(identities)
                        .onItem()
                        .transformToUniAndConcatenate(identity -> database.write(tx -> check(tx, identity)))
                        .collect()
                        .asList())
                .chain(() -> database.write(tx -> notices.tell(tx, null)))
                .invoke(outbound::wake);
    }
}
