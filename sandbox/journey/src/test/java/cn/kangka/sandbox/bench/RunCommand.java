package cn.kangka.sandbox.bench;

import cn.kangka.sandbox.launch.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./run} as a person would call it, in a process of its own. */
final class RunCommand implements AutoCloseable {
    private static final String READY = "Ctrl-C";

    private final Process process;
    private final Path data;
    private final Duration startUp;

    private RunCommand(Process process, Path data, Duration startUp) {
        this.process = process;
        this.data = data;
        this.startUp = startUp;
    }

    /** Returns when the launcher has said its last words: people and slots are there. */
    static RunCommand start(Path data, Ports ports, int people, boolean fresh) throws IOException {
        Path home = Path.of("..", "..").toAbsolutePath().normalize();
        List<String> command = new ArrayList<>(List.of(
                home.resolve("run").toString(),
                "--data",
                data.toString(),
                "--port-base",
                Integer.toString(ports.sandbox()),
                "--people",
                Integer.toString(people),
                "--pace",
                "0"));
        if (fresh) {
            command.add("--fresh");
        }
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains(READY)) {
                return new RunCommand(process, data, Duration.ofNanos(System.nanoTime() - start));
            }
        }
        throw new IllegalStateException("./run ended without being ready:\n" + said);
    }

    /** From the command to the launcher's last words. */
    Duration startUp() {
        return startUp;
    }

    Path data() {
        return data;
    }

    /** Proportional set size of launcher, services, PostgreSQL and Redis together, in MiB. */
    long memory() throws IOException {
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
