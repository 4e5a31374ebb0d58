package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.matching.record.PreparedRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Finds the identities that may be the same human as another one, by the blocks of the model, in one statement. */
@ApplicationScoped
class Candidates {
    private final Identities identities;
    private final CertainRules certain;
    private final LinkingConfig config;
    private final MeterRegistry meters;

    Candidates(Identities identities, CertainRules certain, LinkingConfig config, MeterRegistry meters) {
        this.identities = identities;
        this.certain = certain;
        this.config = config;
        this.meters = meters;
    }

    Lookup lookup(Engine engine, Identity subject, PreparedRecord record) {
        return new Lookup(engine, subject.id(), record, certain.documents(subject), config.candidates());
    }

    Uni<Lookup.Found> find(SqlClient client, Engine engine, Identity subject) {
        Lookup lookup = lookup(engine, subject, engine.prepare(subject));
        List<IdentityKey> keys = List.copyOf(lookup.most().keySet());
        Long[] numbers = keys.stream().map(identities::hash).toArray(Long[]::new);
        Integer[] limits = keys.stream().map(key -> lookup.most().get(key) + 1).toArray(Integer[]::new);
        return under(client, numbers, limits).map(found -> {
            Map<IdentityKey, List<UUID>> byKey = new HashMap<>();
            for (int i = 0; i < numbers.length; i++) {
                byKey.put(keys.get(i), found.getOrDefault(numbers[i], List.of()));
            }
            return lookup.among(byKey::get, this::oversized);
        });
    }

    /** The identities under each key, oldest first; what nobody is under is left out. */
    Uni<Map<Long, List<UUID>>> under(SqlClient client, Long[] keys, Integer[] limits) {
        if (keys.length == 0) {
            return Uni.createFrom().item(Map.of());
        }
        return client.preparedQuery("select w.key, k.identity from unnest($1::bigint[], $2::int[]) as w(key, most)"
                        + " cross join lateral (select identity from identity_key where key = w.key"
                        + " order by identity limit w.most) k")
                .execute(Tuple.of(keys, limits))
                .map(rows -> {
                    Map<Long, List<UUID>> found = new HashMap<>();
                    for (Row row : rows) {
                        found.computeIfAbsent(row.getLong(0), key -> new ArrayList<>())
                                .add(row.getUUID(1));
                    }
                    return found;
                });
    }

    void oversized(String pass) {
        meters.counter("kangka.linking.oversized", "pass", pass).increment();
    }
}
