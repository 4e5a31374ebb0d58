package cn.kangka.sandbox.testing;

import cn.kangka.sandbox.store.RegionCache;
import cn.kangka.sandbox.store.RegionDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A real PostgreSQL and Redis, a keys folder and a data folder for a {@code @QuarkusTest}: {@code
 * @QuarkusTestResource(RegionResource.class)}. Started once per test run; all on free ports.
 */
public class RegionResource implements QuarkusTestResourceLifecycleManager {
    private static RegionDatabase database;
    private static RegionCache cache;
    private static Path folder;

    @Override
    public Map<String, String> start() {
        synchronized (RegionResource.class) {
            if (database == null) {
                database = RegionDatabase.start(null, 0, false);
                cache = RegionCache.start(0);
                folder = temporary();
                TestTokens.useKeys(folder.resolve("keys"));
                Runtime.getRuntime().addShutdownHook(new Thread(RegionResource::stopAll));
            }
        }
        return Map.of(
                "kangka.db.port", Integer.toString(database.port()),
                "kangka.redis.port", Integer.toString(cache.port()),
                "kangka.data.folder", folder.toString(),
                "kangka.keys.folder", folder.resolve("keys").toString());
    }

    /** Where the test's PostgreSQL listens. */
    public static int databasePort() {
        return database.port();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("kangka-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stopAll() {
        cache.close();
        database.close();
    }

    @Override
    public void stop() {
        // Shared by all test profiles of the run; stopped when the JVM ends.
    }
}
