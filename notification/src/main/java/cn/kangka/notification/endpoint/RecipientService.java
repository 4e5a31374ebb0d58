package cn.kangka.notification.endpoint;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Who accounts are. */
@ApplicationScoped
public class RecipientService {
    private static final String PHONE = "account-phone";
    private static final String PUT = """
            insert into account_contact (account, phone, locale, active, version) values ($1, $2, $3, $4, $5)
            on conflict (account) do update set phone = excluded.phone, locale = excluded.locale,
                active = excluded.active, version = excluded.version, updated_at = now()
            where account_contact.version < excluded.version
            """;

    private final Database database;
    private final Sealer sealer;

    RecipientService(Database database, Sealer sealer) {
        this.database = database;
        this.sealer = sealer;
    }

    /** Takes over what {@code api} says of an account, unless a newer version is known. */
    public Uni<Void> put(UUID account, Recipient recipient, long version) {
        byte[] phone = sealer.seal(PHONE, recipient.phone());
        return database.pool()
                .preparedQuery(PUT)
                .execute(Tuple.of(
                        account,
                        phone == null ? null : Buffer.buffer(phone),
                        recipient.locale(),
                        recipient.active(),
                        version))
                .replaceWithVoid();
    }

    /** What is known of these accounts; unknown ones are missing. */
    public Uni<Map<UUID, Recipient>> of(Collection<UUID> accounts) {
        return accounts.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : database.pool()
                        .preparedQuery("select * from account_contact where account = any($1)")
                        .execute(Tuple.of(accounts.toArray(UUID[]::new)))
                        .map(this::read);
    }

    /** The languages of these accounts; unknown ones are missing. Cheaper than {@link #of}: nothing is opened. */
    public Uni<Map<UUID, String>> languages(Collection<UUID> accounts) {
        return accounts.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : database.pool()
                        .preparedQuery("select account, locale from account_contact where account = any($1)")
                        .execute(Tuple.of(accounts.toArray(UUID[]::new)))
                        .map(rows -> {
                            Map<UUID, String> found = new HashMap<>();
                            rows.forEach(row -> found.put(row.getUUID(0), row.getString(1)));
                            return found;
                        });
    }

    private Map<UUID, Recipient> read(RowSet<Row> rows) {
        Map<UUID, Recipient> found = new HashMap<>();
        for (Row row : rows) {
            io.vertx.mutiny.core.buffer.Buffer phone = row.getBuffer("phone");
            found.put(
                    row.getUUID("account"),
                    new Recipient(
                            phone == null ? null : sealer.open(PHONE, phone.getBytes()),
                            row.getString("locale"),
                            row.getBoolean("active")));
        }
        return found;
    }
}
