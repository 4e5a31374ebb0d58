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
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Adds somebody to book for: found, judged, written, and asked where they have to agree. */
@ApplicationScoped
class DependantMaking {
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

    DependantMaking(
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

    /**
     * Who is added.
     *
     * @param phone where they are asked; null for a child, who is not
     */
    private record Wanted(UUID person, Ground ground, String phone, DependantRequest.Relation relation) {}

    /**
     * Adds somebody: a child at once, anybody else once they agreed.
     *
     * @return fails with 422 {@code dependant-not-confirmed} whatever was wrong, 409 {@code dependants-too-many}, 429 and 503 as
     *     for one's own real name
     */
    Uni<DependantView> add(DependantRequest request) {
        return callers.citizen(config.level())
                .chain(caller -> store.ofAccount(database.pool(), caller.account())
                        .invoke(this::refuseTooMany)
                        .chain(() -> find(caller, request))
                        .call(() -> relatives.right(caller.account()))
                        .chain(wanted -> write(caller, wanted)))
                .invoke(news::wake);
    }

    private Uni<Wanted> find(Caller caller, DependantRequest request) {
        String phone = relatives.phone(request.phone());
        return relatives
                .find(
                        caller.account(),
                        request.name().strip(),
                        request.idType().strip(),
                        request.idNumber().strip(),
                        phone)
                .chain(found -> judge(caller, found.person(), found.ownPhone() ? null : phone, request.relation()));
    }

    /** A child is the carer's by the carer's own phone on the record, an adult agrees by theirs; never the other way round. */
    private Uni<Wanted> judge(Caller caller, UUID found, String phone, DependantRequest.Relation relation) {
        return person(caller, found)
                .chain(person -> store.hasAccount(database.pool(), person.id()).chain(account -> {
                    Ground ground = policy.ground(person.birthDate(), account, LocalDate.now(clock));
                    boolean asked = phone != null;
                    return asked == (ground == Ground.CONSENT)
                            ? Uni.createFrom().item(new Wanted(person.id(), ground, phone, relation))
                            : denials.refuse(notConfirmed(), ADD, person.id(), null);
                }));
    }

    private Uni<Person> person(Caller caller, UUID found) {
        return persons.current(database.pool(), found).chain(now -> {
            if (now.equals(caller.person())) {
                return relatives.right(caller.account()).chain(() -> Uni.createFrom()
                        .failure(Problems.invalid("idNumber", "own-person")));
            }
            return persons.find(database.pool(), now)
                    .chain(person -> person == null || person.suspect()
                            ? denials.refuse(notConfirmed(), ADD, now, null)
                            : Uni.createFrom().item(person));
        });
    }

    /** Anew when the person was merged away meanwhile: the survivor may be of another age, or have an account. */
    private Uni<DependantView> write(Caller caller, Wanted wanted) {
        return database.write(tx -> write(tx, caller, wanted)).onItem().ifNull().switchTo(() -> judge(
                        caller, wanted.person(), wanted.phone(), wanted.relation())
                .chain(again -> write(caller, again)));
    }

    /** Null when the person was merged away. */
    private Uni<DependantView> write(SqlConnection tx, Caller caller, Wanted wanted) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return store.lock(tx, caller.account())
                .chain(() -> persons.currentLocked(tx, wanted.person()))
                .chain(person -> person.equals(wanted.person())
                        ? store.sweep(tx, now, LocalDate.now(clock).minusYears(config.adultAge()), caller.account())
                                .chain(() -> store.ofAccount(tx, caller.account()))
                                .chain(all -> write(tx, caller, wanted, all, now))
                        : Uni.createFrom().nullItem());
    }

    private Uni<DependantView> write(
            SqlConnection tx, Caller caller, Wanted wanted, List<DependantStore.Relation> all, OffsetDateTime now) {
        return all.stream()
                .filter(each -> each.person().equals(wanted.person()))
                .findFirst()
                .map(each -> store.lockOne(tx, each.id()))
                .orElseGet(() -> Uni.createFrom().nullItem())
                .chain(same -> {
                    if (same == null) {
                        refuseTooMany(all);
                        return make(tx, caller, wanted, now);
                    }
                    if (same.active()) {
                        return Uni.createFrom().item(same.view());
                    }
                    return same.waits(now) && same.phone().equals(wanted.phone())
                            ? askAgain(tx, same, now)
                            : store.end(tx, same.id(), "CARER", now).chain(() -> make(tx, caller, wanted, now));
                });
    }

    private Uni<DependantView> make(SqlConnection tx, Caller caller, Wanted wanted, OffsetDateTime now) {
        UUID id = Ids.at(now.toInstant().toEpochMilli());
        OffsetDateTime expires = now.plus(config.pendingFor());
        return store.add(
                        tx,
                        id,
                        caller.account(),
                        wanted.person(),
                        wanted.relation(),
                        wanted.ground(),
                        wanted.phone(),
                        now,
                        expires)
                .chain(() -> audit.record(
                        tx,
                        AuditEntry.allowed(
                                "CITIZEN", caller.account().toString(), ADD, wanted.person(), id.toString())))
                .chain(() -> wanted.phone() == null
                        ? news.added(tx, wanted.person(), id)
                        : relatives.sendCode(tx, wanted.phone(), id, config.pendingFor()))
                .chain(() -> store.lockOne(tx, id))
                .map(DependantStore.Relation::view);
    }

    /** Another code for the same wish, once the phone may get one; until then the one that it got stays good. */
    private Uni<DependantView> askAgain(SqlConnection tx, DependantStore.Relation same, OffsetDateTime now) {
        return relatives
                .sendCode(tx, same.phone(), same.id(), config.pendingFor())
                .replaceWith(true)
                .onFailure(HttpProblem.class)
                .recoverWithItem(false)
                .chain(sent -> sent
                        ? store.prolong(tx, same.id(), now.plus(config.pendingFor()))
                        : Uni.createFrom().voidItem())
                .chain(() -> store.lockOne(tx, same.id()))
                .map(DependantStore.Relation::view);
    }

    private void refuseTooMany(List<DependantStore.Relation> all) {
        if (all.stream().filter(this::open).count() >= config.perAccount()) {
            throw Problems.refused("dependants-too-many", "dependant.per-account", null, config.perAccount());
        }
    }

    /** Whether it holds now, or may still be agreed to. */
    boolean open(DependantStore.Relation relation) {
        return relation.active()
                ? policy.holds(relation.ground(), relation.birth(), LocalDate.now(clock))
                : relation.waits(OffsetDateTime.now(clock));
    }

    private static HttpProblem notConfirmed() {
        return Problems.of(422, "dependant-not-confirmed");
    }
}
