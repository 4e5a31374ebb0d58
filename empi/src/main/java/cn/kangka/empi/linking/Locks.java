package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Advisory locks of registrations, held until the end of the transaction. Whoever needs several takes them in one statement,
 * in order of their numbers, so that two registrations never wait for each other.
 */
@ApplicationScoped
class Locks {
    private final Identities identities;
    private final Models models;
    private final CertainRules certain;

    Locks(Identities identities, Models models, CertainRules certain) {
        this.identities = identities;
        this.models = models;
        this.certain = certain;
    }

    /** Locks the local ids and every block the identities are in. */
    Uni<Void> of(SqlConnection tx, List<Identity> some) {
        return take(tx, some.stream().flatMapToLong(this::of));
    }

    /** Locks local ids of one source. */
    Uni<Void> ofCharts(SqlConnection tx, String source, List<String> localIds) {
        return take(tx, localIds.stream().mapToLong(localId -> chart(source, localId)));
    }

    /** Keeps everybody else from registering: for a batch of a load. */
    Uni<Void> alone(SqlConnection tx) {
        return tx.preparedQuery("select pg_advisory_xact_lock($1)")
                .execute(Tuple.of(loads()))
                .replaceWithVoid();
    }

    private LongStream of(Identity identity) {
        Engine engine = models.engine();
        LongStream blocks = Stream.concat(
                        engine.preparation().blocks(engine.prepare(identity)).stream()
                                .map(block -> Engine.block(block.keys().get(0))),
                        certain.documents(identity).stream().map(IdentityKey::of))
                .mapToLong(key -> identities.lock(key.kind().name(), key.value()));
        return LongStream.concat(LongStream.of(chart(identity.source(), identity.localId())), blocks);
    }

    private long chart(String source, String localId) {
        return identities.lock("local-id", source + "|" + localId);
    }

    private Uni<Void> take(SqlConnection tx, LongStream numbers) {
        Long[] locks = numbers.sorted().distinct().boxed().toArray(Long[]::new);
        return tx.preparedQuery("select pg_advisory_xact_lock_shared($2), pg_advisory_xact_lock(k)"
                        + " from unnest($1::bigint[]) as k")
                .execute(Tuple.of(locks, loads()))
                .replaceWithVoid();
    }

    /** The lock that a load holds alone for each of its batches, and everybody else shares. */
    private long loads() {
        return identities.lock("loads", "");
    }
}
