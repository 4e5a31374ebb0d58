package cn.kangka.sandbox.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** {@code data/run}: the lock by which a second start is noticed, and the ids of the running processes. */
final class RunFolder implements AutoCloseable {
    private static final String LOCK = "run/lock";
    /** What a start makes before it may find the disk full. */
    private static final Set<String> FIRST_FOLDERS = Set.of("run", "logs");

    private static final long NEEDED_BYTES = 1_500_000_000L;

    private final Path data;
    private final FileChannel channel;
    private final FileLock lock;

    private RunFolder(Path data, FileChannel channel, FileLock lock) {
        this.data = data;
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws Refusal when another launcher uses the folder, other things are in it, or the disk is nearly full */
    static RunFolder take(Path data) {
        try {
            demandOurs(data);
            Files.createDirectories(data.resolve("run"));
            Files.createDirectories(data.resolve("logs"));
            long usable = Files.getFileStore(data).getUsableSpace();
            if (usable < NEEDED_BYTES) {
                throw new Refusal("The disk that holds " + data + " has only " + usable / 1_000_000
                        + " MB left; the region needs 1500 MB. Free some, or choose another place with --data DIR.");
            }
            RunFolder folder = lock(data);
            Guardian.awaitPredecessor(folder.path());
            return folder;
        } catch (IOException e) {
            throw new Refusal("The data folder " + data + " cannot be used: " + e.getMessage());
        }
    }

    /** Somebody's home folder, say: {@code --fresh} would empty it. */
    private static void demandOurs(Path data) throws IOException {
        if (Files.exists(data.resolve(LOCK)) || !Files.exists(data)) {
            return;
        }
        if (!Files.isDirectory(data)) {
            throw new Refusal("The data folder " + data + " cannot be used: it is no folder.");
        }
        try (Stream<Path> content = Files.list(data)) {
            if (content.anyMatch(
                    each -> !FIRST_FOLDERS.contains(each.getFileName().toString()))) {
                throw new Refusal("The folder " + data
                        + " holds other things than a region's data: choose an empty or a new one with --data DIR.");
            }
        }
    }

    private static RunFolder lock(Path data) throws IOException {
        FileChannel channel = FileChannel.open(data.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new Refusal("The region already runs on " + data
                    + ": stop it first (Ctrl-C there), or start a second one with --data DIR --port-base N.");
        }
        return new RunFolder(data, channel, lock);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path path() {
        return data.resolve("run");
    }

    /** Where a process's id is. */
    Path pidFile(String name) {
        return path().resolve(name + ".pid");
    }

    void remember(String name, long pid) {
        try {
            Files.writeString(pidFile(name), Long.toString(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forget(String name) {
        try {
            Files.deleteIfExists(pidFile(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws away what earlier starts have left. */
    void empty() {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(data) && !file.startsWith(path()) && !file.equals(data.resolve("logs"))) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the old data cannot be thrown away", e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
