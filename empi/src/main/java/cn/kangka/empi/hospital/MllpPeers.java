package cn.kangka.empi.hospital;

import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One connection per lane and place where hospitals listen; institutions behind one place share those of a lane. */
@ApplicationScoped
class MllpPeers {
    private final Vertx vertx;
    private final TlsConfigurationRegistry keys;
    private final NetClientOptions options;
    private final NetClient client;
    private final MllpPeer.Limits limits;
    private final Map<String, Kept> peers = new ConcurrentHashMap<>();

    /** With TLS; made for the first hospital that speaks it. */
    private NetClient secure;

    private record Kept(String source, MllpPeer peer) {}

    MllpPeers(Vertx vertx, DeliveryConfig config, TlsConfigurationRegistry keys) {
        this.vertx = vertx;
        this.keys = keys;
        this.limits = new MllpPeer.Limits(config.answerTimeout(), config.largestAnswer());
        this.options = new NetClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true);
        this.client = vertx.createNetClient(options);
    }

    /** The connection of a lane; {@code destination} is the outbox's, such as {@code hospital:H001/booking}. */
    MllpPeer of(Source source, String destination) {
        int lane = destination.indexOf('/');
        return peers.computeIfAbsent(
                        source.mllpHost() + ":" + source.mllpPort() + (lane < 0 ? "" : destination.substring(lane)),
                        place -> new Kept(
                                destination.substring(Letter.DESTINATION.length()),
                                new MllpPeer(vertx, client(source), source.mllpHost(), source.mllpPort(), limits)))
                .peer();
    }

    private synchronized NetClient client(Source source) {
        if (!source.mllpTls()) {
            return client;
        }
        if (secure == null) {
            TlsConfiguration tls = MllpServer.tls(keys);
            secure = vertx.createNetClient(new NetClientOptions(options)
                    .setSsl(true)
                    .setHostnameVerificationAlgorithm("HTTPS")
                    .setKeyCertOptions(tls.getKeyStoreOptions())
                    .setTrustOptions(tls.getTrustStoreOptions())
                    .setEnabledSecureTransportProtocols(tls.getSSLOptions().getEnabledSecureTransportProtocols()));
        }
        return secure;
    }

    /** Renewed keys and authorities are those of the next connections. */
    synchronized void renewed(@Observes CertificateUpdatedEvent event) {
        if (secure != null && MllpServer.TLS.equals(event.name())) {
            secure.updateSSLOptions(event.tlsConfiguration().getSSLOptions().setUseAlpn(false));
        }
    }

    /** Every connection that there ever was need for. */
    List<LineState> states() {
        return peers.values().stream()
                .map(kept -> kept.peer().state(kept.source()))
                .toList();
    }

    @PreDestroy
    void close() {
        peers.values().forEach(kept -> kept.peer().close());
    }
}
