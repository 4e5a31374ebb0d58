package cn.kangka.api.agent;

import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

@ApplicationScoped
class StaffStore {
    private final Database database;

    StaffStore(Database database) {
        this.database = database;
    }

    /**
     * A staff member as stored.
     *
     * @param sources the institutions that a clerk works for; none for the others
     */
    record Staff(
            String username,
            Set<String> roles,
            List<String> sources,
            String passwordHash,
            OffsetDateTime lockedUntil) {}

    /** The active staff member, or null. */
    Uni<Staff> find(SqlClient connection, String username) {
        return connection
                .preparedQuery("select username, roles, sources, password_hash, locked_until from staff"
                        + " where username = $1 and active")
                .execute(Tuple.of(username))
                .map(rows -> rows.iterator().hasNext() ? read(rows.iterator().next()) : null);
    }

    /** Counts a wrong password; the last one that is allowed locks the name until {@code lockUntil}. */
    Uni<Void> wrong(String username, int tries, OffsetDateTime lockUntil) {
        return database.pool()
                .preparedQuery("""
                        update staff set
                            locked_until = case when wrong_tries + 1 >= $2 then $3 else locked_until end,
                            wrong_tries = case when wrong_tries + 1 >= $2 then 0 else wrong_tries + 1 end
                        where username = $1
                        """)
                .execute(Tuple.of(username, tries, lockUntil))
                .replaceWithVoid();
    }

    Uni<Void> right(SqlConnection tx, String username) {
        return tx.preparedQuery("update staff set wrong_tries = 0, locked_until = null where username = $1")
                .execute(Tuple.of(username))
                .replaceWithVoid();
    }

    /** The lines that active staff came from, as hex of their keyed hashes, by username. */
    Uni<Map<String, String>> imported() {
        return database.pool()
                .query("select username, imported from staff where active")
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(row -> row.getString(0), row -> HexFormat.of()
                                .formatHex(row.getBuffer(1).getBytes()))));
    }

    Uni<Void> save(
            SqlConnection tx,
            String username,
            Set<String> roles,
            Set<String> sources,
            String passwordHash,
            byte[] imported) {
        return tx.preparedQuery("insert into staff (username, roles, sources, password_hash, imported)"
                        + " values ($1, $2, $3, $4, $5) on conflict (username) do update set roles = excluded.roles,"
                        + " sources = excluded.sources, password_hash = excluded.password_hash,"
                        + " imported = excluded.imported, active = true")
                .execute(Tuple.of(
                        username,
                        roles.toArray(String[]::new),
                        sources.stream().sorted().toArray(String[]::new),
                        passwordHash,
                        Buffer.buffer(imported)))
                .replaceWithVoid();
    }

    Uni<Void> keepOnly(SqlConnection tx, Set<String> usernames) {
        return tx.preparedQuery("update staff set active = false where active and username <> all($1)")
                .execute(Tuple.of(usernames.toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static Staff read(Row row) {
        return new Staff(
                row.getString("username"),
                Set.of(row.getArrayOfStrings("roles")),
                List.of(row.getArrayOfStrings("sources")),
                row.getString("password_hash"),
                row.getOffsetDateTime("locked_until"));
    }
}
