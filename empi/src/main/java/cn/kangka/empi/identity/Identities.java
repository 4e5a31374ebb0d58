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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
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

    /** The identities of these ids, in no order. */
    public Uni<List<Identity>> load(SqlClient client, Collection<UUID> ids) {
        return client.preparedQuery("select " + COLUMNS + " from identity i where i.id = any($1)")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(this::readAll);
    }

    /** Identities that have at least one of the keys, oldest first. */
    public Uni<List<Identity>> withAnyKey(SqlClient client, List<IdentityKey> keys, int limit) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return client.preparedQuery("select " + COLUMNS + " from identity i where i.id in"
                        + " (select k.identity from unnest($1::smallint[], $2::bytea[]) as w(kind, hash)"
                        + " join identity_key k on k.kind = w.kind and k.hash = w.hash) order by i.id limit $3")
                .execute(Tuple.of(kinds(keys), hashes(keys), limit))
                .map(this::readAll);
    }

    /**
     * Identities in use that have all of the keys, oldest first.
     *
     * @param source only of this source; null for all
     */
    public Uni<List<Identity>> withAllKeys(SqlClient client, String source, List<IdentityKey> keys, int limit) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        StringBuilder query = new StringBuilder("select " + COLUMNS + " from identity i where i.replaced_by is null"
                + " and ($1::text is null or i.source = $1)");
        List<Object> values = new ArrayList<>();
        values.add(source);
        for (IdentityKey key : keys) {
            values.add(key.kind().number());
            values.add(hash(key));
            query.append(" and i.id in (select k.identity from identity_key k where k.kind = $")
                    .append(values.size() - 1)
                    .append(" and k.hash = $")
                    .append(values.size())
                    .append(')');
        }
        values.add(limit);
        query.append(" order by i.id limit $").append(values.size());
        return client.preparedQuery(query.toString())
                .execute(Tuple.tuple(values))
                .map(this::readAll);
    }

    /** Inserts a new identity (version 1) or replaces an older version; the caller holds its lock. */
    public Uni<Void> save(SqlConnection tx, Identity identity) {
        return tx.preparedQuery("insert into identity"
                        + " (id, source, local_id_hash, provisional, replaced_by, version, told_at, content)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do update set"
                        + " provisional = excluded.provisional, replaced_by = excluded.replaced_by,"
                        + " version = excluded.version, told_at = excluded.told_at, content = excluded.content")
                .execute(Tuple.tuple(Arrays.asList(
                        identity.id(),
                        identity.source(),
                        localIdHash(identity.localId()),
                        identity.provisional(),
                        identity.replacedBy(),
                        identity.version(),
                        identity.toldAt().atOffset(ZoneOffset.UTC),
                        seal(identity))))
                .chain(() -> identity.version() == 1 ? Uni.createFrom().voidItem() : forgetKeys(tx, identity))
                .chain(() -> saveKeys(tx, identity));
    }

    /** A number that stands for a key or local id in advisory locks. */
    public long lock(String purpose, String value) {
        return java.nio.ByteBuffer.wrap(sealer.hash("lock-" + purpose, value)).getLong();
    }

    private static Uni<Void> forgetKeys(SqlConnection tx, Identity identity) {
        return tx.preparedQuery("delete from identity_key where identity = $1")
                .execute(Tuple.of(identity.id()))
                .replaceWithVoid();
    }

    private Uni<Void> saveKeys(SqlConnection tx, Identity identity) {
        List<IdentityKey> keys = identity.keys();
        return tx.preparedQuery("insert into identity_key (kind, hash, identity)"
                        + " select kind, hash, $3 from unnest($1::smallint[], $2::bytea[]) as w(kind, hash)")
                .execute(Tuple.of(kinds(keys), hashes(keys), identity.id()))
                .replaceWithVoid();
    }

    private static Short[] kinds(List<IdentityKey> keys) {
        return keys.stream().map(key -> key.kind().number()).toArray(Short[]::new);
    }

    private Buffer[] hashes(List<IdentityKey> keys) {
        return keys.stream().map(this::hash).toArray(Buffer[]::new);
    }

    private Buffer hash(IdentityKey key) {
        return Buffer.buffer(sealer.hash("identity-" + key.kind(), key.value()));
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
