package cn.kangka.api.platform;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * A JSON list in a file that somebody else writes: taken over at start and whenever the file changes. A list that cannot
 * be taken over is logged and tried again; what was taken before stays.
 */
public final class WatchedList<T> {
    private static final Logger LOG = Logger.getLogger(WatchedList.class);

    private final String what;
    private final Optional<WatchedFile> file;
    private final ObjectMapper json;
    private final TypeReference<List<T>> type;
    private final Function<List<T>, Uni<Integer>> takeOver;

    /**
     * @param what what is listed, for the log, such as {@code clients}
     * @param path empty when there is no such file
     * @param takeOver takes the whole list over and gives how many of it were
     */
    public WatchedList(
            String what,
            Optional<Path> path,
            ObjectMapper json,
            TypeReference<List<T>> type,
            Function<List<T>, Uni<Integer>> takeOver) {
        this.what = what;
        this.file = path.map(WatchedFile::new);
        this.json = json;
        this.type = type;
        this.takeOver = takeOver;
    }

    /** Takes the list over before the service answers; waits so long and no longer. Call it on a thread that may block. */
    public void takeAtStart(Duration longest) {
        reload().ifNoItem().after(longest).recoverWithItem((Void) null).await().indefinitely();
    }

    /** Takes the list over if it changed; never fails. */
    public Uni<Void> reload() {
        return file.map(this::reload).orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> reload(WatchedFile watched) {
        return watched.change()
                .flatMap(change -> change == null ? Uni.createFrom().voidItem() : take(watched, change))
                .onFailure()
                .invoke(failure -> LOG.errorf("cannot register %s: %s", what, failure.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> take(WatchedFile watched, WatchedFile.Change change) {
        return takeOver.apply(read(change))
                .invoke(count -> {
                    watched.taken(change);
                    LOG.infof("%d %s registered", count, what);
                })
                .replaceWithVoid();
    }

    private List<T> read(WatchedFile.Change change) {
        try {
            return json.readValue(change.content(), type);
        } catch (IOException e) {
            throw new UncheckedIOException("not a list of " + what, e);
        }
    }
}
