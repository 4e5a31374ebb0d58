package cn.kangka.sandbox.box;

import cn.kangka.sandbox.hospital.Hospitals;
import cn.kangka.sandbox.hospital.Progress;
import cn.kangka.sandbox.hospital.RegionDoor;
import cn.kangka.sandbox.hospital.SeedStep;
import cn.kangka.sandbox.region.DemoRegion;
import cn.kangka.sandbox.region.Ports;
import cn.kangka.sandbox.region.RegionFiles;
import cn.kangka.sandbox.region.SandboxSettings;
import cn.kangka.sandbox.server.ApiVisibility;
import cn.kangka.sandbox.server.People;
import cn.kangka.sandbox.server.SandboxServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The region outside our services. In this order: {@link #start} makes it, {@link #prepareFiles} writes what the services
 * read at their start, {@link #startServers} listens (services may be starting meanwhile), {@link #seed} brings people
 * and slots in when empi and api are ready, {@link #live} goes on from there, {@link #close} ends it. A second start on
 * the same folder goes on where the first one was.
 */
public final class Sandbox implements AutoCloseable {
    private static final long STARTING_SECONDS = 30;
    private static final long ASK_EVERY_MILLIS = 1_000;

    private final SandboxSettings settings;
    private final Progress progress;
    private final DemoRegion region;
    private final Ports ports;
    private final Vertx vertx;
    private RegionFiles files;
    private Hospitals hospitals;
    private People people;

    private Sandbox(SandboxSettings settings) {
        this.settings = settings;
        this.progress = Progress.open(
                settings.folder().resolve("progress.log"), settings.seed(), settings.people(), settings.clock());
        int residents = settings.demo() ? progress.people() : 0;
        this.region = DemoRegion.of(progress.seed(), residents, progress.firstDay());
        this.ports = Ports.of(settings, region.hospitals());
        this.vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4).setInternalBlockingPoolSize(2));
    }

    /** Makes the region of the settings' folder; opens no port. */
    public static Sandbox start(SandboxSettings settings) {
        return new Sandbox(settings);
    }

    /** Writes sources.json, clients.json and staff.json; the folder they are in. */
    public Path prepareFiles() {
        files = RegionFiles.prepare(settings.folder(), region, ports);
        return settings.folder();
    }

    /** Opens the sandbox' ports: pages, providers, picture archive, hospitals. */
    public void startServers() {
        RegionDoor door = new RegionDoor(settings, files.keys());
        ApiVisibility visibility = new ApiVisibility(door, settings.clock());
        hospitals = new Hospitals(settings, region, ports, progress, door, vertx);
        people = new People(region, progress, visibility);
        SandboxServer server = new SandboxServer(settings, files, hospitals, people);
        await(hospitals.start());
        await(server.start(vertx, ports.http(), region, progress.firstDay()));
        vertx.setPeriodic(ASK_EVERY_MILLIS, due -> vertx.executeBlocking(() -> ask(visibility)));
    }

    private Boolean ask(ApiVisibility visibility) throws InterruptedException {
        if (!people.isComplete()) {
            visibility.ask();
        }
        return true;
    }

    private static void await(Future<Void> starting) {
        try {
            starting.toCompletionStage().toCompletableFuture().get(STARTING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("a port of the sandbox did not open in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
    }

    /** Hands in what is missing, over the real doors; blocks until all of it is acknowledged. */
    public void seed(Consumer<SeedStep> listener) throws InterruptedException {
        if (settings.demo()) {
            hospitals.seed(listener);
        }
    }

    /** From now on new days get their timetables and things happen at the settings' pace. */
    public void live() {
        if (settings.demo()) {
            hospitals.live();
        }
    }

    /** Where it listens. */
    public Ports ports() {
        return ports;
    }

    /** Who is listed, for the launcher's last words. */
    public People people() {
        return people;
    }

    /** Files, keys and passwords, for the launcher's last words; null before {@link #prepareFiles}. */
    public RegionFiles files() {
        return files;
    }

    @Override
    public void close() {
        if (hospitals != null) {
            hospitals.close();
        }
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(STARTING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the sandbox did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            progress.close();
        }
    }
}
