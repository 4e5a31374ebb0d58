package cn.kangka.kit.address;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * The network address of whoever asks: the peer's, or what a trusted proxy ({@code kangka.proxy.trusted}) says in {@code
 * X-Forwarded-For}. What anybody else says there is ignored.
 */
public final class ClientAddress {
    private static final String UNKNOWN = "unknown";

    private ClientAddress() {}

    /** An IP address as text; {@code unknown} when the connection is gone or a proxy names no address. */
    public static String of(HttpServerRequest request) {
        SocketAddress peer = request.remoteAddress();
        return peer == null || peer.hostAddress() == null ? UNKNOWN : peer.hostAddress();
    }
}
