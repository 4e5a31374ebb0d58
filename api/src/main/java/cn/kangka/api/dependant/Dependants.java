package cn.kangka.api.dependant;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.api.account.Relatives;
import cn.kangka.api.dependant.DependantPolicy.Ground;
import cn.kangka.api.person.Person;
import cn.kangka.api.person.Persons;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** For whom a citizen books: made, agreed to, ended, asked. */
@ApplicationScoped
public class Dependants {
    private static final String ADD = "dependant.add";

    private final Database database;
    private final Callers callers;
    private final Denials denials;
    private final Relatives relatives;
    private final Persons persons;
    private final DependantStore store;
    private final DependantNews news;
    private final Audit audit;
    private final Clock clock;
    private final DependantConfig config;
    private final DependantPolicy policy;

    Dependants(
            Database database,
            Callers callers,
            Denials denials,
            Relatives relatives,
            Persons persons,
            DependantStore store,
            DependantNews news,
            Audit audit,
            Clock clock,
            DependantConfig config) {
        this.database = database;
        this.callers = callers;
        this.denials = denials;
        this.relatives = relatives;
        this.persons = persons;
        this.store = store;
        this.news = news;
        this.audit = audit;
        this.clock = clock;
        this.config = config;
        this.policy = new DependantPolicy(config.consentAge(), config.adultAge());
    }

    /** For whom the caller books. */
    public Uni<Page<DependantView>> mine() {
        return callers.citizen(1)
                .chain(caller -> store.ofAccount(database.pool(), caller.account()))
                .map(all -> new Page<>(
                        all.stream()
                                .filter(each -> policy.holds(each.ground(), each.birth(), LocalDate.now(clock)))
                                .filter(each -> each.active() || waits(each))
                                .map(DependantStore.Relation::view)
                                .toList(),
                        null));
    }

    /** Who books for the caller. */
    public Uni<Page<DependantView.Carer>> carers() {
        return callers.citizen(config.level())
                .chain(caller -> store.carers(database.pool(), caller.person()))
                .map(all -> new Page<>(all, null));
    }

    /**
     * Adds somebody: a child at once, anybody else once they agreed.
     *
     * @return fails with 422 {@code dependant-not-confirmed} whatever was wrong, 409 {@code dependants-too-many}, 429 and 503 as
     *     for one's own real name
     */
    public Uni<DependantView> add(DependantRequest request) {
        String phone = request.phone() == null || request.phone().isBlank()
                ? null
                : request.phone().strip();
        return callers.citizen(config.level()).chain(caller -> room(caller)
                .chain(() -> relatives.find(
                        caller.account(),
                        request.name().strip(),
                        request.idType().strip(),
                        request.idNumber().strip(),
                        phone))
                .chain(found -> person(caller, found.person())
                        .chain(person -> add(caller, person, request, found.ownPhone() ? null : phone))));
    }

    private Uni<Person> person(Caller caller, UUID found) {
        return persons.current(database.pool(), found).chain(now -> {
            if (now.equals(caller.person())) {
                throw Problems.invalid("idNumber", "own-person");
            }
            return persons.find(database.pool(), now)
                    .chain(person -> person == null || person.suspect()
                            ? denials.refuse(notConfirmed(), ADD, now, null)
                            : Uni.createFrom().item(person));
        });
    }

    private Uni<Void> room(Caller caller) {
        return store.ofAccount(database.pool(), caller.account())
                .invoke(this::refuseTooMany)
                .replaceWithVoid();
    }

    private void refuseTooMany(List<DependantStore.Relation> all) {
        LocalDate today = LocalDate.now(clock);
        long open = all.stream()
                .filter(each -> each.active() ? policy.holds(each.ground(), each.birth(), today) : waits(each))
                .count();
        if (open >= config.perAccount()) {
            throw Problems.refused("dependants-too-many", "dependant.per-account", null, config.perAccount());
        }
    }

    private boolean waits(DependantStore.Relation pending) {
        return pending.view().expiresAt() != null && pending.view().expiresAt().isAfter(OffsetDateTime.now(clock));
    }

    private Uni<DependantView> add(Caller caller, Person person, DependantRequest request, String phone) {
        return store.hasAccount(database.pool(), person.id()).chain(account -> {
            Ground ground = policy.ground(person.birthDate(), account, LocalDate.now(clock));
            if (ground == Ground.CONSENT && phone == null) {
                return denials.refuse(notConfirmed(), ADD, person.id(), null);
            }
            UUID id = Ids.at(clock.instant().toEpochMilli());
            String asked = ground == Ground.CONSENT ? phone : null;
            return database.write(tx -> add(tx, id, caller, person.id(), request, ground, asked))
                    .call(view -> asked == null || !view.id().equals(id)
                            ? Uni.createFrom().voidItem()
                            : relatives.sendCode(asked, id))
                    .invoke(news::wake);
        });
    }

