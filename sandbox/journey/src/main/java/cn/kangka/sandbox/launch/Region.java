package cn.kangka.sandbox.launch;

import cn.kangka.sandbox.box.Sandbox;
import cn.kangka.sandbox.region.SandboxSettings;
import cn.kangka.sandbox.store.RegionCache;
import cn.kangka.sandbox.store.RegionDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The whole region: stores, services, sandbox. What {@code ./run} starts, and what journeys drive. */
public final class Region implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final long WATCH_MILLIS = 500;

    private final Options options;
    private final Consumer<String> progress;
    private final List<ServiceProcess> services = new ArrayList<>();
    private RunFolder folder;
    private Guardian guardian;
    private RegionDatabase database;
    private RegionCache cache;
    private Sandbox sandbox;
    private Thread watcher;
    private volatile boolean closing;

    private Region(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Starts everything and returns when people can use it (with demo: people and slots are there).
     *
     * @throws Refusal with one clear sentence when it cannot start; nothing is left running
     */
    public static Region start(Options options, Consumer<String> progress) {
        return start(options, progress, region -> {});
    }

    /** The same; tells of the region before anything of it runs. */
    static Region start(Options options, Consumer<String> progress, Consumer<Region> begun) {
        Region region = new Region(options, progress);
        begun.accept(region);
        try {
            region.startAll();
            return region;
        } catch (RuntimeException e) {
            if (!Guardian.mustStay()) {
                region.close();
            }
            throw e;
        }
    }

    private void startAll() {
        folder = RunFolder.take(options.data());
        options.ports().demandFree(options.without());
        if (options.fresh()) {
            folder.empty();
        }
        guardian = Guardian.watch(folder.path());
        startStores();
        sandbox = Sandbox.start(settings());
        sandbox.prepareFiles();
        sandbox.startServers();
        startServices();
        watcher = new Thread(this::watch, "watcher");
        watcher.setDaemon(true);
        watcher.start();
        populate();
    }

    /** The hospitals need empi, and api for their tokens: when somebody starts one by hand later, they wait aside. */
    private void populate() {
        if (options.without().contains("api") || options.without().contains("empi")) {
            Thread aside = new Thread(this::populateAside, "populate");
            aside.setDaemon(true);
            aside.start();
        } else {
            seed();
            await("people in api", () -> !options.demo() || sandbox.people().isComplete());
            sandbox.live();
        }
    }

    private void populateAside() {
        try {
            seed();
            sandbox.live();
        } catch (RuntimeException e) {
            if (!closing) {
                progress.accept("the hospitals cannot hand in their people: " + e.getMessage());
            }
        }
    }

    private void seed() {
        try {
            sandbox.seed(new SeedProgress(progress));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the hospitals handed in their people", e);
        }
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("gave up waiting for " + what);
            }
            pause(100);
        }
    }

    private void startStores() {
        progress.accept("PostgreSQL …");
        database = RegionDatabase.start(
                options.data().resolve("postgres"), options.ports().postgres(), true);
        folder.remember("postgres", database.pid());
        progress.accept("Redis …");
        cache = RegionCache.start(options.ports().redis(), folder.pidFile("redis"));
        folder.remember("redis", cache.pid());
    }

    private void startServices() {
        Map<String, String> environment = new ServiceEnvironment(options).variables();
        for (Service service : Service.all(options.ports())) {
            if (options.without().contains(service.name())) {
                ServiceEnvironment.writeForHand(options, service, environment);
            } else {
                services.add(new ServiceProcess(
                        service, options.home(), options.data(), ServiceEnvironment.of(environment, service)));
            }
        }
        services.forEach(ServiceProcess::start);
        awaitReady();
    }

    private void awaitReady() {
        Set<ServiceProcess> waiting = new LinkedHashSet<>(services);
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!waiting.isEmpty()) {
            for (ServiceProcess process : List.copyOf(waiting)) {
                if (process.ready()) {
                    waiting.remove(process);
                    progress.accept(process.service().name() + " is ready");
                } else if (!process.alive() || System.nanoTime() > deadline) {
                    throw new Refusal("The service " + process.service().name() + " did not start; its log is "
                            + process.log() + ".");
                }
            }
            pause(200);
        }
    }

    /** Starts again what died, until the region closes. */
    private void watch() {
        while (!closing) {
            pause(WATCH_MILLIS);
            revive();
        }
    }

    /** Never while the region closes, which would leave running what is started behind its back. */
    private synchronized void revive() {
        if (closing) {
            return;
        }
        try {
            reviveStores();
            services.stream()
                    .filter(ServiceProcess::revive)
                    .forEach(each -> progress.accept(each.service().name() + " had died and was started again"));
        } catch (RuntimeException e) {
            progress.accept("cannot start again: " + e.getMessage());
        }
    }

    private void reviveStores() {
        if (!database.alive()) {
            database.restart();
            folder.remember("postgres", database.pid());
            progress.accept("PostgreSQL had died and was started again");
        }
        if (!cache.alive()) {
            cache.close();
            cache = RegionCache.start(options.ports().redis(), folder.pidFile("redis"));
            folder.remember("redis", cache.pid());
            progress.accept("Redis had died and was started again");
        }
    }

    private SandboxSettings settings() {
        Ports ports = options.ports();
        return SandboxSettings.in(options.data())
                .withPorts(ports.sandbox(), ports.hospitals() - 1)
                .withServices(URI.create(url(ports.empi())), "127.0.0.1", ports.mllp(), URI.create(url(ports.api())))
                .withDemo(options.demo(), options.people(), options.pace());
    }

    static String url(int port) {
        return "http://localhost:" + port;
    }

    /** The process id of a service, for tests that kill it. */
    public long pidOf(String service) {
        return services.stream()
                .filter(each -> each.service().name().equals(service))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    /** The process id of PostgreSQL, for tests that kill it. */
    public long databasePid() {
        return database.pid();
    }

    /** Whether every service answers as ready. */
    public boolean ready() {
        return database.alive() && services.stream().allMatch(each -> each.alive() && each.ready());
    }

    /** Who to be, for a person who wants to try. */
    Sandbox sandbox() {
        return sandbox;
    }

    public Options options() {
        return options;
    }

    public Path logs() {
        return options.data().resolve("logs");
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The launcher ends in the middle of a start: nothing is started again, and the guardian stops what runs. */
    void abandon() {
        closing = true;
    }

    /** Stops everything, in the opposite order; safe to call more than once and half-way through a start. */
    @Override
    public void close() {
        closing = true;
        stop();
    }

    private synchronized void stop() {
        quietly("sandbox", sandbox);
        services.parallelStream().forEach(ServiceProcess::stop);
        quietly("redis", cache);
        quietly("postgres", database);
        quietly("guardian", guardian);
        quietly("lock", folder);
    }

    private void quietly(String name, AutoCloseable part) {
        if (part == null) {
            return;
        }
        try {
            part.close();
            if (folder != null && part != folder) {
                folder.forget(name);
            }
        } catch (IOException | RuntimeException e) {
            progress.accept(name + " did not stop: " + e.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
