package cn.kangka.empi.hospital;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jboss.logging.Logger;

/** Listens for hospitals. */
@ApplicationScoped
public class MllpServer {
    private static final Logger LOG = Logger.getLogger(MllpServer.class);
    private static final int START_SECONDS = 20;
    /** Name of its keys and authorities: {@code quarkus.tls.mllp}. */
    static final String TLS = "mllp";

    private final Vertx vertx;
    private final Intake intake;
    private final Sources sources;
    private final MllpConfig config;
    private final TlsConfigurationRegistry keys;
    private final Set<MllpConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong buffered = new AtomicLong();
    private final List<NetServer> servers = new ArrayList<>();
    private final List<NetServer> secured = new ArrayList<>();
    private volatile int port;
    private volatile int tlsPort;

    public MllpServer(
            Vertx vertx,
            Intake intake,
            Sources sources,
            MllpConfig config,
            TlsConfigurationRegistry keys,
            MeterRegistry meters) {
        this.vertx = vertx;
        this.intake = intake;
        this.sources = sources;
        this.config = config;
        this.keys = keys;
        meters.gaugeCollectionSize("kangka.mllp.connections", Tags.empty(), connections);
        meters.gauge("kangka.mllp.buffered", buffered);
    }

    /** Where it listens without TLS; differs from the configuration when that says 0. */
    public int port() {
        return port;
    }

    /** Where it listens for TLS; 0 when it does not. */
    public int tlsPort() {
        return tlsPort;
    }

    /** Connections that are open. */
    public int connections() {
        return connections.size();
    }

    /** Every connection that is open. */
    List<LineState> states() {
        return connections.stream().map(MllpConnection::state).toList();
    }

    /** Bytes held of messages that have begun and not ended. */
    public long buffered() {
        return buffered.get();
    }

    void start(@Observes StartupEvent event, TrafficConfig traffic) throws Exception {
        if (!traffic.enabled()) {
            return;
        }
        if (config.plain()) {
            port = listen(config.port(), false, socket -> Line.open());
            LOG.infof("MLLP on %s:%d", config.host(), port);
        }
        if (config.tlsPort().isPresent()) {
            tlsPort = listen(config.tlsPort().getAsInt(), true, this::identified);
            LOG.infof("MLLP over TLS on %s:%d", config.host(), tlsPort);
        }
        for (Source source : sources.all()) {
            if (source.receivePort() > 0) {
                listenFor(source);
            }
        }
    }

    private void listenFor(Source source) throws Exception {
        Line own = Line.of(List.of(source));
        boolean secure = source.certificate() != null;
        listen(
                source.receivePort(),
                secure,
                socket -> secure && !identified(socket).carries(source) ? null : own);
        LOG.infof("MLLP of %s on %s:%d", source.id(), config.host(), source.receivePort());
    }

    /** Whose certificate it is; null when it is nobody's. */
    private Line identified(NetSocket socket) {
        try {
            Set<String> names = Line.names(socket.peerCertificates());
            List<Source> speakers = sources.all().stream()
                    .filter(source -> source.certificate() != null && names.contains(source.certificate()))
                    .toList();
            return speakers.isEmpty() ? null : Line.of(speakers);
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private int listen(int wanted, boolean secure, Function<NetSocket, Line> lines) throws Exception {
        int loops = wanted == 0 ? 1 : config.loops();
        int actual = wanted;
        for (int i = 0; i < loops; i++) {
            actual = listenOnce(wanted, secure, lines).get(START_SECONDS, TimeUnit.SECONDS);
        }
        return actual;
    }

    private CompletableFuture<Integer> listenOnce(int wanted, boolean secure, Function<NetSocket, Line> lines) {
        CompletableFuture<Integer> listening = new CompletableFuture<>();
        NetServerOptions options = new NetServerOptions()
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setIdleTimeout((int) config.idleTimeout().toSeconds());
        if (secure) {
            TlsConfiguration tls = tls(keys);
            options.setSsl(true)
                    .setClientAuth(ClientAuth.REQUIRED)
                    .setKeyCertOptions(tls.getKeyStoreOptions())
                    .setTrustOptions(tls.getTrustStoreOptions())
                    .setEnabledSecureTransportProtocols(tls.getSSLOptions().getEnabledSecureTransportProtocols());
        }
        NetServer server = vertx.createNetServer(options);
        servers.add(server);
        if (secure) {
            secured.add(server);
        }
        server.exceptionHandler(failure -> LOG.infof("no MLLP connection: %s", failure.getMessage()));
        Context loop = ((VertxInternal) vertx).createEventLoopContext();
        loop.runOnContext(ignored -> server.connectHandler(socket -> connected(socket, lines))
                .listen(wanted, config.host())
                .onSuccess(started -> listening.complete(started.actualPort()))
                .onFailure(listening::completeExceptionally));
        return listening;
    }

    /** What MLLP over TLS uses, both ways. */
    static TlsConfiguration tls(TlsConfigurationRegistry keys) {
        return keys.get(TLS)
                .filter(tls -> tls.getKeyStoreOptions() != null && tls.getTrustStoreOptions() != null)
                .orElseThrow(() -> new IllegalStateException(
                        "MLLP over TLS needs quarkus.tls.mllp.key-store and quarkus.tls.mllp.trust-store"));
    }

    /** Renewed keys and authorities are those of the next connections. */
    void renewed(@Observes CertificateUpdatedEvent event) {
        if (TLS.equals(event.name())) {
            SSLOptions renewed = event.tlsConfiguration().getSSLOptions().setUseAlpn(false);
            secured.forEach(server -> server.updateSSLOptions(renewed)
                    .onFailure(failure ->
                            LOG.errorf("the renewed keys of MLLP cannot be used: %s", failure.getMessage())));
        }
    }

    private void connected(NetSocket socket, Function<NetSocket, Line> lines) {
        Line line = lines.apply(socket);
        if (line == null) {
            LOG.warnf("connection from %s refused: its certificate is no sender's", socket.remoteAddress());
            socket.close();
            return;
        }
        if (connections.size() >= config.maxConnections()) {
            LOG.warnf("connection from %s refused: too many", socket.remoteAddress());
            socket.close();
            return;
        }
        MllpConnection connection = new MllpConnection(socket, line, intake, config, buffered, vertx);
        connections.add(connection);
        socket.closeHandler(closed -> {
            connections.remove(connection);
            connection.ended();
        });
        connection.start();
    }

    void stop(@Observes ShutdownEvent event) {
        servers.forEach(NetServer::close);
    }
}
