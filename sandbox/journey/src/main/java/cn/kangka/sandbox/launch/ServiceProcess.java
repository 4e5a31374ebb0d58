package cn.kangka.sandbox.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service's process: started, watched, and started again with backoff when it dies. */
final class ServiceProcess {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private static final Duration SHORTEST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(15);
    /** A process that lived that long was healthy: its next death starts the backoff anew. */
    private static final Duration HEALTHY_LIFE = Duration.ofMinutes(1);

    private final Service service;
    private final Path home;
    private final Path data;
    private final Map<String, String> environment;
    private Process process;
    private long startedAt;
    private Duration backoff = SHORTEST_BACKOFF;
    private long restartAt;

    ServiceProcess(Service service, Path home, Path data, Map<String, String> environment) {
        this.service = service;
        this.home = home;
        this.data = data;
        this.environment = environment;
    }

    Service service() {
        return service;
    }

    synchronized void start() {
        Path jar = home.resolve(service.name()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new Refusal("The service " + service.name() + " is not built: " + jar + " is missing.");
        }
        ProcessBuilder builder = new ProcessBuilder(command(jar));
        builder.environment().putAll(environment);
        builder.directory(data.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        try {
            process = builder.start();
            startedAt = System.nanoTime();
            Files.writeString(data.resolve("run").resolve(service.name() + ".pid"), Long.toString(process.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + service.name(), e);
        }
    }

    private List<String> command(Path jar) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-Xmx" + service.heapMegabytes() + "m");
        command.addAll(List.of(
                "-Xms32m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:ReservedCodeCacheSize=80m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dkangka.data=" + data,
                "-jar",
                jar.toString()));
        return command;
    }

    Path log() {
        return data.resolve("logs").resolve(service.name() + ".log");
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    boolean ready() {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + service.port() + "/q/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts the process again when it died and its waiting time is over. */
    synchronized boolean revive() {
        if (process.isAlive()) {
            return false;
        }
        long now = System.nanoTime();
        if (restartAt == 0) {
            if (Duration.ofNanos(now - startedAt).compareTo(HEALTHY_LIFE) > 0) {
                backoff = SHORTEST_BACKOFF;
            }
            restartAt = now + backoff.toNanos();
            backoff =
                    backoff.multipliedBy(2).compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : backoff.multipliedBy(2);
            return false;
        }
        if (now < restartAt) {
            return false;
        }
        restartAt = 0;
        start();
        return true;
    }

    /** Asks the process to end, and ends it when it does not within ten seconds. */
    synchronized void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
            Files.deleteIfExists(data.resolve("run").resolve(service.name() + ".pid"));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
