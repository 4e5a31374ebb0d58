package cn.kangka.empi.hospital;

import cn.kangka.empi.hospital.MllpDecoder.Step;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * One sender's connection, on its event loop. One message at a time: reading pauses while one is handled, so that
 * messages are handled in order and a sender that is faster than we are waits.
 */
final class MllpConnection {
    private static final Logger LOG = Logger.getLogger(MllpConnection.class);
    private static final long NONE = -1;
    /** A growing buffer is up to twice as large as what is in it. */
    private static final long UNFINISHED = 2;
    /** A message that is handled exists as bytes, as text, parsed and sealed. */
    private static final long HANDLED = 4;

    private final NetSocket socket;
    private final Line line;
    private final Intake intake;
    private final MllpConfig config;
    private final AtomicLong bufferedByAll;
    private final Vertx vertx;
    private final Context context;
    private final MllpDecoder decoder;
    private boolean busy;
    private boolean closed;
    private long frameTimer = NONE;
    private long buffered;
    private long handled;
    private final Instant since;
    private volatile long messages;
    private volatile Instant lastAt;
    private volatile String source;

    MllpConnection(
            NetSocket socket, Line line, Intake intake, MllpConfig config, AtomicLong bufferedByAll, Vertx vertx) {
        this.socket = socket;
        this.line = line;
        this.intake = intake;
        this.config = config;
        this.bufferedByAll = bufferedByAll;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.decoder = new MllpDecoder(config.maxMessage(), config.maxGarbage());
        this.since = Instant.now();
        this.source = line.onlySpeaker();
    }

    /** How it stands; from any thread. */
    LineState state() {
        return LineState.in(source, String.valueOf(socket.remoteAddress()), since, messages, lastAt);
    }

    void start() {
        socket.handler(this::received);
        socket.exceptionHandler(failure -> LOG.debugf("connection lost: %s", failure.toString()));
    }

    /** Called when the socket is closed, by whomever. */
    void ended() {
        closed = true;
        stopTimer();
        handled = 0;
        account(0);
    }

    private void received(Buffer bytes) {
        if (!closed) {
            decoder.feed(bytes.getBytes());
            proceed();
        }
    }

    private void proceed() {
        while (!busy && !closed) {
            Step step = decoder.next();
            watch();
            if (step instanceof Step.Frame frame) {
                handle(frame.message());
            } else if (step instanceof Step.Broken broken) {
                close(broken.why());
            } else {
                socket.resume();
                return;
            }
        }
    }

    private void handle(byte[] message) {
        handled = HANDLED * message.length;
        if (account(0) > config.maxBuffered()) {
            close("too many large messages at once");
            return;
        }
        busy = true;
        socket.pause();
        Context duplicated = VertxContext.createNewDuplicatedContext(context);
        duplicated.runOnContext(ignored -> intake.receive(message, line)
                .subscribe()
                .with(
                        answered -> context.runOnContext(again -> answer(answered)),
                        failure -> context.runOnContext(again -> close("cannot take messages"))));
    }

    private void answer(Intake.Answered answered) {
        messages++;
        lastAt = Instant.now();
        if (answered.source() != null) {
            source = answered.source();
        }
        if (closed) {
            return;
        }
        Buffer out = Buffer.buffer();
        for (byte[] answer : answered.answers()) {
            out.appendByte(MllpDecoder.START)
                    .appendBytes(answer)
                    .appendByte(MllpDecoder.END)
                    .appendByte(MllpDecoder.RETURN);
        }
        socket.write(out).onComplete(written -> {
            busy = false;
            handled = 0;
            account(decoder.held());
            proceed();
        });
    }

    /** Keeps the limits of time and memory for an unfinished message. */
    private void watch() {
        if (!decoder.isInFrame()) {
            stopTimer();
        } else if (frameTimer == NONE) {
            frameTimer = vertx.setTimer(config.frameTimeout().toMillis(), timer -> close("message too slow"));
        }
        if (account(decoder.held()) > config.maxBuffered()) {
            close("too many unfinished messages");
        }
    }

    /** The memory that this connection takes, and with it that of all. */
    private long account(long held) {
        long now = UNFINISHED * held + handled;
        long all = bufferedByAll.addAndGet(now - buffered);
        buffered = now;
        return all;
    }

    private void stopTimer() {
        if (frameTimer != NONE) {
            vertx.cancelTimer(frameTimer);
            frameTimer = NONE;
        }
    }

    private void close(String why) {
        if (!closed) {
            closed = true;
            LOG.infof("connection from %s closed: %s", socket.remoteAddress(), why);
            socket.close();
        }
    }
}
