package cn.kangka.sandbox.launch;

import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.store.RegionDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ./run} as a person would call it, in a process of its own. What it says goes to a file beside its data. */
public final class RunCommand implements AutoCloseable {
    private static final String READY = "Ctrl-C";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path data;
    private final Path output;
    private final long startedAt = System.nanoTime();
    private final Set<ProcessHandle> seen = new HashSet<>();
    private Duration startUp;

    private RunCommand(Process process, Path data, Path output) {
        this.process = process;
        this.data = data;
        this.output = output;
    }

    /** Returns at once. */
    public static RunCommand start(Path data, Ports ports, String... options) throws IOException {
        return start(List.of(), data, ports, options);
    }

    /** The same with PostgreSQL's settings changed ({@link RegionDatabase#SETTINGS}). */
    public static RunCommand startWith(String settings, Path data, Ports ports, String... options) throws IOException {
        return start(List.of("env", RegionDatabase.SETTINGS + "=" + settings), data, ports, options);
    }

    /** In a process group of its own, as a shell starts it: {@link #interrupt} reaches all of the group. */
    static RunCommand startAsGroup(Path data, Ports ports, String... options) throws IOException {
        return start(List.of("setsid", "env", "--default-signal=INT"), data, ports, options);
    }

    private static RunCommand start(List<String> through, Path data, Ports ports, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(through);
        command.addAll(commandLine(data, ports, options));
        Path output = data.resolveSibling(data.getFileName() + ".out");
        Files.createDirectories(output.getParent());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new RunCommand(process, data, output);
    }

    /** What a person types. */
    static List<String> commandLine(Path data, Ports ports, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Checkout.built().run(), "--data", data.toString(), "--port-base", Integer.toString(ports.sandbox())));
        command.addAll(List.of(options));
        return command;
    }

    /** Returns when the launcher has said its last words: people and slots are there. */
    public RunCommand awaitReady() {
        awaitSaid(READY);
        startUp = Duration.ofNanos(System.nanoTime() - startedAt);
        return this;
    }

    void awaitSaid(String words) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> said().contains(words) || !process.isAlive());
        if (!said().contains(words)) {
            throw new IllegalStateException("./run ended without saying " + words + ":\n" + said());
        }
    }

    String said() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the command to the launcher's last words. */
    public Duration startUp() {
        return startUp;
    }

    public Path data() {
        return data;
    }

    /** Proportional set size of launcher, services, PostgreSQL and Redis together, in MiB. */
    public long memory() throws IOException {
        long kilobytes = 0;
        for (ProcessHandle each : processes()) {
            kilobytes += pss(each.pid());
        }
        return kilobytes / 1024;
    }

    /**
     * Kills a process as nobody should ({@code kill -9}).
     *
     * @param part of its command line that no other process has, such as {@code /empi/target/}
     */
    public void kill(String part) {
        List<ProcessHandle> found = processes().stream()
                .filter(each -> commandLine(each).contains(part))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("nothing to kill: " + part);
        }
        found.forEach(ProcessHandle::destroyForcibly);
    }

    /** Launcher, guardian, services, PostgreSQL, Redis: what runs now. */
    Set<ProcessHandle> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            Set<ProcessHandle> ours = all.filter(this::belongs).collect(Collectors.toSet());
            seen.addAll(ours);
            return ours;
        }
    }

    /** What still runs of all that {@link #processes} ever saw, and whatever else works on the data. */
    Set<String> left() {
        processes();
        return seen.stream()
                .filter(RunCommand::lives)
                .map(each -> each.pid() + " " + commandLine(each))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A dead process whose exit code nobody has asked for counts as alive to Java, but has no command line. */
    static boolean lives(ProcessHandle handle) {
        return handle.isAlive() && !commandLine(handle).isEmpty();
    }

    private boolean belongs(ProcessHandle handle) {
        return mentions(handle)
                || handle.pid() == process.pid()
                || handle.parent()
                        .filter(parent -> mentions(parent) || parent.pid() == process.pid())
                        .isPresent();
    }

    private boolean mentions(ProcessHandle handle) {
        return commandLine(handle).contains(data.toString());
    }

    private static String commandLine(ProcessHandle handle) {
        try {
            return Files.readString(
                            Path.of("/proc", Long.toString(handle.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
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

    /** Ctrl-C, on a command that was started as a group: the terminal sends SIGINT to all of it. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", "--", "-" + process.pid())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL, of the launcher alone. */
    void kill() {
        process.destroyForcibly();
    }

    int exitCode() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("./run did not stop within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        terminate();
        exitCode();
    }
}
