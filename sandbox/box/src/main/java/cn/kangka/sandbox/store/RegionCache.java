package cn.kangka.sandbox.store;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** The region's Redis: a cache and a rush gate, nothing in it is the truth. */
public final class RegionCache implements AutoCloseable {
    private final RedisServer redis;
    private final ProcessHandle process;

    private RegionCache(RedisServer redis) {
        this.redis = redis;
        this.process = ProcessHandle.current()
                .children()
                .filter(each -> each.info().command().orElse("").contains("redis"))
                .max(Comparator.comparing(each -> each.info().startInstant().orElse(Instant.EPOCH)))
                .orElseThrow(() -> new IllegalStateException("Redis has no process"));
    }

    /** Starts Redis on the loopback address; port 0 takes a free one. Nothing is kept across restarts. */
    public static RegionCache start(int port) {
        return start(port, null);
    }

    /**
     * The same, and Redis itself writes its process id into the file before anybody can know it: whoever looks after a
     * killed launcher finds it there.
     */
    public static RegionCache start(int port, Path pidFile) {
        try {
            RedisServerBuilder builder = RedisServer.newRedisServer()
                    .port(port == 0 ? freePort() : port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .setting("maxmemory 64mb")
                    .setting("maxmemory-policy allkeys-lru");
            if (pidFile != null) {
                builder.setting("pidfile \"" + pidFile.toAbsolutePath() + "\"");
            }
            RedisServer redis = builder.build();
            redis.start();
            return new RegionCache(redis);
        } catch (IOException e) {
            throw new IllegalStateException("Redis did not start: " + e.getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Whether the server process lives; what started it believes so for ever. */
    public boolean alive() {
        return process.isAlive();
    }

    /** The server's process id. */
    public long pid() {
        return process.pid();
    }

    public int port() {
        return redis.ports().get(0);
    }

    @Override
    public void close() {
        try {
            redis.stop();
        } catch (IOException e) {
            throw new IllegalStateException("Redis did not stop", e);
        }
    }
}
