package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.region.DemoRegion;
import cn.kangka.sandbox.region.Institution;
import cn.kangka.sandbox.region.Session;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hands in every institution's directory and timetable, and more of it as days pass. Blocks. */
final class Directory {
    private static final System.Logger LOG = System.getLogger(Directory.class.getName());
    private static final long SHORTEST_PAUSE = 500;
    private static final long LONGEST_PAUSE = 5_000;
    private static final int DATES_OF_A_CENTRE = DemoRegion.DAYS_AHEAD + 1;
    private static final Set<Integer> FINAL_REFUSALS = Set.of(400, 403, 413, 415, 422);

    /** One bundle with the keys that it fulfils. */
    private record Batch(Institution institution, List<String> keys, JsonObject bundle) {}

    private final DemoRegion region;
    private final RegionDoor door;
    private final Progress progress;
    private final Clock clock;
    private final CountDownLatch closed;
    private final Set<String> complained = ConcurrentHashMap.newKeySet();

    Directory(DemoRegion region, RegionDoor door, Progress progress, Clock clock, CountDownLatch closed) {
        this.region = region;
        this.door = door;
        this.progress = progress;
        this.clock = clock;
        this.closed = closed;
    }

    /** Sends what is not there yet, institution by institution: its directory, then the days from today on. */
    synchronized void bringUpToDate(Consumer<SeedStep> listener) throws InterruptedException {
        List<Institution> all = region.institutions();
        int refused = 0;
        for (int i = 0; i < all.size() && closed.getCount() > 0; i++) {
            refused += deliver(directory(all.get(i))) ? 0 : 1;
            for (List<LocalDate> dates : datesAhead(all.get(i))) {
                refused += deliver(timetable(all.get(i), dates)) ? 0 : 1;
            }
            listener.accept(new SeedStep("directory", i + 1, all.size(), refused));
        }
        progress.forgetTimetablesBefore(today());
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    /** A hospital's days one by one, a centre's together. */
    private List<List<LocalDate>> datesAhead(Institution institution) {
        List<LocalDate> dates =
                today().datesUntil(today().plusDays(DemoRegion.DAYS_AHEAD + 1L)).toList();
        int chunk = institution.kind() == Institution.Kind.CENTRE ? DATES_OF_A_CENTRE : 1;
        List<List<LocalDate>> chunks = new ArrayList<>();
        for (int from = 0; from < dates.size(); from += chunk) {
            chunks.add(dates.subList(from, Math.min(dates.size(), from + chunk)));
        }
        return chunks;
    }

    private Batch directory(Institution institution) {
        String key = "D2" + institution.id(); // 2: with places and codes, which a region seeded before does not have.
        return progress.isDone(key)
                ? null
                : new Batch(
                        institution,
                        List.of(key),
                        DirectoryBundles.directory(
                                institution, region.doctors(institution.id()), progress.startedAt()));
    }

    private Batch timetable(Institution institution, List<LocalDate> dates) {
        List<String> keys = new ArrayList<>();
        List<Session> sessions = new ArrayList<>();
        for (LocalDate date : dates) {
            String key = Progress.timetableKey(institution.id(), date);
            if (!progress.isDone(key)) {
                keys.add(key);
                sessions.addAll(region.sessions(institution.id(), date));
            }
        }
        return sessions.isEmpty()
                ? null
                : new Batch(institution, keys, DirectoryBundles.timetable(institution, sessions, clock.instant()));
    }

    /** Whether it was taken, or there was nothing to hand in. Tries again while the services are away. */
    private boolean deliver(Batch batch) throws InterruptedException {
        if (batch == null) {
            return true;
        }
        long pause = SHORTEST_PAUSE;
        while (closed.getCount() > 0) {
            int status = status(batch);
            if (status >= 200 && status < 300) {
                batch.keys().forEach(progress::done);
                return true;
            }
            if (FINAL_REFUSALS.contains(status)) {
                complain(batch, status);
                return false;
            }
            pause = waited(pause);
        }
        return false;
    }

    private long waited(long pause) throws InterruptedException {
        return closed.await(pause, TimeUnit.MILLISECONDS) ? pause : Math.min(LONGEST_PAUSE, pause * 2);
    }

    private int status(Batch batch) throws InterruptedException {
        try {
            return door.bundle("hospital-" + batch.institution().line(), batch.bundle());
        } catch (IOException unreachable) {
            return 0;
        }
    }

    private void complain(Batch batch, int status) {
        if (complained.add(batch.institution().id())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the directory of {0} was refused with {1}",
                    batch.institution().id(),
                    status);
        }
    }
}
