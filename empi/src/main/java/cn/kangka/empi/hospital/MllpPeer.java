package cn.kangka.empi.hospital;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One MLLP connection to where a hospital listens: made when needed, kept open, one message at a time. After a timeout
 * or anything odd it is closed, so that a late answer is never taken for that of another message.
 */
final class MllpPeer {
    /** @param largestAnswer bytes */
    record Limits(Duration answerTimeout, int largestAnswer) {}

    private final Vertx vertx;
    private final NetClient client;
    private final String host;
    private final int port;
    private final Limits limits;
    private Future<?> lastInLine = Future.succeededFuture();
    private NetSocket connection;
    private Instant since = Instant.now();
    private volatile long messages;
    private volatile Instant lastAt;
    private volatile String failure;

    MllpPeer(Vertx vertx, NetClient client, String host, int port, Limits limits) {
        this.vertx = vertx;
        this.client = client;
        this.host = host;
        this.port = port;
        this.limits = limits;
    }

    /**
     * Sends a framed message when its turn comes.
     *
     * @param accepts reads an answer; null when it is not the answer to this message
     * @return the answer; fails with {@link UnreachableException} without a connection, with another failure when no answer came
     */
    <T> Future<T> exchange(byte[] frame, Function<byte[], T> accepts) {
        return inTurn(() -> connected().compose(socket -> talk(socket, frame, accepts)))
                .onSuccess(answer -> {
                    messages++;
                    lastAt = Instant.now();
                    failure = null;
                })
                .onFailure(failed -> failure = String.valueOf(failed.getMessage()));
    }

    /** How it stands. */
    synchronized LineState state(String source) {
        String why = failure == null && connection == null ? "closed" : failure;
        return LineState.out(source, host + ":" + port, since, messages, lastAt, connection == null ? why : null);
    }

    private synchronized <T> Future<T> inTurn(Supplier<Future<T>> work) {
        Future<T> turn = lastInLine.transform(before -> work.get());
        lastInLine = turn;
        return turn;
    }

    private synchronized Future<NetSocket> connected() {
        if (connection != null) {
            return Future.succeededFuture(connection);
        }
        return client.connect(port, host)
                .recover(failure -> Future.failedFuture(new UnreachableException(failure)))
                .onSuccess(this::keep);
    }

    private synchronized void keep(NetSocket socket) {
        connection = socket;
        since = Instant.now();
        socket.closeHandler(closed -> forget(socket));
    }

    private synchronized void forget(NetSocket socket) {
        if (connection == socket) {
            connection = null;
        }
    }

    private <T> Future<T> talk(NetSocket socket, byte[] frame, Function<byte[], T> accepts) {
        Promise<T> answer = Promise.promise();
        MllpFrames frames = new MllpFrames(limits.largestAnswer());
        socket.handler(bytes -> frames.read(
                bytes,
                message -> {
                    T accepted = accepts.apply(message);
                    if (accepted != null) {
                        answer.tryComplete(accepted);
                    }
                },
                answer::tryFail));
        socket.exceptionHandler(answer::tryFail);
        socket.closeHandler(closed -> {
            forget(socket);
            answer.tryFail("the connection was closed before an answer");
        });
        long timer = vertx.setTimer(
                limits.answerTimeout().toMillis(),
                late -> answer.tryFail("no answer in " + limits.answerTimeout().toSeconds() + " s"));
        socket.write(Buffer.buffer(frame)).onFailure(answer::tryFail);
        return answer.future().onComplete(done -> vertx.cancelTimer(timer)).onFailure(failure -> drop(socket));
    }

    private void drop(NetSocket socket) {
        forget(socket);
        socket.close().onFailure(failure -> forget(socket));
    }

    /** Closes the connection; the next message makes a new one. */
    synchronized void close() {
        if (connection != null) {
            drop(connection);
        }
    }

    /** Nobody listens there. */
    static final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreachableException(Throwable cause) {
            super("not reached", cause);
        }
    }
}
