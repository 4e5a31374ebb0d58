package cn.kangka.api.dependant;

import cn.kangka.api.account.Denials;
import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;

/** Whether a citizen may act for somebody else at this moment: asked each time, so that an end holds at once. */
@ApplicationScoped
public class ActingFor {
    private final Database database;
    private final DependantStore store;
    private final Denials denials;
    private final Clock clock;
    private final DependantPolicy policy;

    ActingFor(Database database, DependantStore store, Denials denials, Clock clock, DependantConfig config) {
        this.database = database;
        this.store = store;
        this.denials = denials;
        this.clock = clock;
        this.policy = new DependantPolicy(config.consentAge(), config.adultAge());
    }

    /** Not for somebody whose record is in doubt, nor for a minor who came of age. */
    public Uni<Boolean> may(UUID account, UUID person) {
        return store.between(database.pool(), account, person)
                .map(found -> found != null
                        && !found.suspect()
                        && policy.holds(found.ground(), found.birth(), LocalDate.now(clock)));
    }

    /** Completes when the account may act for the person; else 404, audited. */
    public Uni<Void> require(UUID account, UUID person, String action) {
        return may(account, person)
                .chain(may -> may ? Uni.createFrom().voidItem() : denials.notFound(action, person, null));
    }
}
