package cn.kangka.empi.identity;

import cn.kangka.kit.sealing.Sealer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Front door of identities: finds and keeps them. */
@ApplicationScoped
public class Identities {
    private static final String PURPOSE = "identity";
    /** What {@link #read} needs of an identity {@code i}, for whoever joins it in a statement of its own. */
    public static final String COLUMNS =
            "i.id, i.source, i.provisional, i.replaced_by, i.version, i.told_at, i.content";

    /** What is sealed. */
    record Content(String localId, PatientDemographics demographics, String pid) {}

    private final Sealer sealer;
    private final ObjectMapper json;

    public Identities(Sealer sealer, ObjectMapper json) {
        this.sealer = sealer;
        this.json = json;
    }

    /** The identity of a source's local id; null when there is none. */
    public Uni<Identity> find(SqlClient client, String source, String localId) {
        return client.preparedQuery(
                        "select " + COLUMNS + " from identity i where i.source = $1 and i.local_id_hash = $2")
                .execute(Tuple.of(source, localIdHash(localId)))
                .map(rows -> rows.rowCount() == 0 ? null : read(rows.iterator().next()));
    }

    /** The identities of those of a source's local ids that are there, in no order. */
    public Uni<List<Identity>> findAll(SqlClient client, String source, Collection<String> localIds) {
        return client.preparedQuery(
                        "select " + COLUMNS + " from identity i where i.source = $1 and i.local_id_hash = any($2)")
                .execute(Tuple.of(
                        source, localIds.stream().map(this::localIdHash).toArray(Buffer[]::new)))
                .map(this::readAll);
    }

    /** The identities of these ids, in no order. */
    public Uni<List<Identity>> load(SqlClient client, Collection<UUID> ids) {
        return client.preparedQuery("select " + COLUMNS + " from identity i where i.id = any($1)")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(this::readAll);
    }

    /** Identities in the order of their ids, after one; from the first when that is null. */
    public Uni<List<Identity>> after(SqlClient client, UUID last, int limit) {
        return client.preparedQuery("select " + COLUMNS + " from identity i where $1::uuid is null or i.id > $1"
                        + " order by i.id limit $2")
                .execute(Tuple.of(last, limit))
                .map(this::readAll);
    }

    /** Identities of one source that are in use, in the order of their ids, after one; from the first when that is null. */
    public Uni<List<Identity>> inUse(SqlClient client, String source, UUID last, int limit) {
        return client.preparedQuery(
                        "select " + COLUMNS + " from identity i where i.source = $1 and i.replaced_by is null"
                                + " and ($2::uuid is null or i.id > $2) order by i.id limit $3")
                .execute(Tuple.of(source, last, limit))
                .map(this::readAll);
    }

