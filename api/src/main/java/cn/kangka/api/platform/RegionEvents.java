package cn.kangka.api.platform;

import cn.kangka.api.platform.RegionEventBatch.Outcome;
import cn.kangka.api.platform.RegionEventBatch.Result;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import cn.kangka.kit.trace.Traces;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Applies events of the index: each in a transaction of its own, exactly once by its id, in order within an aggregate,
 * unrelated aggregates side by side but bounded, and within the trace of what caused it.
 */
@ApplicationScoped
class RegionEvents {
    private static final Logger LOG = Logger.getLogger(RegionEvents.class);

    private static final String INDEX = "empi";

    private final Database database;
    private final RegionEventsConfig config;
    private final Vertx vertx;
    private final Map<String, RegionEventHandler> handlers = new HashMap<>();

    RegionEvents(Database database, RegionEventsConfig config, Vertx vertx, @All List<RegionEventHandler> found) {
        this.database = database;
        this.config = config;
        this.vertx = vertx;
        found.forEach(handler -> handler.types().forEach(type -> register(type, handler)));
    }

    private void register(String type, RegionEventHandler handler) {
        if (handlers.put(type, handler) != null) {
            throw new IllegalStateException("two handlers of " + type);
        }
    }

    /** Applies what the index tells; another service has nothing to tell here (403). */
    Uni<List<Result>> take(String issuer, List<RegionEvent> events) {
        if (!INDEX.equals(issuer)) {
            return Uni.createFrom().failure(Problems::forbidden);
        }
        Map<String, List<RegionEvent>> byAggregate = events.stream()
                .collect(Collectors.groupingBy(RegionEvent::aggregate, LinkedHashMap::new, Collectors.toList()));
        return Multi.createFrom()
                .iterable(byAggregate.values())
                .onItem()
                .transformToUni(this::inOrder)
                .merge(config.concurrency())
                .collect()
                .asList()
                .map(groups -> inOrderOf(events, groups));
    }

    private static List<Result> inOrderOf(List<RegionEvent> events, List<List<Result>> groups) {
        Map<UUID, Result> byId = new HashMap<>();
        groups.forEach(group -> group.forEach(result -> byId.put(result.id(), result)));
        return events.stream().map(event -> byId.get(event.id())).toList();
    }

    private Uni<List<Result>> inOrder(List<RegionEvent> events) {
        return next(events, new ArrayList<>());
    }

    private Uni<List<Result>> next(List<RegionEvent> events, List<Result> results) {
        if (results.size() == events.size()) {
            return Uni.createFrom().item(results);
        }
        RegionEvent event = events.get(results.size());
        boolean blocked = !results.isEmpty() && results.get(results.size() - 1).outcome() != Outcome.DONE;
        Uni<Result> result = blocked
                ? Uni.createFrom().item(new Result(event.id(), Outcome.RETRY, "an earlier one of its aggregate waits"))
                : apart(event);
        return result.invoke(results::add).chain(() -> next(events, results));
    }

    /** On a context of its own, because the trace lives on the context and other events run beside it. */
    private Uni<Result> apart(RegionEvent event) {
        return Contexts.apart(
                vertx,
                () -> Traces.within(
                        event.trace(), "region-event " + event.type(), SpanKind.CONSUMER, () -> apply(event)));
    }

    private Uni<Result> apply(RegionEvent event) {
        RegionEventHandler handler = handlers.get(event.type());
        if (handler == null) {
            return Uni.createFrom().item(new Result(event.id(), Outcome.RETRY, "nobody handles " + event.type()));
        }
        return database.write(tx -> firstTime(tx, event)
                        .flatMap(first -> first
                                ? handler.apply(tx, event)
                                : Uni.createFrom().voidItem()))
                .replaceWith(Result.done(event.id()))
                .onFailure()
                .recoverWithItem(failure -> failed(event, failure));
    }

    private static Uni<Boolean> firstTime(SqlConnection tx, RegionEvent event) {
        return tx.preparedQuery("insert into seen_event (id, caused_at) values ($1, $2) on conflict do nothing")
                .execute(Tuple.of(event.id(), event.at()))
                .map(inserted -> inserted.rowCount() == 1);
    }

    private static Result failed(RegionEvent event, Throwable failure) {
        Result result = RegionEventFailures.judge(event, failure);
        if (!(failure instanceof NotYet)) {
            LOG.warnf("event %s (%s): %s, %s", event.id(), event.type(), result.outcome(), result.reason());
        }
        return result;
    }

    /** How far this service is: when the last event was applied, and when the newest applied one was caused. */
    Uni<RegionEventBatch.Status> status() {
        return database.pool()
                .query("select (select max(seen_at) from seen_event) as applied,"
                        + " (select max(caused_at) from seen_event) as caused")
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row ->
                        new RegionEventBatch.Status(row.getOffsetDateTime("applied"), row.getOffsetDateTime("caused")));
    }

    /** Forgets what was applied long ago. */
    Uni<Integer> prune() {
        return database.pool()
                .preparedQuery("delete from seen_event where seen_at < now() - $1 * interval '1 second'")
                .execute(Tuple.of(config.remembered().toSeconds()))
                .map(rows -> rows.rowCount());
    }
}
