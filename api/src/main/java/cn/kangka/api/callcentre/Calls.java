package cn.kangka.api.callcentre;

import cn.kangka.api.account.Callers;
import cn.kangka.api.appointment.BookingAuthority;
import cn.kangka.api.callcentre.CallStore.Open;
import cn.kangka.api.callcentre.CheckTries.Taken;
import cn.kangka.api.person.Persons;
import cn.kangka.api.platform.Refusals;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** An agent's calls: find the caller, check who they are, then act for them. */
@ApplicationScoped
public class Calls implements BookingAuthority {
    private static final String EMPI = "empi";

    private final Database database;
    private final CallStore store;
    private final CheckTries tries;
    private final Persons persons;
    private final CallerClient index;
    private final Callers callers;
    private final Audit audit;
    private final CallConfig config;
    private final CallPolicy policy;
    private final Clock clock;

    Calls(
            Database database,
            CallStore store,
            CheckTries tries,
            Persons persons,
            @RestClient CallerClient index,
            Callers callers,
            Audit audit,
            CallConfig config,
            Clock clock) {
        this.database = database;
        this.store = store;
        this.tries = tries;
        this.persons = persons;
        this.index = index;
        this.callers = callers;
        this.audit = audit;
        this.config = config;
        this.policy = new CallPolicy(config.itemsForLevelOne(), config.tries());
        this.clock = clock;
    }

    /** Masked candidates; the search itself is in the audit. */
    Uni<List<Candidate>> search(CallerClient.Search search) {
        return audit.record(entry("caller.search", null, null))
                .chain(() -> Refusals.orUnavailable(EMPI, index.search(search)))
                .map(CallerClient.Found::items);
    }

    /** Opens a call with a person; the agent's earlier one ends. */
    Uni<Call> open(UUID person) {
        String agent = callers.actor();
        OffsetDateTime now = OffsetDateTime.now(clock);
        return persons.current(database.pool(), person)
                .flatMap(known -> database.write(tx -> store.endOpen(tx, agent, now)
                        .chain(() -> store.open(tx, agent, known, now, now.plus(config.longest())))
                        .call(call -> audit.record(tx, entry("call.open", known, call.id())))))
                .flatMap(call -> view(database.pool(), call));
    }

    /**
     * Compares the caller's answers; the call's level rises or a try is gone. Which item was wrong is never told.
     *
     * @return fails with 409 {@code call-needs-supervisor} when person or agent have no try left, and then the index is
     *     not asked; 503 when the index does not answer (that try does not count)
     */
    Uni<Call> check(UUID id, Answers answers) {
        return mine(id).flatMap(call -> persons.current(database.pool(), call.person())
                .flatMap(person -> take(call, person).flatMap(taken -> ask(person, answers, taken)
                        .flatMap(passed -> checked(call, taken, passed)))));
    }

    private Uni<Taken> take(Open call, UUID person) {
        return database.write(tx -> tries.take(tx, callers.actor(), person))
                .onFailure(HttpProblem.class)
                .call(refused -> audit.record(denied(call).because(rule(refused))));
    }

    private static String rule(Throwable refused) {
        return refused instanceof HttpProblem problem && problem.getParameters().get("rule") instanceof String rule
                ? rule
                : null;
    }

    private Uni<Boolean> ask(UUID person, Answers answers, Taken taken) {
        return Refusals.orUnavailable(EMPI, index.check(person, answers))
                .map(outcome -> policy.passes(outcome.asked(), outcome.passed()))
                .onFailure()
                .call(() -> tries.giveBack(database.pool(), taken));
    }

    private Uni<Call> checked(Open call, Taken taken, boolean passed) {
        AuditEntry entry = passed ? entry("call.check", call.person(), call.id()) : denied(call);
        return database.write(
                tx -> (passed ? tries.giveBack(tx, taken) : Uni.createFrom().voidItem())
                        .chain(() -> store.checked(tx, call.id(), passed))
                        .call(() -> audit.record(tx, entry))
                        .flatMap(done -> view(tx, done)));
    }

    /**
     * A supervisor in a call with the person takes the failures back that block checks about them.
     *
     * @param reason why, in the supervisor's words; it is in the audit, and the citizen can read it there
     */
    Uni<Call> lift(UUID id, String reason) {
        return mine(id).flatMap(call -> persons.current(database.pool(), call.person())
                .flatMap(person -> database.write(tx -> tries.lift(tx, person)
                        .chain(() -> audit.record(
                                tx, entry("call.lift", person, call.id()).because(reason)))
                        .chain(() -> view(tx, call)))));
    }

    /** Ends the agent's call; ending it twice is no error. */
    Uni<Void> end(UUID id) {
        String agent = callers.actor();
        OffsetDateTime now = OffsetDateTime.now(clock);
        return mine(id).flatMap(call -> database.write(tx ->
                store.endOpen(tx, agent, now).chain(() -> audit.record(tx, entry("call.end", call.person(), id)))));
    }

    @Override
    public Uni<Boolean> mayActFor(String staff, UUID person) {
        return store.verified(database.pool(), staff, person, OffsetDateTime.now(clock));
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return tries.forget(database.pool()).replaceWithVoid();
    }

    private Uni<Open> mine(UUID id) {
        return store.find(database.pool(), id, callers.actor(), OffsetDateTime.now(clock))
                .onItem()
                .ifNull()
                .failWith(Problems::notFound);
    }

    private Uni<Call> view(SqlClient client, Open call) {
        return persons.current(client, call.person())
                .flatMap(person -> tries.left(client, person))
                .map(left -> new Call(call.id(), call.person(), call.level(), left, call.expiresAt()));
    }

    private AuditEntry denied(Open call) {
        return AuditEntry.denied(
                callers.actorKind(),
                callers.actor(),
                "call.check",
                call.person(),
                call.id().toString());
    }

    private AuditEntry entry(String action, UUID person, UUID object) {
        return AuditEntry.allowed(
                callers.actorKind(), callers.actor(), action, person, object == null ? null : object.toString());
    }
}