    /** Identities that have at least one of the keys, which are their own and no blocks, oldest first. */
    public Uni<List<Identity>> withAnyKey(SqlClient client, List<IdentityKey> keys, int limit) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return client.preparedQuery("select " + COLUMNS + " from identity i where i.id in"
                        + " (select k.identity from identity_key k where k.key = any($1)) order by i.id limit $2")
                .execute(Tuple.of(hashes(keys), limit))
                .map(this::readAll)
                .map(found -> found.stream()
                        .filter(each -> each.keys().stream().anyMatch(keys::contains))
                        .toList());
    }

    /**
     * Identities in use that have all of the keys, oldest first.
     *
     * @param source only of this source; null for all
     */
    public Uni<List<Identity>> withAllKeys(SqlClient client, String source, List<IdentityKey> keys, int limit) {
        return withOneOfEach(client, source, keys.stream().map(List::of).toList(), limit);
    }

    /**
     * Identities in use that have at least one key of each list, oldest first.
     *
     * @param source only of this source; null for all
     */
    public Uni<List<Identity>> withOneOfEach(
            SqlClient client, String source, List<List<IdentityKey>> lists, int limit) {
        if (lists.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        StringBuilder query = new StringBuilder("select " + COLUMNS + " from identity i where i.replaced_by is null"
                + " and ($1::text is null or i.source = $1)");
        List<Object> values = new ArrayList<>();
        values.add(source);
        for (List<IdentityKey> keys : lists) {
            values.add(hashes(keys));
            query.append(" and i.id in (select k.identity from identity_key k where k.key = any($")
                    .append(values.size())
                    .append("))");
        }
        values.add(limit);
        query.append(" order by i.id limit $").append(values.size());
        return client.preparedQuery(query.toString())
                .execute(Tuple.tuple(values))
                .map(this::readAll)
                .map(found -> found.stream()
                        .filter(each -> lists.stream()
                                .allMatch(keys -> each.keys().stream().anyMatch(keys::contains)))
                        .toList());
    }

    /**
     * Inserts a new identity.
     *
     * @param blocks further keys that it is found by, besides its own
     */
    public Uni<Void> add(SqlConnection tx, Identity identity, List<IdentityKey> blocks) {
        return tx.preparedQuery("insert into identity"
                        + " (id, source, local_id_hash, provisional, replaced_by, version, told_at, content)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8)")
                .execute(Tuple.tuple(Arrays.asList(
                        identity.id(),
                        identity.source(),
                        localIdHash(identity.localId()),
                        identity.provisional(),
                        identity.replacedBy(),
                        identity.version(),
                        identity.toldAt().atOffset(ZoneOffset.UTC),
                        seal(identity))))
                .chain(() -> addKeys(tx, identity.id(), all(identity, blocks)));
    }

    /**
     * Inserts many new identities of one source.
     *
     * @param keys their own and further ones that they are found by
     */
    public Uni<Void> addAll(SqlConnection tx, String source, List<Identity> some, List<KeyOf> keys) {
        return tx.preparedQuery(
                        "insert into identity (id, source, local_id_hash, provisional, version, told_at, content)"
                                + " select id, $2, hash, provisional, version, told_at, content from unnest($1::uuid[],"
                                + " $3::bytea[], $4::boolean[], $5::bigint[], $6::timestamptz[], $7::bytea[])"
                                + " as n(id, hash, provisional, version, told_at, content)")
                .execute(Tuple.tuple(Arrays.asList(
                        some.stream().map(Identity::id).toArray(UUID[]::new),
                        source,
                        some.stream().map(each -> localIdHash(each.localId())).toArray(Buffer[]::new),
                        some.stream().map(Identity::provisional).toArray(Boolean[]::new),
                        some.stream().map(Identity::version).toArray(Long[]::new),
                        some.stream()
                                .map(each -> each.toldAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        some.stream().map(this::seal).toArray(Buffer[]::new))))
                .chain(() -> addKeys(tx, keys));
    }

    private static Uni<Void> addKeys(SqlConnection tx, List<KeyOf> keys) {
        return tx.preparedQuery(
                        "insert into identity_key (key, identity) select * from unnest($1::bigint[], $2::uuid[])")
                .execute(Tuple.of(
                        keys.stream().map(KeyOf::key).toArray(Long[]::new),
                        keys.stream().map(KeyOf::identity).toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Replaces an older version; the caller holds its lock, and names the further keys of both versions. */
    public Uni<Void> change(
            SqlConnection tx, Identity before, List<IdentityKey> blocksBefore, Identity now, List<IdentityKey> blocks) {
        return tx.preparedQuery("update identity set provisional = $2, replaced_by = $3, version = $4, told_at = $5,"
                        + " content = $6 where id = $1")
                .execute(Tuple.tuple(Arrays.asList(
                        now.id(),
                        now.provisional(),
                        now.replacedBy(),
                        now.version(),
                        now.toldAt().atOffset(ZoneOffset.UTC),
                        seal(now))))
                .chain(() -> forgetKeys(tx, now.id(), without(all(before, blocksBefore), all(now, blocks))))
                .chain(() -> addKeys(tx, now.id(), without(all(now, blocks), all(before, blocksBefore))));
    }

    /** A number that stands for a key or local id in advisory locks. */
    public long lock(String purpose, String value) {
        return first8(sealer.hash("lock-" + purpose, value));
    }

    private static List<IdentityKey> all(Identity identity, List<IdentityKey> blocks) {
        return Stream.concat(identity.keys().stream(), blocks.stream()).toList();
    }

    private static List<IdentityKey> without(List<IdentityKey> keys, List<IdentityKey> others) {
        Set<IdentityKey> gone = new HashSet<>(others);
        return keys.stream().filter(key -> !gone.contains(key)).toList();
    }

    private Uni<Void> forgetKeys(SqlConnection tx, UUID identity, List<IdentityKey> keys) {
        return keys.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery("delete from identity_key where key = any($1) and identity = $2")
                        .execute(Tuple.of(hashes(keys), identity))
                        .replaceWithVoid();
    }

    private Uni<Void> addKeys(SqlConnection tx, UUID identity, List<IdentityKey> keys) {
        return keys.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery("insert into identity_key (key, identity) select distinct key, $2::uuid"
                                + " from unnest($1::bigint[]) as key on conflict do nothing")
                        .execute(Tuple.of(hashes(keys), identity))
                        .replaceWithVoid();
    }

    /** Adds the keys that identities are found by, their own and further ones; those they have stay. */
    public Uni<Void> addKeys(SqlConnection tx, List<Identity> some, Function<Identity, List<IdentityKey>> blocks) {
        List<Long> keys = new ArrayList<>();
        List<UUID> owners = new ArrayList<>();
        for (Identity identity : some) {
            all(identity, blocks.apply(identity)).stream()
                    .map(this::hash)
                    .distinct()
                    .forEach(key -> {
                        keys.add(key);
                        owners.add(identity.id());
                    });
        }
        return tx.preparedQuery("insert into identity_key (key, identity) select * from"
                        + " unnest($1::bigint[], $2::uuid[]) on conflict do nothing")
                .execute(Tuple.of(keys.toArray(Long[]::new), owners.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    private Long[] hashes(List<IdentityKey> keys) {
        return keys.stream().map(this::hash).toArray(Long[]::new);
    }

    /** What is stored of a key. Two of a billion billions meet: whoever decides by a key alone looks at the value too. */
    public long hash(IdentityKey key) {
        return first8(sealer.hash("identity-" + key.kind(), key.value()));
    }

    private static long first8(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    private Buffer localIdHash(String localId) {
        return Buffer.buffer(sealer.hash("local-id", localId));
    }

    private Buffer seal(Identity identity) {
        try {
            Content content = new Content(identity.localId(), identity.demographics(), identity.pid());
            return Buffer.buffer(sealer.seal(PURPOSE, json.writeValueAsBytes(content)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write an identity", e);
        }
    }

    private List<Identity> readAll(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(this::read).toList();
    }

    /** The identity of a row that holds {@link #COLUMNS}. */
    public Identity read(Row row) {
        try {
            Content content = json.readValue(
                    sealer.openBytes(PURPOSE, row.getBuffer("content").getBytes()), Content.class);
            return new Identity(
                    row.getUUID("id"),
                    row.getString("source"),
                    content.localId(),
                    row.getBoolean("provisional"),
                    row.getUUID("replaced_by"),
                    row.getLong("version"),
                    row.getOffsetDateTime("told_at").toInstant(),
                    content.demographics(),
                    content.pid());
        } catch (java.io.IOException e) {
            throw new IllegalStateException("cannot read an identity", e);
        }
    }
}
