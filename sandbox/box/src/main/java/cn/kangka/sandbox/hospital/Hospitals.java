package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.hospital.Lane.Ack;
import cn.kangka.sandbox.hospital.Living.Report;
import cn.kangka.sandbox.population.Registration;
import cn.kangka.sandbox.region.BookingMode;
import cn.kangka.sandbox.region.DemoRegion;
import cn.kangka.sandbox.region.Institution;
import cn.kangka.sandbox.region.Ports;
import cn.kangka.sandbox.region.SandboxSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** All simulated hospitals of the region, and the one front door to them. */
public final class Hospitals implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Hospitals.class.getName());
    private static final long MINUTE = 60_000;

    private final SandboxSettings settings;
    private final DemoRegion region;
    private final Progress progress;
    private final Map<String, SimulatedHospital> byLine = new LinkedHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Directory directory;
    private final Living living;
    private final Reconciling reconciling;
    private final ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(2, Hospitals::thread);

    public Hospitals(
            SandboxSettings settings, DemoRegion region, Ports ports, Progress progress, RegionDoor door, Vertx vertx) {
        this.settings = settings;
        this.region = region;
        this.progress = progress;
        for (Institution hospital : region.hospitals()) {
            int port = ports.mllp().get(hospital.id());
            byLine.put(
                    hospital.id(),
                    new SimulatedHospital(
                            hospital.id(),
                            hospital.name(),
                            port,
                            hospital.charset(),
                            hospital.bookingMode(),
                            vertx,
                            settings));
        }
        String centres = DemoRegion.CENTRES_LINE;
        byLine.put(
                centres,
                new SimulatedHospital(
                        centres,
                        "社区卫生服务中心(100 家)",
                        ports.mllp().get(centres),
                        StandardCharsets.UTF_8,
                        BookingMode.KANGKA_FILLS,
                        vertx,
                        settings));
        this.directory = new Directory(region, door, progress, settings.clock(), closed);
        this.living = new Living(region, byLine, progress, settings.clock());
        this.reconciling = new Reconciling(byLine, door::create, settings.clock());
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "hospitals");
        thread.setDaemon(true);
        return thread;
    }

    /** Every hospital listens. */
    public Future<Void> start() {
        return Future.all(byLine.values().stream().map(SimulatedHospital::start).toList())
                .mapEmpty();
    }

    /** Hands in what is missing; returns when all of it is acknowledged or refused. */
    public void seed(Consumer<SeedStep> listener) throws InterruptedException {
        CompletableFuture<Void> bundles = CompletableFuture.runAsync(() -> bringDirectoryUpToDate(listener), clockwork);
        new Seeding(region, byLine, progress).run(listener);
        try {
            CompletableFuture.anyOf(bundles, ended).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the directory", e.getCause());
        }
    }

    private void bringDirectoryUpToDate(Consumer<SeedStep> listener) {
        try {
            directory.bringUpToDate(listener);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on things happen at the settings' pace, new days get their timetables, and nights their reconciliation. */
    public void live() {
        repeat(() -> bringDirectoryUpToDate(ignored -> {}), MINUTE);
        repeat(this::reconcileNightly, MINUTE);
        if (settings.pace() > 0) {
            repeat(living::once, (long) (MINUTE / settings.pace()));
        }
    }

    private void reconcileNightly() {
        try {
            reconciling.nightly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeat(Runnable work, long millis) {
        var unused = clockwork.scheduleWithFixedDelay(guarded(work), millis, millis, TimeUnit.MILLISECONDS);
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "everyday life stumbled", e);
            }
        };
    }

    /** Whether there is a hospital (or the centres' line) of that id. */
    public boolean knows(String id) {
        return byLine.containsKey(id);
    }

    /** All hospitals and the centres' line with their state. */
    public JsonArray states() {
        JsonArray states = new JsonArray();
        byLine.values().forEach(hospital -> states.add(hospital.state()));
        return states;
    }

    public JsonObject state(String id) {
        return byLine.get(id).state();
    }

    /** Changes how a hospital behaves; {@code refusalRate} of bookings is 0 to 1. */
    public Future<Void> behave(String id, Mode mode, double refusalRate) {
        return byLine.get(id).behave(mode, refusalRate);
    }

    /** Whether it is down, and so sends nothing. */
    public boolean isDown(String id) {
        return byLine.get(id).isDown();
    }

    /**
     * A hospital hands in its bookings for reconciliation now: {@code said}, {@code agreed}, {@code differing}, and the
     * {@code reports} by day. Blocks.
     *
     * @throws IOException when api does not take them
     */
    public JsonObject reconcile(String id) throws IOException, InterruptedException {
        return reconciling.handIn(id);
    }

    /** A hospital forgets its newest bookings, so many at most; how many. */
    public int loseBookings(String id, int most) {
        return byLine.get(id).bookings().lose(most);
    }

    /** What a hospital got lately, newest first, in ER7. */
    public List<String> received(String id) {
        return byLine.get(id).received();
    }

    /**
     * Sends a message as it is; the acknowledgement's code and text. Blocks.
     *
     * @throws IOException when empi does not answer
     */
    public JsonObject sendRaw(String id, String message) throws IOException {
        return json(byLine.get(id).sendPromptly(message));
    }

    /**
     * A laboratory result now, for a patient of that hospital. Blocks until it is acknowledged.
     *
     * @param panel such as {@code cbc}; null for that
     * @return empty when the hospital has no patient with that document, or there is no such panel
     * @throws IOException when empi does not answer
     */
    public Optional<JsonObject> sendResult(String id, String idNumber, String panel) throws IOException {
        Panel chosen = Panel.all().get(panel == null ? "cbc" : panel);
        Optional<Registration> patient = chosen == null ? Optional.empty() : patient(id, idNumber);
        if (patient.isEmpty()) {
            return Optional.empty();
        }
        Registration registration = patient.get();
        Report report = living.report(region.institution(registration.source()), registration, chosen);
        return Optional.of(
                sendRaw(id, report.message()).put("report", report.number()).put("panel", chosen.key()));
    }

    private Optional<Registration> patient(String id, String idNumber) {
        return region.residents().stream()
                .filter(resident -> resident.idNumber().equals(idNumber))
                .flatMap(resident -> region.registrations(resident).stream())
                .filter(registration ->
                        region.institution(registration.source()).line().equals(id))
                .filter(registration -> progress.isDone(SeedMessages.registrationKey(registration)))
                .findFirst();
    }

    private static JsonObject json(Ack ack) {
        return new JsonObject().put("ack", ack.code()).put("text", ack.text());
    }

    /** Names the first registration of a resident in the progress. */
    public static String firstRegistration(int index) {
        return "R" + index + ".0";
    }

    @Override
    public void close() {
        closed.countDown();
        clockwork.shutdownNow();
        byLine.values().forEach(SimulatedHospital::close);
        try {
            clockwork.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended.complete(null);
    }
}