    private Uni<DependantView> add(
            SqlConnection tx,
            UUID id,
            Caller caller,
            UUID person,
            DependantRequest request,
            Ground ground,
            String phone) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return store.lock(tx, caller.account())
                .chain(() -> store.sweep(tx, now, adultsBornUntil()))
                .chain(() -> store.ofAccount(tx, caller.account()))
                .chain(all -> {
                    DependantStore.Relation same = all.stream()
                            .filter(each -> each.person().equals(person))
                            .findFirst()
                            .orElse(null);
                    if (same != null && same.active()) {
                        return Uni.createFrom().item(same.view());
                    }
                    if (same == null) {
                        refuseTooMany(all);
                    }
                    return (same == null ? Uni.createFrom().voidItem() : store.end(tx, same.id(), "CARER", now))
                            .chain(() -> store.add(
                                    tx,
                                    id,
                                    caller.account(),
                                    person,
                                    request.relation(),
                                    ground,
                                    phone,
                                    now,
                                    now.plus(config.pendingFor())))
                            .chain(() -> audited(tx, caller, ADD, person, id))
                            .chain(() -> phone == null
                                    ? news.added(tx, person, id)
                                    : Uni.createFrom().voidItem())
                            .chain(() -> store.lockOne(tx, id))
                            .map(DependantStore.Relation::view);
                });
    }

    private LocalDate adultsBornUntil() {
        return LocalDate.now(clock).minusYears(config.adultAge());
    }

    /** The person agreed: the code from their phone. 422 {@code dependant-code-wrong} for a wrong or old one. */
    public Uni<DependantView> agree(UUID id, String code) {
        return callers.citizen(config.level())
                .chain(caller -> database.write(tx -> agree(tx, caller, id, code)))
                .onItem()
                .ifNull()
                .failWith(() -> Problems.of(422, "dependant-code-wrong"))
                .invoke(news::wake);
    }

    /** Null for a wrong code, so that the try is committed. */
    private Uni<DependantView> agree(SqlConnection tx, Caller caller, UUID id, String code) {
        return store.lockOne(tx, id).chain(found -> {
            if (found == null || !found.account().equals(caller.account())) {
                return Uni.createFrom().failure(Problems.notFound());
            }
            if (found.active()) {
                return Uni.createFrom().item(found.view());
            }
            return relatives
                    .useCode(tx, found.phone(), id, code)
                    .chain(right -> right
                            ? store.agree(tx, id, OffsetDateTime.now(clock))
                                    .chain(() -> audited(tx, caller, "dependant.agree", found.person(), id))
                                    .chain(() -> news.added(tx, found.person(), id))
                                    .chain(() -> store.lockOne(tx, id))
                                    .map(DependantStore.Relation::view)
                            : Uni.createFrom().<DependantView>nullItem());
        });
    }

    /** The carer ends it, at once; 404 when it is not theirs. */
    public Uni<Void> end(UUID id) {
        return callers.citizen(1)
                .chain(caller -> database.write(tx -> store.lockOne(tx, id)
                        .chain(found -> found == null || !found.account().equals(caller.account())
                                ? Uni.createFrom().failure(Problems.notFound())
                                : end(tx, caller, found, "CARER"))))
                .invoke(news::wake);
    }

    /** The dependant ends it, at once; 404 when it is not about them. */
    public Uni<Void> refuse(UUID id) {
        return callers.citizen(config.level())
                .chain(caller -> database.write(tx -> store.lockOne(tx, id)
                        .chain(found -> found == null
                                        || !found.active()
                                        || !found.person().equals(caller.person())
                                ? Uni.createFrom().failure(Problems.notFound())
                                : end(tx, caller, found, "DEPENDANT")
                                        .chain(() -> news.ended(tx, found.account(), id)))))
                .invoke(news::wake);
    }

    private Uni<Void> end(SqlConnection tx, Caller caller, DependantStore.Relation found, String by) {
        return store.end(tx, found.id(), by, OffsetDateTime.now(clock))
                .chain(() -> audited(tx, caller, "dependant.end", found.person(), found.id()));
    }

    /** What time ends: codes that nobody gave, minors who came of age. */
    @Scheduled(every = "5m", delayed = "90s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return database.write(tx -> store.sweep(tx, OffsetDateTime.now(clock), adultsBornUntil()))
                .replaceWithVoid();
    }

    private Uni<Void> audited(SqlConnection tx, Caller caller, String action, UUID person, UUID id) {
        return audit.record(
                tx, AuditEntry.allowed("CITIZEN", caller.account().toString(), action, person, id.toString()));
    }

    private static HttpProblem notConfirmed() {
        return Problems.of(422, "dependant-not-confirmed");
    }
}
