package cn.kangka.api.partner;

import cn.kangka.kit.database.Database;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;

@ApplicationScoped
class ClientStore {
    private final Database database;
    private final ObjectMapper json;

    ClientStore(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** The active client, or null. */
    Uni<Client> find(String id) {
        return database.pool()
                .preparedQuery(
                        "select id, role, name, channel, source, sources, scopes, jwk from client where id = $1 and active")
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().hasNext() ? read(rows.iterator().next()) : null);
    }

    /** Makes these the registered clients; others are switched off. */
    Uni<Void> replace(SqlConnection tx, List<Client> clients) {
        List<Tuple> rows = clients.stream().map(ClientStore::row).toList();
        String[] ids = clients.stream().map(Client::clientId).toArray(String[]::new);
        return tx.preparedQuery("update client set active = false where active and id <> all($1)")
                .execute(Tuple.of(ids))
                .chain(() -> rows.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tx.preparedQuery("""
                                        insert into client (id, role, name, channel, source, sources, scopes, jwk)
                                        values ($1, $2, $3, $4, $5, $6, $7, $8)
                                        on conflict (id) do update set role = excluded.role, name = excluded.name,
                                            channel = excluded.channel, source = excluded.source,
                                            sources = excluded.sources,
                                            scopes = excluded.scopes, jwk = excluded.jwk, active = true
                                        """).executeBatch(rows).replaceWithVoid());
    }

    /** Notes that an assertion was used; false when it had been. */
    Uni<Boolean> firstUse(String client, String jti, OffsetDateTime expiresAt) {
        return database.pool()
                .preparedQuery("insert into client_assertion (client, jti, expires_at) values ($1, $2, $3)"
                        + " on conflict do nothing")
                .execute(Tuple.of(client, jti, expiresAt))
                .map(inserted -> inserted.rowCount() == 1);
    }

    /** Forgets assertions that are expired anyway. */
    Uni<Void> prune(OffsetDateTime before) {
        return database.pool()
                .preparedQuery("delete from client_assertion where expires_at < $1")
                .execute(Tuple.of(before))
                .replaceWithVoid();
    }

    private static Tuple row(Client client) {
        return Tuple.tuple(Arrays.asList(
                client.clientId(),
                client.role(),
                client.name(),
                client.channel(),
                client.source(),
                client.sources().toArray(String[]::new),
                client.scopes().toArray(String[]::new),
                client.jwk().toString()));
    }

    private Client read(Row row) {
        try {
            return new Client(
                    row.getString("id"),
                    row.getString("role"),
                    row.getString("name"),
                    row.getString("channel"),
                    row.getString("source"),
                    List.of(row.getArrayOfStrings("sources")),
                    List.of(row.getArrayOfStrings("scopes")),
                    json.readTree(row.getString("jwk")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a client whose key is not JSON: " + row.getString("id"), e);
        }
    }
}
