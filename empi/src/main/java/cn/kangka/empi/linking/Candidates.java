package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.matching.record.BlockKey;
import cn.kangka.empi.matching.record.PreparedRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Finds the identities that may be the same human as another one, by the blocks of the model, in one statement. */
@ApplicationScoped
class Candidates {
    /**
     * @param subject without the values that too many share
     * @param identities those that share a block with it, itself left out
     */
    record Found(PreparedRecord subject, Set<UUID> identities) {}

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

    Uni<Found> find(SqlClient client, Engine engine, Identity subject) {
        PreparedRecord record = engine.prepare(subject);
        Map<IdentityKey, Integer> most = lookups(engine, subject, record);
        if (most.isEmpty()) {
            return Uni.createFrom().item(new Found(record, Set.of()));
        }
        List<IdentityKey> keys = List.copyOf(most.keySet());
        Long[] numbers = keys.stream().map(identities::hash).toArray(Long[]::new);
        Integer[] limits = keys.stream().map(key -> most.get(key) + 1).toArray(Integer[]::new);
        return client.preparedQuery("select w.n, k.identity from unnest($1::bigint[], $2::int[]) with ordinality"
                        + " as w(key, most, n) cross join lateral (select identity from identity_key"
                        + " where key = w.key order by identity limit w.most) k")
                .execute(Tuple.of(numbers, limits))
                .map(rows -> found(engine, subject, record, most, read(keys, rows)));
    }

    /** What is looked up, and how many identities are of use. */
    private Map<IdentityKey, Integer> lookups(Engine engine, Identity subject, PreparedRecord record) {
        Map<IdentityKey, Integer> most = new LinkedHashMap<>();
        engine.preparation().blocks(record).forEach(block -> block.keys()
                .forEach(key -> most.put(Engine.block(key), block.limit())));
        engine.preparation()
                .countedValues(record)
                .forEach((key, field) -> most.put(
                        Engine.value(key), engine.model().fields().get(field).commonAbove()));
        certain.documents(subject).forEach(document -> most.put(IdentityKey.of(document), config.candidates()));
        return most;
    }

    private static Map<IdentityKey, List<UUID>> read(List<IdentityKey> keys, RowSet<Row> rows) {
        Map<IdentityKey, List<UUID>> found = new HashMap<>();
        for (Row row : rows) {
            IdentityKey key = keys.get((int) (row.getLong(0) - 1));
            found.computeIfAbsent(key, each -> new ArrayList<>()).add(row.getUUID(1));
        }
        return found;
    }

    private Found found(
            Engine engine,
            Identity subject,
            PreparedRecord record,
            Map<IdentityKey, Integer> most,
            Map<IdentityKey, List<UUID>> byKey) {
        PreparedRecord known = record;
        for (Map.Entry<String, Integer> value :
                engine.preparation().countedValues(record).entrySet()) {
            IdentityKey key = Engine.value(value.getKey());
            known = byKey.getOrDefault(key, List.of()).size() > most.get(key) ? known.without(value.getValue()) : known;
        }
        Set<UUID> all = new LinkedHashSet<>();
        engine.preparation().blocks(known).forEach(block -> all.addAll(members(block, byKey)));
        for (Document document : certain.documents(subject)) {
            List<UUID> sharing = byKey.getOrDefault(IdentityKey.of(document), List.of());
            all.addAll(within(sharing, config.candidates(), "document"));
        }
        all.remove(subject.id());
        return new Found(known, all);
    }

    /** The first of ever smaller blocks that is small enough; else what the smallest one may hold. */
    private List<UUID> members(BlockKey block, Map<IdentityKey, List<UUID>> byKey) {
        List<UUID> members = List.of();
        for (String key : block.keys()) {
            members = byKey.getOrDefault(Engine.block(key), List.of());
            if (members.size() <= block.limit()) {
                return members;
            }
        }
        return within(members, block.limit(), block.pass());
    }

    private List<UUID> within(List<UUID> members, int limit, String pass) {
        if (members.size() <= limit) {
            return members;
        }
        meters.counter("kangka.linking.oversized", "pass", pass).increment();
        return members.subList(0, limit);
    }
}
