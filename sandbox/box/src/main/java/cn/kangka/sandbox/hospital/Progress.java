package cn.kangka.sandbox.hospital;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was acknowledged, so that a restart doesn't send it again: one line per key, appended when the acknowledgement is
 * there. The first line says which region it is; it rules over the settings.
 */
public final class Progress implements AutoCloseable {
    private final Clock clock;
    private final LineFile file;
    private final Map<String, Long> done = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private long seed;
    private int people;
    private LocalDate firstDay;
    private Instant startedAt;

    private Progress(LineFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Opens the file, or begins it for a region of that seed and size. */
    public static Progress open(Path path, long seed, int people, Clock clock) {
        Progress progress = new Progress(LineFile.open(path), clock);
        List<String> lines = progress.file.lines();
        if (lines.isEmpty()) {
            progress.begin(seed, people);
        } else {
            progress.read(lines);
        }
        return progress;
    }

    private void begin(long newSeed, int newPeople) {
        seed = newSeed;
        people = newPeople;
        startedAt = clock.instant();
        firstDay = LocalDate.ofInstant(startedAt, clock.getZone());
        file.append(new JsonObject()
                .put("seed", seed)
                .put("people", people)
                .put("firstDay", firstDay.toString())
                .put("startedAt", startedAt.toEpochMilli())
                .encode());
    }

    private void read(List<String> lines) {
        JsonObject header = new JsonObject(lines.get(0));
        seed = header.getLong("seed");
        people = header.getInteger("people");
        firstDay = LocalDate.parse(header.getString("firstDay"));
        startedAt = Instant.ofEpochMilli(header.getLong("startedAt"));
        for (String line : lines.subList(1, lines.size())) {
            int blank = line.indexOf(' ');
            done.put(line.substring(0, blank), Long.parseLong(line.substring(blank + 1)));
        }
    }

    public long seed() {
        return seed;
    }

    public int people() {
        return people;
    }

    public LocalDate firstDay() {
        return firstDay;
    }

    /** When the region began: the time that repeated messages carry, so that a repetition is the same message. */
    Instant startedAt() {
        return startedAt;
    }

    /** When it was acknowledged, in milliseconds; null when it was not yet. */
    public Long doneAt(String key) {
        return done.get(key);
    }

    boolean isDone(String key) {
        return done.containsKey(key);
    }

    void done(String key) {
        long now = clock.millis();
        if (done.putIfAbsent(key, now) == null) {
            file.append(key + " " + now);
        }
    }

    /** Nobody tries it again before the next start. */
    void refused(String key) {
        refused.add(key);
    }

    public boolean isRefused(String key) {
        return refused.contains(key);
    }

    static String timetableKey(String institution, LocalDate date) {
        return "T" + date + institution;
    }

    /** Days that are over need no memory; the file keeps them. */
    void forgetTimetablesBefore(LocalDate day) {
        done.keySet()
                .removeIf(key -> key.startsWith("T") && key.substring(1, 11).compareTo(day.toString()) < 0);
    }

    @Override
    public void close() {
        file.close();
    }
}
