package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.hospital.Lane.Ack;
import cn.kangka.sandbox.region.BookingMode;
import cn.kangka.sandbox.region.SandboxSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

/** One hospital's information system, or the one of all centres: it listens, answers, and sends. */
final class SimulatedHospital implements AutoCloseable {
    private final String id;
    private final String name;
    private final int port;
    private final Charset charset;
    private final BookingMode bookingMode;
    private final Bookings bookings;
    private final Desk desk;
    private final MllpListener listener;
    private final Line line;

    SimulatedHospital(
            String id,
            String name,
            int port,
            Charset charset,
            BookingMode bookingMode,
            Vertx vertx,
            SandboxSettings settings) {
        this.id = id;
        this.name = name;
        this.port = port;
        this.charset = charset;
        this.bookingMode = bookingMode;
        this.bookings = Bookings.open(settings.folder().resolve("bookings").resolve(id + ".log"), settings.clock());
        this.desk = new Desk(id, bookingMode, bookings, settings.seed());
        this.listener = new MllpListener(vertx, port, charset, desk::answer);
        this.line = new Line(id, charset, settings);
    }

    Line line() {
        return line;
    }

    Bookings bookings() {
        return bookings;
    }

    Future<Void> start() {
        return listener.start();
    }

    /** Changes how it behaves; {@code refusalRate} of bookings, 0 to 1. */
    Future<Void> behave(Mode mode, double refusalRate) {
        desk.mode(mode);
        desk.refusalRate(refusalRate);
        return mode == Mode.DOWN ? listener.stop() : listener.start();
    }

    boolean isDown() {
        return desk.mode() == Mode.DOWN;
    }

    /** Sends a message as it is, until it is acknowledged. */
    Ack send(String message) {
        return line.send(message);
    }

    /** Sends a message that somebody waits for. */
    Ack sendPromptly(String message) throws IOException {
        return line.sendPromptly(message);
    }

    /** The latest messages from the region, newest first. */
    List<String> received() {
        return desk.last();
    }

    JsonObject state() {
        Map<String, Integer> counts = desk.counts();
        JsonObject received = new JsonObject();
        counts.forEach(received::put);
        return new JsonObject()
                .put("id", id)
                .put("name", name)
                .put("mllpPort", port)
                .put("charset", charset.name())
                .put("bookingMode", bookingMode.name())
                .put("mode", desk.mode().name())
                .put("bookings", bookings.count())
                .put("sent", line.sent())
                .put("received", received);
    }

    @Override
    public void close() {
        listener.stop();
        line.close();
        bookings.close();
    }
}
