package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.hl7.Answers;
import cn.kangka.sandbox.hl7.MllpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a hospital to empi: one message at a time, each awaits its acknowledgement, and is sent again over a
 * new connection when that breaks. Blocks; for one thread at a time.
 */
final class Lane implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SHORTEST_PAUSE = 200;
    private static final long LONGEST_PAUSE = 5_000;
    private static final int TRIES_OF_AN_ERROR = 3;

    /** MSA-1 and what the error says. */
    record Ack(String code, String text) {
        boolean accepted() {
            return code.equals("AA") || code.equals("CA");
        }
    }

    private final String host;
    private final int port;
    private final Charset charset;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile MllpClient connection;

    Lane(String host, int port, Charset charset) {
        this.host = host;
        this.port = port;
        this.charset = charset;
    }

    /** Sends until there is an acknowledgement; an error is tried three times. Null when the lane was closed meanwhile. */
    Ack send(String message) {
        Ack ack = null;
        for (int tries = 0; tries < TRIES_OF_AN_ERROR && closed.getCount() > 0; tries++) {
            ack = delivered(message);
            if (ack == null || !ack.code().equals("AE")) {
                return ack;
            }
            pause(SHORTEST_PAUSE << tries);
        }
        return ack;
    }

    private Ack delivered(String message) {
        long pause = SHORTEST_PAUSE;
        while (closed.getCount() > 0) {
            try {
                return once(message);
            } catch (IOException e) {
                disconnect();
                pause(pause);
                pause = Math.min(LONGEST_PAUSE, pause * 2);
            }
        }
        return null;
    }

    /** One try. */
    Ack once(String message) throws IOException {
        if (connection == null) {
            connection = MllpClient.connect(host, port, PATIENCE, charset);
        }
        if (closed.getCount() == 0) {
            disconnect();
            throw new IOException("closed");
        }
        String answer = connection.send(message);
        return new Ack(Answers.segmentField(answer, "MSA", 1), Answers.segmentField(answer, "ERR", 8));
    }

    private void pause(long millis) {
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    /** Ends the connection; the next message opens another. */
    void disconnect() {
        MllpClient old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        disconnect();
    }
}
