package cn.kangka.sandbox.hospital;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.Charset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A hospital's listening end of MLLP. It may stop and start again on the same port. */
final class MllpListener {
    private static final byte START = 0x0B;
    private static final byte END = 0x1C;
    private static final byte RETURN = 0x0D;
    private static final int LONGEST = 1 << 20;

    /**
     * @param text in ER7; null for silence
     * @param delay in milliseconds
     */
    record Reply(String text, long delay) {}

    private final Vertx vertx;
    private final int port;
    private final Charset charset;
    private final Function<String, Reply> desk;
    private final Set<NetSocket> peers = ConcurrentHashMap.newKeySet();
    private NetServer server;

    MllpListener(Vertx vertx, int port, Charset charset, Function<String, Reply> desk) {
        this.vertx = vertx;
        this.port = port;
        this.charset = charset;
        this.desk = desk;
    }

    synchronized Future<Void> start() {
        if (server != null) {
            return Future.succeededFuture();
        }
        server = vertx.createNetServer().connectHandler(this::serve);
        return server.listen(port, "127.0.0.1").mapEmpty();
    }

    synchronized Future<Void> stop() {
        if (server == null) {
            return Future.succeededFuture();
        }
        NetServer closing = server;
        server = null;
        peers.forEach(NetSocket::close);
        return closing.close();
    }

    private void serve(NetSocket peer) {
        peers.add(peer);
        peer.closeHandler(gone -> peers.remove(peer));
        peer.exceptionHandler(gone -> peers.remove(peer));
        Buffer[] kept = {Buffer.buffer()};
        peer.handler(bytes -> {
            kept[0] = messages(peer, kept[0].appendBuffer(bytes));
            if (kept[0].length() > LONGEST) {
                peer.close();
            }
        });
    }

    /** Answers the whole messages in the buffer and returns the rest. */
    private Buffer messages(NetSocket peer, Buffer buffer) {
        int from = 0;
        for (int end = end(buffer, from); end >= 0; end = end(buffer, from)) {
            int start = from;
            while (start < end && buffer.getByte(start) != START) {
                start++;
            }
            answer(peer, new String(buffer.getBytes(Math.min(start + 1, end), end), charset));
            from = end + 2;
        }
        return from == 0 ? buffer : buffer.getBuffer(from, buffer.length());
    }

    private static int end(Buffer buffer, int from) {
        for (int i = from; i + 1 < buffer.length(); i++) {
            if (buffer.getByte(i) == END && buffer.getByte(i + 1) == RETURN) {
                return i;
            }
        }
        return -1;
    }

    private void answer(NetSocket peer, String message) {
        Reply reply = desk.apply(message);
        if (reply.text() != null) {
            Buffer frame = Buffer.buffer()
                    .appendByte(START)
                    .appendBytes(reply.text().getBytes(charset))
                    .appendByte(END)
                    .appendByte(RETURN);
            vertx.setTimer(Math.max(1, reply.delay()), due -> peer.write(frame));
        }
    }
}
