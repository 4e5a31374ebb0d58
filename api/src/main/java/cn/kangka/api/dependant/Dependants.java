package cn.kangka.api.dependant;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Relatives;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/** For whom a citizen books: made, agreed to, ended, asked. */
@ApplicationScoped
public class Dependants {
    private final Database database;
    private final Callers callers;
    private final DependantMaking making;
    private final Relatives relatives;
    private final DependantStore store;
    private final DependantNews news;
    private final Audit audit;
    private final Clock clock;
    private final DependantConfig config;

    Dependants(
            Database database,
            Callers callers,
            DependantMaking making,
            Relatives relatives,
            DependantStore store,
            DependantNews news,
            Audit audit,
            Clock clock,
            DependantConfig config) {
        this.database = database;
        this.callers = callers;
        this.making = making;
        this.relatives = relatives;
        this.store = store;
        this.news = news;
        this.audit = audit;
        this.clock = clock;
        this.config = config;
    }

    /** For whom the caller books. */
    public Uni<Page<DependantView>> mine() {
        return callers.citizen(1)
                .chain(caller -> store.ofAccount(database.pool(), caller.account()))
                .map(all -> new Page<>(
                        all.stream()
                                .filter(making::open)
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

    /** Adds somebody: {@link DependantMaking#add}. */
    public Uni<DependantView> add(DependantRequest request) {
        return making.add(request);
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
}
