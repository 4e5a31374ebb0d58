package cn.kangka.empi.hospital;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One connection per lane and place where hospitals listen; institutions behind one place share those of a lane. */
@ApplicationScoped
class MllpPeers {
    private final Vertx vertx;
    private final NetClient client;
    private final MllpPeer.Limits limits;
    private final Map<String, Kept> peers = new ConcurrentHashMap<>();

    private record Kept(String source, MllpPeer peer) {}

    MllpPeers(Vertx vertx, DeliveryConfig config) {
        this.vertx = vertx;
        this.limits = new MllpPeer.Limits(config.answerTimeout(), config.largestAnswer());
        this.client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true));
    }

    /** The connection of a lane; {@code destination} is the outbox's, such as {@code hospital:H001/booking}. */
    MllpPeer of(Source source, String destination) {
        int lane = destination.indexOf('/');
        return peers.computeIfAbsent(
                        source.mllpHost() + ":" + source.mllpPort() + (lane < 0 ? "" : destination.substring(lane)),
                        place -> new Kept(
                                destination.substring(Letter.DESTINATION.length()),
                                new MllpPeer(vertx, client, source.mllpHost(), source.mllpPort(), limits)))
                .peer();
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
