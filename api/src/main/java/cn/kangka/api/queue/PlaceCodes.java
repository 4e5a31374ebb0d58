package cn.kangka.api.queue;

import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** The codes on clinics' walls: shown to the hospital's own terminals and clerks, and checked. */
@ApplicationScoped
public class PlaceCodes {
    private static final String PURPOSE = "check-in-place";
    /** A try is taken before it is known to be wrong: many at once count like one after the other. */
    private static final String TAKE = """
            insert into check_in_tries as t (who, used, since) values ($1, 1, $2)
            on conflict (who) do update set
                used = case when t.since <= $3 then 1 else t.used + 1 end,
                since = case when t.since <= $3 or t.used = 0 then excluded.since else t.since end
            where t.since <= $3 or t.used < $4
            returning used
            """;

    private final Callers callers;
    private final Denials denials;
    private final Database database;
    private final QueueStore store;
    private final QueueConfig config;
    private final Clock clock;
    private final PlaceCodePolicy codes;

    PlaceCodes(
            Callers callers,
            Denials denials,
            Database database,
            QueueStore store,
            QueueConfig config,
            Clock clock,
            Sealer sealer) {
        this.callers = callers;
        this.denials = denials;
        this.database = database;
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.codes = new PlaceCodePolicy(config.placeCodeShown(), text -> sealer.hash(PURPOSE, text));
    }

    /**
     * The code to show at a department now, to a terminal, system or clerk of its hospital; 404 for others.
     */
    public Uni<PlaceCodeView> shown(UUID department) {
        return store.hospitalOfDepartment(database.pool(), department)
                .chain(hospital -> hospital != null && callers.sources().contains(hospital)
                        ? Uni.createFrom().item(view(department))
                        : denials.notFound("queue.place-code", null, department.toString()));
    }

    private PlaceCodeView view(UUID department) {
        Instant now = clock.instant();
        String code = codes.code(department, now);
        String path = "/check-in/" + code;
        return new PlaceCodeView(
                code,
                path,
                config.appUrl().replaceAll("/+$", "") + path,
                codes.until(now).atZone(clock.getZone()).toOffsetDateTime());
    }

    /** Completes when the code is the department's; 409 {@code place-code} when not, 429 after too many that were not. */
    Uni<Void> check(String who, UUID department, String code) {
        return take(who)
                .chain(() -> codes.good(department, code, clock.instant())
                        ? giveBack(who)
                        : Uni.createFrom().failure(QueueRefusals.wrongPlaceCode()));
    }

    private Uni<Void> take(String who) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return database.pool()
                .preparedQuery(TAKE)
                .execute(Tuple.of(who, now, now.minus(config.placeCodeTriesWithin()), config.placeCodeTries()))
                .chain(rows -> rows.size() > 0 ? Uni.createFrom().voidItem() : refused(who, now));
    }

    private Uni<Void> refused(String who, OffsetDateTime now) {
        return database.pool()
                .preparedQuery("select since from check_in_tries where who = $1")
                .execute(Tuple.of(who))
                .map(rows -> rows.iterator().next().getOffsetDateTime(0))
                .chain(since -> Uni.createFrom()
                        .failure(Problems.tooMany(
                                "place-code-tries",
                                Duration.between(now, since.plus(config.placeCodeTriesWithin())),
                                clock)));
    }

    private Uni<Void> giveBack(String who) {
        return database.pool()
                .preparedQuery("update check_in_tries set used = greatest(used - 1, 0) where who = $1")
                .execute(Tuple.of(who))
                .replaceWithVoid();
    }

    /** Forgets what no window reaches any more. */
    Uni<Integer> forget() {
        return database.pool()
                .preparedQuery("delete from check_in_tries where who in"
                        + " (select who from check_in_tries where since <= $1 for update skip locked)")
                .execute(Tuple.of(OffsetDateTime.now(clock).minus(config.placeCodeTriesWithin())))
                .map(RowSet<Row>::rowCount);
    }
}
