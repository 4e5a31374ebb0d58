package cn.kangka.notification.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.problem.Problems;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The devices of accounts. */
@ApplicationScoped
public class EndpointService {
    private static final String TOKEN = "device-token";

    private final EndpointStore store;
    private final Database database;
    private final Sealer sealer;
    private final EndpointConfig config;
    private final Clock clock;

    EndpointService(EndpointStore store, Database database, Sealer sealer, EndpointConfig config, Clock clock) {
        this.store = store;
        this.database = database;
        this.sealer = sealer;
        this.config = config;
        this.clock = clock;
    }

    /** Registers a device, or says that it is still there; it leaves the account that had it before. */
    public Uni<Device> register(UUID account, String kind, String token) {
        if (!config.kinds().contains(kind)) {
            return Uni.createFrom().failure(Problems.invalid("kind", "endpoint.kind"));
        }
        byte[] sealed = sealer.seal(TOKEN, token.getBytes(UTF_8));
        byte[] hash = sealer.hash(TOKEN, token);
        return database.write(tx -> store.put(tx, Ids.next(), account, kind, sealed, hash, OffsetDateTime.now(clock))
                .call(() -> store.trim(tx, account, config.devices())));
    }

    /** The account's devices, the last seen first; there are never more than {@code kangka.endpoint.devices}. */
    public Uni<List<Device>> of(UUID account) {
        return database.read(connection -> store.of(connection, account, config.devices()));
    }

    /** Forgets one device, or with a null id all of the kind; it is no error when there is none. */
    public Uni<Void> remove(UUID account, String kind, UUID id) {
        return database.write(tx -> store.remove(tx, account, kind, id)).replaceWithVoid();
    }

    /** The tokens of endpoints that may be used; disabled and forgotten ones are missing. */
    public Uni<Map<UUID, String>> tokens(Collection<UUID> endpoints) {
        return endpoints.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : database.pool()
                        .preparedQuery("select id, token from endpoint where id = any($1) and disabled_at is null")
                        .execute(Tuple.of(endpoints.toArray(UUID[]::new)))
                        .map(rows -> {
                            Map<UUID, String> tokens = new HashMap<>();
                            rows.forEach(row -> tokens.put(
                                    row.getUUID(0),
                                    sealer.open(TOKEN, row.getBuffer(1).getBytes())));
                            return tokens;
                        });
    }

    /** Marks endpoints that their provider called gone. */
    public Uni<Void> disable(Collection<UUID> endpoints, String reason) {
        return endpoints.isEmpty()
                ? Uni.createFrom().voidItem()
                : database.pool()
                        .preparedQuery("update endpoint set disabled_at = $2, disabled_reason = $3"
                                + " where id = any($1) and disabled_at is null")
                        .execute(Tuple.of(endpoints.toArray(UUID[]::new), OffsetDateTime.now(clock), reason))
                        .replaceWithVoid();
    }

    static Device read(Row row) {
        return new Device(
                row.getUUID("id"),
                row.getString("kind"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("seen_at"),
                row.getOffsetDateTime("disabled_at") == null);
    }
}
