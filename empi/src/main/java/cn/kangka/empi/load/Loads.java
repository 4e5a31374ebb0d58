package cn.kangka.empi.load;

import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.linking.Batch;
import cn.kangka.empi.linking.BulkLinking;
import cn.kangka.empi.linking.Outcome;
import cn.kangka.empi.linking.Outcome.Kind;
import cn.kangka.empi.person.Snapshots;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Front door of loads: each batch is one transaction that also notes how far the load has come. */
@ApplicationScoped
public class Loads {
    private final Sources sources;
    private final BulkLinking linking;
    private final LoadStore store;
    private final Snapshots snapshots;
    private final Database database;
    private final Audit audit;

    Loads(Sources sources, BulkLinking linking, LoadStore store, Snapshots snapshots, Database database, Audit audit) {
        this.sources = sources;
        this.linking = linking;
        this.store = store;
        this.snapshots = snapshots;
        this.database = database;
        this.audit = audit;
    }

    /** The institution of that id. */
    public Optional<Source> source(String id) {
        return sources.byId(id);
    }

    /** Begins a load, or takes up the one of the same file that was not finished, with its own time and batch. */
    public Uni<LoadRun> open(Source source, String digest, Instant toldAt, int batch) {
        LoadRun fresh = new LoadRun(Ids.next(), source.id(), toldAt, batch, 0, 0, Map.of());
        return database.write(tx -> store.open(tx, fresh, digest)
                .call(run -> audit.record(
                        tx,
                        AuditEntry.allowed(
                                        "SERVICE",
                                        "empi",
                                        "linkage.load",
                                        null,
                                        run.id().toString())
                                .because(source.id()))));
    }

    /** Reads rows; looks at no index. */
    public Batch prepare(LoadRun run, List<Batch.Line> lines) {
        return linking.prepare(source(run.source()).orElseThrow(), lines, run.toldAt());
    }

    /**
     * Links a batch.
     *
     * @param report writes the outcomes and answers how long the report is then; it may be called more than once for a
     *     batch, and what it wrote counts only once the batch is committed
     */
    public Uni<LoadRun> add(LoadRun run, Batch batch, Function<List<Outcome>, Long> report) {
        return database.write(tx -> linking.link(tx, batch).chain(outcomes -> {
            LoadRun now = run.after(batch.size(), report.apply(outcomes), counted(run.counts(), outcomes));
            return store.advance(tx, run, now).map(advanced -> {
                if (!advanced) {
                    throw new IllegalStateException("somebody else loads the same file");
                }
                return now;
            });
        }));
    }

    private static Map<Kind, Long> counted(Map<Kind, Long> before, List<Outcome> outcomes) {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        counts.putAll(before);
        outcomes.forEach(outcome -> counts.merge(outcome.kind(), 1L, Long::sum));
        return counts;
    }

    /** Ends a load: api hears of those whom it made or joined, every subscribing institution of whom it knows. */
    public Uni<Void> finish(LoadRun run) {
        List<String> subscribers = sources.all().stream()
                .filter(Source::subscribes)
                .map(Source::id)
                .toList();
        return database.write(tx -> snapshots
                .owe(tx, run.id(), run.source(), run.id(), Ids.next(), subscribers)
                .chain(() -> store.finish(tx, run.id())));
    }
}
