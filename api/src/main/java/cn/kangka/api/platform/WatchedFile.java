package cn.kangka.api.platform;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** A file that somebody else writes; read on a worker when it changed. */
final class WatchedFile {
    private final Path path;
    private volatile FileTime seen;

    WatchedFile(Path path) {
        this.path = path;
    }

    /** Its content when it changed since {@link #taken}, else null; also null while it does not exist. */
    Uni<Change> change() {
        return Uni.createFrom().item(this::read).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** A content, with the time it was written. */
    record Change(byte[] content, FileTime at) {}

    /** Says that this change was worked in; without it the same change comes again. */
    void taken(Change change) {
        seen = change.at();
    }

    private Change read() {
        try {
            if (!Files.isReadable(path)) {
                return null;
            }
            FileTime at = Files.getLastModifiedTime(path);
            return at.equals(seen) ? null : new Change(Files.readAllBytes(path), at);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
