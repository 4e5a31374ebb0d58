package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.region.SandboxSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The region's bookings that a hospital has taken, and the lists of them for reconciliation (对账). A file keeps them: a line
 * for each word of the region, the last one of a booking counts. Days before yesterday are forgotten.
 */
final class Bookings implements AutoCloseable {
    private final LineFile file;
    private final Clock clock;
    /** By the region's appointment id, the newest word last. */
    private final Map<String, Booking> all = new LinkedHashMap<>();

    enum Status {
        BOOKED,
        CANCELLED,
        ARRIVED,
        MISSED,
        /** The region ordered it, and the hospital has forgotten: the day's list is handed in without it. */
        LOST
    }

    /** @param day of the visit, Asia/Shanghai */
    record Booking(String appointment, String institution, LocalDate day, Status status) {
        private String line() {
            return String.join(" ", appointment, institution, day.toString(), status.name());
        }

        private static Booking of(String line) {
            String[] parts = line.split(" ");
            return new Booking(parts[0], parts[1], LocalDate.parse(parts[2]), Status.valueOf(parts[3]));
        }
    }

    private Bookings(LineFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    static Bookings open(Path path, Clock clock) {
        Bookings bookings = new Bookings(LineFile.open(path), clock);
        bookings.file.lines().stream().map(Booking::of).forEach(bookings::put);
        bookings.forgetThePast();
        return bookings;
    }

    private void put(Booking booking) {
        all.remove(booking.appointment());
        all.put(booking.appointment(), booking);
    }

    synchronized void note(Booking booking) {
        put(booking);
        file.append(booking.line());
    }

    /** Whether it has a booking that was not cancelled. */
    synchronized boolean has(String appointment) {
        Booking booking = all.get(appointment);
        return booking != null && stands(booking.status());
    }

    private static boolean stands(Status status) {
        return switch (status) {
            case BOOKED, ARRIVED, MISSED -> true;
            case CANCELLED, LOST -> false;
        };
    }

    /** Loses the newest ones, so many at most; how many. */
    synchronized int lose(int most) {
        List<Booking> newestFirst = new ArrayList<>(all.values());
        Collections.reverse(newestFirst);
        List<Booking> lost = newestFirst.stream()
                .filter(each -> each.status() == Status.BOOKED)
                .limit(most)
                .toList();
        lost.forEach(each -> note(new Booking(each.appointment(), each.institution(), each.day(), Status.LOST)));
        return lost.size();
    }

    /** How many it has that are not cancelled. */
    synchronized long count() {
        return all.values().stream().filter(each -> stands(each.status())).count();
    }

    /** What it hands in: a list for each institution and day from yesterday on of which the region told it anything. */
    synchronized List<JsonObject> lists() {
        forgetThePast();
        Map<String, JsonObject> lists = new TreeMap<>();
        for (Booking each : all.values()) {
            JsonObject list = lists.computeIfAbsent(each.institution() + each.day(), first -> list(each));
            if (each.status() != Status.LOST) {
                list.getJsonArray("bookings")
                        .add(new JsonObject()
                                .put("appointment", each.appointment())
                                .put("status", each.status().name()));
            }
        }
        return List.copyOf(lists.values());
    }

    private JsonObject list(Booking of) {
        return new JsonObject()
                .put("hospital", of.institution())
                .put("day", of.day().toString())
                .put("listedAt", clock.instant().toString())
                .put("bookings", new JsonArray());
    }

    private void forgetThePast() {
        LocalDate yesterday =
                LocalDate.ofInstant(clock.instant(), SandboxSettings.ZONE).minusDays(1);
        if (all.values().removeIf(each -> each.day().isBefore(yesterday))) {
            file.replace(all.values().stream().map(Booking::line).toList());
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
