package cn.kangka.sandbox.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A tiny process that watches this one. When the launcher is gone, even by SIGKILL, it ends every process whose id lies
 * in {@code data/run}. A launcher that stops in good order ends its guardian; one that starts waits for the guardian of
 * a killed predecessor, which would take the new processes for old ones.
 */
final class Guardian implements AutoCloseable {
    private static final String FILE = "guardian";
    private static final long PREDECESSOR_SECONDS = 20;

    private final Process process;
    private final Path file;

    private Guardian(Process process, Path file) {
        this.process = process;
        this.file = file;
    }

    static Guardian watch(Path run) {
        Path script = run.resolve("guardian.sh");
        Path file = run.resolve(FILE);
        try (InputStream source = Guardian.class.getResourceAsStream("/guardian.sh")) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
            Process guardian = new ProcessBuilder(
                            "/bin/sh",
                            script.toString(),
                            Long.toString(ProcessHandle.current().pid()),
                            run.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            guardian.getOutputStream().close();
            Files.writeString(file, Long.toString(guardian.pid()));
            return new Guardian(guardian, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the guardian", e);
        }
    }

    /** Waits until the guardian of a launcher that was killed has done its work. */
    static void awaitPredecessor(Path run) throws IOException {
        Optional<ProcessHandle> predecessor = predecessor(run.resolve(FILE));
        if (predecessor.isEmpty()) {
            return;
        }
        try {
            predecessor.get().onExit().get(PREDECESSOR_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new Refusal("What an earlier start left behind (process "
                    + predecessor.get().pid() + ") does not end; end it and start again.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The process that is named in the file, when it still is a guardian: numbers are given away again. */
    private static Optional<ProcessHandle> predecessor(Path file) throws IOException {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                    .filter(each -> each.info()
                            .commandLine()
                            .map(line -> line.contains(
                                    file.resolveSibling("guardian.sh").toString()))
                            .orElse(false));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether this JVM is ending. What it was just starting may then run without anybody here knowing it: whoever starts a process and
     * then asks to be told of the end is refused that. The guardian finds it.
     */
    static boolean mustStay() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Nothing is left to watch. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(file);
    }
}
