package cn.kangka.sandbox.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./run} as a person would call it, in a process of its own. */
public final class RunCommand implements AutoCloseable {
    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String READY = "Ctrl-C";
    private static final long ENDS_WITHIN_SECONDS = 60;

    private final Process process;
    private final Path data;
    private final Duration startUp;
    private final String output;

    private RunCommand(Process process, Path data, Duration startUp, String output) {
        this.process = process;
        this.data = data;
        this.startUp = startUp;
        this.output = output;
    }

    /** How a command went that ended by itself; what it said on both channels. */
    record Ended(int exitCode, String output) {}

    /** Returns when the launcher has said its last words: people and slots are there. */
    public static RunCommand start(Path data, Ports ports, int people, boolean fresh) throws IOException {
        return start(data, ports, people, 0, fresh);
    }

    /** The same with hospitals that send so many messages a minute by themselves. */
    public static RunCommand start(Path data, Ports ports, int people, int pace, boolean fresh) throws IOException {
        List<String> options =
                new ArrayList<>(List.of("--people", Integer.toString(people), "--pace", Integer.toString(pace)));
        if (fresh) {
            options.add("--fresh");
        }
        return start(data, ports, options);
    }

    /** Returns when the launcher has said its last words. */
    static RunCommand start(Path data, Ports ports, List<String> options) throws IOException {
        long start = System.nanoTime();
        Process process = process(HOME.resolve("run"), on(data, ports, options), Map.of());
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains(READY)) {
                return new RunCommand(process, data, Duration.ofNanos(System.nanoTime() - start), said.toString());
            }
        }
        throw new IllegalStateException("./run ended without being ready:\n" + said);
    }

    /** Calls the command with these words and waits for its end. */
    static Ended end(List<String> words) throws IOException {
        return end(HOME.resolve("run"), words, Map.of());
    }

    /** Calls a script in an environment that differs from this one, and waits for its end. */
    static Ended end(Path script, List<String> words, Map<String, String> environment) throws IOException {
        Process process = process(script, words, environment);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("./run did not end:\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Ended(process.exitValue(), output);
    }

    /** The words that name the place and the ports. */
    static List<String> on(Path data, Ports ports, List<String> options) {
        List<String> words =
                new ArrayList<>(List.of("--data", data.toString(), "--port-base", Integer.toString(ports.sandbox())));
        words.addAll(options);
        return words;
    }

    private static Process process(Path script, List<String> words, Map<String, String> environment)
            throws IOException {
        markAsBuilt();
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** This test is part of a build that made the jars; the command shall not begin a second one beside it. */
    private static void markAsBuilt() throws IOException {
        Path stamp = HOME.resolve("sandbox/journey/target/built");
        if (Files.notExists(stamp)) {
            Files.createFile(stamp);
        }
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now()));
    }

    /** What it had said when it was ready. */
    String output() {
        return output;
    }

    /** The launcher's own process: the script becomes it. */
    ProcessHandle launcher() {
        return process.toHandle();
    }

    /** Waits for the end. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Every process that the region started: services, stores, guardian. */
    List<ProcessHandle> started() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("run"))) {
            return files.filter(file -> file.toString().endsWith(".pid") || file.endsWith("guardian"))
                    .map(RunCommand::pid)
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .toList();
        }
    }

    private static long pid(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the command to the launcher's last words. */
    public Duration startUp() {
        return startUp;
    }

    /** Proportional set size of launcher, services, PostgreSQL and Redis together, in MiB. */
    public long memory() throws IOException {
        long kilobytes = 0;
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            for (ProcessHandle each : all.filter(this::belongs).toList()) {
                kilobytes += pss(each.pid());
            }
        }
        return kilobytes / 1024;
    }

    private boolean belongs(ProcessHandle handle) {
        return mentions(handle)
                || handle.pid() == process.pid()
                || handle.parent()
                        .filter(parent -> mentions(parent) || parent.pid() == process.pid())
                        .isPresent();
    }

    private boolean mentions(ProcessHandle handle) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(handle.pid()), "cmdline"), StandardCharsets.UTF_8)
                    .contains(data.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    private static long pss(long pid) throws IOException {
        Path rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        if (!Files.exists(rollup)) {
            return 0;
        }
        return Files.readAllLines(rollup).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** SIGTERM, as Ctrl-C would. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("./run did not stop within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
