package cn.kangka.kit;

import cn.kangka.kit.database.Database;
import cn.kangka.sandbox.store.RegionDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A real PostgreSQL with the kit's own tables, once per test run. */
public final class TestDatabase {
    public static final Vertx VERTX = Vertx.vertx();
    private static final Database DATABASE = open();

    private TestDatabase() {}

    public static Database get() {
        return DATABASE;
    }

    public static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }

    public static void run(String sql) {
        await(DATABASE.pool().query(sql).execute().replaceWithVoid());
    }

    public static long count(String sql) {
        return await(DATABASE.pool().query(sql).execute().map(rows -> rows.iterator()
                .next()
                .getLong(0)));
    }

    private static Database open() {
        RegionDatabase server = RegionDatabase.start(null, 0, false);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        Pool pool = PgBuilder.pool()
                .using(VERTX)
                .with(new PoolOptions().setMaxSize(12))
                .connectingTo(new PgConnectOptions()
                        .setHost("localhost")
                        .setPort(server.port())
                        .setDatabase(RegionDatabase.DATABASE)
                        .setUser("api")
                        .setPassword("api"))
                .build();
        for (String table : new String[] {
            "outbox/V0001__outbox.sql",
            "outbox/R__claim_outbox.sql",
            "idempotency/V0002__idempotency.sql",
            "idempotency/R__begin_idempotent.sql",
            "audit/V0003__audit.sql"
        }) {
            pool.query(read("/db/kit/" + table)).execute().await().atMost(Duration.ofSeconds(20));
        }
        return new Database(pool);
    }

    private static String read(String resource) {
        try (InputStream stream = TestDatabase.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
