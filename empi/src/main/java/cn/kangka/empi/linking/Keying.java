package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.kit.database.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Gives identities that came before a model the keys of its blocks, some at a time, until all have them; the shadow is
 * asked about each.
 */
@ApplicationScoped
class Keying {
    private static final int AT_ONCE = 200;

    private final Models models;
    private final Database database;
    private final Identities identities;
    private final ShadowStore shadow;

    Keying(Models models, Database database, Identities identities, ShadowStore shadow) {
        this.models = models;
        this.database = database;
        this.identities = identities;
        this.shadow = shadow;
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> keyOlderIdentities() {
        return Multi.createFrom()
                .iterable(models.all())
                .onItem()
                .transformToUniAndConcatenate(engine -> database.writeWhile(tx -> keySome(tx, engine)))
                .collect()
                .last();
    }

    /** Whether there may be more. */
    private Uni<Boolean> keySome(SqlConnection tx, Engine engine) {
        return tx.preparedQuery("select keyed_to from linkage_model where version = $1 and not keyed"
                        + " for update skip locked")
                .execute(Tuple.of(engine.version()))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : identities
                                .after(tx, rows.iterator().next().getUUID(0), AT_ONCE)
                                .chain(some -> key(tx, engine, some)));
    }

    private Uni<Boolean> key(SqlConnection tx, Engine engine, List<Identity> some) {
        UUID to = some.isEmpty() ? null : some.get(some.size() - 1).id();
        boolean watches = models.shadow().filter(engine::equals).isPresent();
        return identities
                .addKeys(tx, some, engine::keys)
                .chain(() -> watches
                        ? shadow.ask(tx, some.stream().map(Identity::id).toList())
                        : Uni.createFrom().voidItem())
                .chain(() -> tx.preparedQuery("update linkage_model set keyed_to = coalesce($2, keyed_to),"
                                + " keyed = $3 where version = $1")
                        .execute(Tuple.of(engine.version(), to, some.size() < AT_ONCE)))
                .replaceWith(some.size() == AT_ONCE);
    }
}
