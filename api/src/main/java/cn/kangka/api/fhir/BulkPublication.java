package cn.kangka.api.fhir;

import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is published for everybody by SMART Scheduling Links: a manifest, and of each hospital its places, sessions and bands as
 * files. Time is cut into pieces of {@code refresh}; within one, every file is made once, whoever and how many ask for it, and
 * kept until somebody asks in a later one. All replicas cut alike.
 */
@ApplicationScoped
class BulkPublication {
    private static final int PAGE = 1_000;

    private final BulkStore store;
    private final BulkConfig config;
    private final BulkResources resources;
    private final Clock clock;
    private final Map<String, Kept<?>> kept = new ConcurrentHashMap<>();

    BulkPublication(BulkStore store, BulkConfig config, Clock clock) {
        this.store = store;
        this.config = config;
        this.resources = new BulkResources(config);
        this.clock = clock;
    }

    /** What a file is about. */
    enum Kind {
        Location,
        Schedule,
        Slot
    }

    private record Kept<T>(Instant piece, Uni<T> value) {}

    /**
     * Which hospitals are published.
     *
     * @param at when
     */
    record Published(Instant at, List<String> hospitals) {}

    Uni<Published> published() {
        return once("", () -> store.hospitals(now(), end()).map(hospitals -> new Published(piece(), hospitals)));
    }

    /** One file; 404 when the hospital is not published. */
    Uni<BulkFile> file(String hospital, Kind kind) {
        return published()
                .invoke(all -> {
                    if (!all.hospitals().contains(hospital)) {
                        throw Problems.notFound();
                    }
                })
                .chain(() -> once(hospital + "/" + kind, () -> made(hospital, kind)));
    }

    /** The headers that caches need. */
    Map<String, String> caching(String tag) {
        return Map.of(
                "ETag",
                "W/\"" + tag + "\"",
                "Cache-Control",
                "public, max-age=" + config.refresh().toSeconds(),
                "Vary",
                "Accept-Encoding");
    }

    private Uni<BulkFile> made(String hospital, Kind kind) {
        BulkFile.Writing file = new BulkFile.Writing();
        OffsetDateTime now = now();
        OffsetDateTime end = end();
        return (switch (kind) {
                    case Location ->
                        written(
                                file,
                                after -> after == null ? store.places(hospital) : nothing(),
                                resources::location,
                                (BulkStore.Place) null);
                    case Schedule ->
                        written(
                                file,
                                after -> store.sessions(hospital, now, end, after, PAGE),
                                BulkResources::schedule,
                                (BulkStore.Session) null);
                    case Slot ->
                        written(
                                file,
                                after -> store.bands(hospital, now, end, after == null ? null : after.band(), PAGE),
                                band -> resources.slot(hospital, band),
                                (BulkStore.Band) null);
                })
                .map(done -> file.done());
    }

    private static <T> Uni<List<T>> nothing() {
        return Uni.createFrom().item(List.of());
    }

    /** Page after page; lines are made aside, because a page of them takes some milliseconds. */
    private static <T> Uni<Void> written(
            BulkFile.Writing file, Function<T, Uni<List<T>>> page, Function<T, ObjectNode> form, T after) {
        return page.apply(after)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(rows -> file.add(rows.stream().map(form).toList()))
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : written(file, page, form, rows.get(rows.size() - 1)));
    }

    private <T> Uni<T> once(String key, Supplier<Uni<T>> make) {
        Instant piece = piece();
        Kept<?> found = kept.compute(
                key,
                (same, before) -> before != null && before.piece().equals(piece) ? before : fresh(key, piece, make));
        @SuppressWarnings("unchecked")
        Uni<T> value = (Uni<T>) found.value();
        return value;
    }

    private <T> Kept<T> fresh(String key, Instant piece, Supplier<Uni<T>> make) {
        Uni<T> value = Uni.createFrom()
                .deferred(() -> make.get())
                .onFailure()
                .invoke(() ->
                        kept.computeIfPresent(key, (same, now) -> now.piece().equals(piece) ? null : now))
                .memoize()
                .indefinitely();
        return new Kept<>(piece, value);
    }

    private Instant piece() {
        long length = Math.max(1, config.refresh().toSeconds());
        return Instant.ofEpochSecond(clock.instant().getEpochSecond() / length * length);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private OffsetDateTime end() {
        return now().plusDays(config.days());
    }
}
