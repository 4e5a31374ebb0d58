package cn.kangka.sandbox.hospital;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A file to which lines are appended; one that a crash tore off is dropped at the next opening. */
final class LineFile implements AutoCloseable {
    private final Path path;
    private RandomAccessFile file;

    private LineFile(Path path) {
        this.path = path;
    }

    /** Opens the file, or makes it. */
    static LineFile open(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            LineFile lines = new LineFile(path);
            lines.openAtEnd();
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + path, e);
        }
    }

    private void openAtEnd() throws IOException {
        // Not a channel: an interrupt while writing would close that for everybody.
        file = new RandomAccessFile(path.toFile(), "rw");
        String text = Files.readString(path);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        file.setLength(whole.getBytes(StandardCharsets.UTF_8).length);
        file.seek(file.length());
    }

    /** What is in it. */
    synchronized List<String> lines() {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    synchronized void append(String line) {
        try {
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /** Only these lines from now on; a crash leaves the old ones or the new ones. */
    synchronized void replace(List<String> lines) {
        try {
            Path draft = path.resolveSibling(path.getFileName() + ".new");
            Files.write(draft, lines);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            file.close();
            openAtEnd();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
