package cn.kangka.sandbox.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The region's PostgreSQL: one database {@code kangka}, one role and schema per service, each role confined to its own
 * schema. Keeps its data in the given folder across restarts.
 */
public final class RegionDatabase implements AutoCloseable {
    /** Services that own a schema. */
    public static final List<String> OWNERS = List.of("api", "empi", "notification");

    public static final String DATABASE = "kangka";

    /** Environment variable with settings of PostgreSQL, by blanks between them. */
    public static final String SETTINGS = "KANGKA_SANDBOX_POSTGRES";

    private final Path folder;
    private final boolean durable;
    private volatile EmbeddedPostgres postgres;

    private RegionDatabase(Path folder, int port, boolean durable) throws IOException {
        this.folder = folder;
        this.durable = durable;
        this.postgres = open(port);
    }

    /**
     * Starts PostgreSQL.
     *
     * @param folder where the data lives; null for a throw-away one
     * @param port 0 for any free port
     * @param durable whether a commit survives a power cut; only unit tests say no
     */
    public static RegionDatabase start(Path folder, int port, boolean durable) {
        try {
            RegionDatabase database = new RegionDatabase(folder, port, durable);
            database.prepare();
            return database;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("PostgreSQL did not start: " + e.getMessage(), e);
        }
    }

    private EmbeddedPostgres open(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setLocaleConfig("locale", "C.UTF-8")
                .setLocaleConfig("encoding", "UTF8")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("fsync", durable ? "on" : "off")
                .setServerConfig("synchronous_commit", durable ? "on" : "off")
                .setServerConfig("full_page_writes", durable ? "on" : "off")
                .setServerConfig("jit", "off")
                .setServerConfig("timezone", "Asia/Shanghai")
                .setPGStartupWait(Duration.ofSeconds(60));
        settings().forEach(builder::setServerConfig);
        if (folder != null) {
            builder.setDataDirectory(folder).setCleanDataDirectory(false);
        }
        return builder.start();
    }

    /** What the environment says otherwise, such as {@code shared_buffers=2GB max_wal_size=8GB} for a region of a million. */
    private static Map<String, String> settings() {
        return Arrays.stream(System.getenv().getOrDefault(SETTINGS, "").split("\\s+"))
                .map(setting -> setting.split("=", 2))
                .filter(setting -> setting.length == 2)
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    /** Whether the server process lives. */
    public boolean alive() {
        return ProcessHandle.of(pid()).map(ProcessHandle::isAlive).orElse(false);
    }

    /** The server's process id, as PostgreSQL itself wrote it down; only for a server that keeps its data. */
    public long pid() {
        try {
            return Files.readAllLines(folder.resolve("postmaster.pid")).stream()
                    .findFirst()
                    .map(Long::parseLong)
                    .orElse(-1L);
        } catch (NoSuchFileException e) {
            return -1; // It stopped in good order.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server that died again, on the same data and port. */
    public void restart() {
        int port = port();
        try {
            closeQuietly();
            postgres = open(port);
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL did not start again: " + e.getMessage(), e);
        }
    }

    private void closeQuietly() {
        try {
            postgres.close();
        } catch (IOException | RuntimeException e) {
            System.getLogger(RegionDatabase.class.getName()).log(System.Logger.Level.DEBUG, "closing a dead server", e);
        }
    }

    public int port() {
        return postgres.getPort();
    }

    private void prepare() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
                statement.execute("create database " + DATABASE);
            }
            for (String owner : OWNERS) {
                if (!exists(statement, "select 1 from pg_roles where rolname = '" + owner + "'")) {
                    statement.execute("create role " + owner + " login password '" + owner + "'");
                    statement.execute("alter role " + owner + " set search_path = " + owner);
                }
            }
        }
        try (Connection connection = postgres.getDatabase("postgres", DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            for (String owner : OWNERS) {
                statement.execute("create schema if not exists " + owner + " authorization " + owner);
            }
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL did not stop", e);
        }
    }
}
