package cn.kangka.api.callcentre;

import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * Counts identity checks on the phone. A try is taken before it is known to be wrong, from the person and from the agent
 * at once, and given back when it was right or when nobody could tell: so many checks at the same moment count like
 * checks one after the other, and a crash costs a try rather than giving one away.
 */
@ApplicationScoped
class CheckTries {
    private static final String AGENT = "AGENT";
    private static final String PERSON = "PERSON";

    /** Both or none: a row that is not returned has no try left. $5 and $6 are where the windows begin. */
    private static final String TAKE = """
            insert into check_tries as t (kind, subject, used, since)
            values ('AGENT', $1, 1, $3::timestamptz), ('PERSON', $2, 1, $3::timestamptz)
            on conflict (kind, subject) do update set
                used = case when t.since <= case t.kind when 'AGENT' then $4::timestamptz else $5::timestamptz end
                    then 1 else t.used + 1 end,
                since = case when t.used = 0
                        or t.since <= case t.kind when 'AGENT' then $4::timestamptz else $5::timestamptz end
                    then excluded.since else t.since end
            where t.since <= case t.kind when 'AGENT' then $4::timestamptz else $5::timestamptz end
                or t.used < case t.kind when 'AGENT' then $6::int else $7::int end
            returning kind, since
            """;

    /** Locks in the order in which tries are taken; a window that began anew meanwhile owes nothing. */
    private static final String GIVE_BACK = """
            with mine as (
                select kind, subject from check_tries
                where (kind = 'AGENT' and subject = $1 and since = $3)
                    or (kind = 'PERSON' and subject = $2 and since = $4)
                order by kind for update)
            update check_tries t set used = greatest(t.used - 1, 0)
            from mine where t.kind = mine.kind and t.subject = mine.subject
            """;

    /** A try that was taken: whose, and of which windows. */
    record Taken(String agent, UUID person, OffsetDateTime agentSince, OffsetDateTime personSince) {}

    private final CallConfig config;
    private final CallPolicy policy;
    private final Clock clock;

    CheckTries(CallConfig config, Clock clock) {
        this.config = config;
        this.policy = new CallPolicy(config.itemsForLevelOne(), config.tries());
        this.clock = clock;
    }

    /** Takes a try; fails with 409 {@code call-needs-supervisor} when the person or the agent has none left. */
    Uni<Taken> take(SqlConnection tx, String agent, UUID person) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return tx.preparedQuery(TAKE)
                .execute(Tuple.from(List.of(
                        agent,
                        person.toString(),
                        now,
                        now.minus(config.agentWindow()),
                        now.minus(config.window()),
                        config.agentTries(),
                        config.tries())))
                .flatMap(rows -> {
                    OffsetDateTime agentSince = since(rows, AGENT);
                    OffsetDateTime personSince = since(rows, PERSON);
                    if (personSince == null) {
                        return refused(tx, PERSON, person.toString(), config.window());
                    }
                    return agentSince == null
                            ? refused(tx, AGENT, agent, config.agentWindow())
                            : Uni.createFrom().item(new Taken(agent, person, agentSince, personSince));
                });
    }

    /** Gives a try back: it was right, or nobody could tell. */
    Uni<Void> giveBack(SqlClient client, Taken taken) {
        return client.preparedQuery(GIVE_BACK)
                .execute(Tuple.of(taken.agent(), taken.person().toString(), taken.agentSince(), taken.personSince()))
                .replaceWithVoid();
    }

    /** How many checks about the person may still fail, whoever asks. */
    Uni<Integer> left(SqlClient client, UUID person) {
        return client.preparedQuery("select used from check_tries where kind = $1 and subject = $2 and since > $3")
                .execute(Tuple.of(
                        PERSON, person.toString(), OffsetDateTime.now(clock).minus(config.window())))
                .map(rows -> policy.triesLeft(
                        rows.iterator().hasNext() ? rows.iterator().next().getInteger(0) : 0));
    }

    /** The person's failures no longer count. */
    Uni<Void> lift(SqlConnection tx, UUID person) {
        return tx.preparedQuery("delete from check_tries where kind = $1 and subject = $2")
                .execute(Tuple.of(PERSON, person.toString()))
                .replaceWithVoid();
    }

    /** Removes what no window reaches any more; a row that somebody is just using stays for another time. */
    Uni<Integer> forget(SqlClient client) {
        Duration longer = config.window().compareTo(config.agentWindow()) > 0 ? config.window() : config.agentWindow();
        return client.preparedQuery("delete from check_tries where (kind, subject) in"
                        + " (select kind, subject from check_tries where since <= $1 for update skip locked)")
                .execute(Tuple.of(OffsetDateTime.now(clock).minus(longer)))
                .map(RowSet::rowCount);
    }

    private Uni<Taken> refused(SqlConnection tx, String kind, String subject, Duration window) {
        return tx.preparedQuery("select since from check_tries where kind = $1 and subject = $2")
                .execute(Tuple.of(kind, subject))
                .map(rows -> rows.iterator().next().getOffsetDateTime(0).plus(window))
                .map(lifts -> lifts.atZoneSameInstant(clock.getZone()).toOffsetDateTime())
                .flatMap(lifts -> Uni.createFrom().failure(refusal(kind, lifts)));
    }

    private static HttpProblem refusal(String kind, OffsetDateTime liftsAt) {
        String rule = kind.equals(PERSON) ? CallPolicy.TRIES_PER_PERSON : CallPolicy.TRIES_PER_AGENT;
        return Problems.refused("call-needs-supervisor", rule, liftsAt);
    }

    private static OffsetDateTime since(RowSet<Row> rows, String kind) {
        for (Row row : rows) {
            if (row.getString("kind").equals(kind)) {
                return row.getOffsetDateTime("since");
            }
        }
        return null;
    }
}
