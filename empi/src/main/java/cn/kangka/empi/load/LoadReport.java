package cn.kangka.empi.load;

import cn.kangka.empi.linking.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;

/**
 * The report of a load as CSV, a line per row of the file, readable by its owner only: it names patients' ids. What lies
 * behind the length that the load has noted is from a batch that was not committed, and is written over.
 */
public final class LoadReport implements AutoCloseable {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
    private static final String HEADER = "line,id,outcome,with,probability,rule,asks,remarks\n";

    private final FileChannel file;

    private LoadReport(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens the report where it ended.
     *
     * @param length how long it is as far as the load has come; 0 for a new one
     * @throws IOException when it is shorter than that, so another file, or when somebody else writes it
     */
    public static LoadReport open(Path path, long length) throws IOException {
        if (!Files.exists(path)
                && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isMine(file)) {
            file.close();
            throw new IOException(path + " is being written: somebody else loads the same file");
        }
        if (file.size() < length) {
            file.close();
            throw new IOException(path + " is not the report of the part that is loaded already");
        }
        LoadReport report = new LoadReport(file);
        if (length == 0) {
            report.write(0, HEADER);
        }
        return report;
    }

    /** Locks it until it is closed: two that load one file would write over each other. */
    private static boolean isMine(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /**
     * Writes after a length what became of rows.
     *
     * @return how long it is then
     */
    public long write(long length, List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder(length == 0 ? HEADER : "");
        for (Outcome each : outcomes) {
            text.append(FORMAT.format(
                            each.line(),
                            each.localId(),
                            each.kind().name().toLowerCase(Locale.ROOT),
                            each.with(),
                            each.probability() == null ? null : String.format(Locale.ROOT, "%.6f", each.probability()),
                            each.rule(),
                            String.join(";", each.asks()),
                            String.join("; ", each.remarks())))
                    .append('\n');
        }
        try {
            return write(length, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long write(long length, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        file.truncate(length).position(length);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
        return file.position();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
