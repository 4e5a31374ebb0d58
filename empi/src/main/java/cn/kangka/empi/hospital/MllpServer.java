package cn.kangka.empi.hospital;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Listens for hospitals. */
@ApplicationScoped
public class MllpServer {
    private static final Logger LOG = Logger.getLogger(MllpServer.class);
    private static final int START_SECONDS = 20;

    private final Vertx vertx;
    private final Intake intake;
    private final MllpConfig config;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong buffered = new AtomicLong();
    private final List<NetServer> servers = new ArrayList<>();
    private volatile int port;

    public MllpServer(Vertx vertx, Intake intake, MllpConfig config, MeterRegistry meters) {
        this.vertx = vertx;
        this.intake = intake;
        this.config = config;
        meters.gauge("kangka.mllp.connections", connections);
        meters.gauge("kangka.mllp.buffered", buffered);
    }

    /** Where it listens; differs from the configuration when that says 0. */
    public int port() {
        return port;
    }

    /** Connections that are open. */
    public int connections() {
        return connections.get();
    }

    /** Bytes held of messages that have begun and not ended. */
    public long buffered() {
        return buffered.get();
    }

    void start(@Observes StartupEvent event, TrafficConfig traffic) throws Exception {
        if (!traffic.enabled()) {
            return;
        }
        int loops = config.port() == 0 ? 1 : config.loops();
        for (int i = 0; i < loops; i++) {
            port = listen().get(START_SECONDS, TimeUnit.SECONDS);
        }
        LOG.infof("MLLP on %s:%d", config.host(), port);
    }

    private CompletableFuture<Integer> listen() {
        CompletableFuture<Integer> listening = new CompletableFuture<>();
        NetServer server = vertx.createNetServer(
                new NetServerOptions().setTcpNoDelay(true).setTcpKeepAlive(true).setIdleTimeout((int)
                        config.idleTimeout().toSeconds()));
        servers.add(server);
        Context loop = ((VertxInternal) vertx).createEventLoopContext();
        loop.runOnContext(ignored -> server.connectHandler(this::connected)
                .listen(config.port(), config.host())
                .onSuccess(started -> listening.complete(started.actualPort()))
                .onFailure(listening::completeExceptionally));
        return listening;
    }

    private void connected(NetSocket socket) {
        if (connections.incrementAndGet() > config.maxConnections()) {
            connections.decrementAndGet();
            LOG.warnf("connection from %s refused: too many", socket.remoteAddress());
            socket.close();
            return;
        }
        MllpConnection connection = new MllpConnection(socket, intake, config, buffered, vertx);
        socket.closeHandler(closed -> {
            connections.decrementAndGet();
            connection.ended();
        });
        connection.start();
    }

    void stop(@Observes ShutdownEvent event) {
        servers.forEach(NetServer::close);
    }
}
