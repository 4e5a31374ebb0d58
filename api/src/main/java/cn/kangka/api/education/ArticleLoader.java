package cn.kangka.api.education;

import cn.kangka.kit.database.Database;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.util.ClassPathUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Brings the table of articles up to date with what the release carries, at every start. */
@ApplicationScoped
class ArticleLoader {
    private static final Logger LOG = Logger.getLogger(ArticleLoader.class);
    private static final String FOLDER = "education";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final ArticleStore store;
    private final ArticleRendering rendering = new ArticleRendering();

    ArticleLoader(Database database, ArticleStore store) {
        this.database = database;
        this.store = store;
    }

    void atStart(@Observes StartupEvent event) {
        List<ArticleSource> sources = sources();
        int changed = load(sources).await().atMost(PATIENCE);
        LOG.infof("%d articles, %d new or changed", sources.size(), changed);
    }

    Uni<Integer> load(List<ArticleSource> sources) {
        List<Tuple> rows = sources.stream()
                .map(source -> ArticleStore.row(source, rendering.html(source.markdown())))
                .toList();
        List<String> slugs =
                sources.stream().map(ArticleSource::slug).distinct().toList();
        return rows.isEmpty()
                ? Uni.createFrom().item(0)
                : database.write(tx -> store.put(tx, rows).call(() -> store.keepOnly(tx, slugs)));
    }

    /** Every article on the class path, in the order of file names (two starts lock rows in the same order). */
    static List<ArticleSource> sources() {
        Map<String, ArticleSource> sources = new TreeMap<>();
        try {
            ClassPathUtils.consumeAsPaths(FOLDER, folder -> {
                for (Path file : files(folder)) {
                    String name = file.getFileName().toString();
                    sources.put(name, ArticleSource.parse(name, read(file)));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(sources.values());
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".md"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
