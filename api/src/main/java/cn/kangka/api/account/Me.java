package cn.kangka.api.account;

import cn.kangka.api.person.Person;
import cn.kangka.api.person.Persons;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.masking.Masks;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;

/** What an account shows its owner. */
@ApplicationScoped
public class Me {
    private static final Logger LOG = Logger.getLogger(Me.class);

    private final Database database;
    private final Callers callers;
    private final AccountStore accounts;
    private final Persons persons;
    private final Audit audit;
    private final List<SummaryPart> parts;

    Me(
            Database database,
            Callers callers,
            AccountStore accounts,
            Persons persons,
            Audit audit,
            @All List<SummaryPart> parts) {
        this.database = database;
        this.callers = callers;
        this.accounts = accounts;
        this.persons = persons;
        this.audit = audit;
        this.parts = parts;
    }

    /** The own account. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "The caller's own account")
    record View(
            UUID id,

            @Schema(description = "0 phone only, 1 named, 2 real name, 3 verified in person")
            int level,

            @Schema(description = "ACTIVE or SUSPENDED") String status,

            @Schema(description = "The own name; absent until real name")
            String name,

            @Schema(description = "Masked") String phone,
            @Schema(description = "Absent until real name") UUID person,
            @Schema(description = "zh-CN or en") String locale) {}

    Uni<View> view() {
        return callers.citizenOfAnyStatus().flatMap(caller -> database.read(connection -> accounts.find(
                                connection, caller.account())
                        .flatMap(account -> person(connection, account.person()).map(person -> view(account, person))))
                .call(() -> audit.record(seen(caller, "account.read"))));
    }

    /** The home screen's share: account, level, masked name, and what the features add. */
    Uni<Map<String, Object>> summary() {
        return callers.citizen(0).flatMap(caller -> database.read(connection -> summary(connection, caller))
                .call(() -> audit.record(seen(caller, "summary.read"))));
    }

    /** The summary of nobody, so that the first citizen's home screen does not wait for classes and statements. */
    void warmUp(@Observes StartupEvent event) {
        Caller nobody = new Caller(new UUID(0, 0), new UUID(0, 0), 2, "app");
        database.read(connection -> summary(connection, nobody))
                .subscribe()
                .with(
                        empty -> LOG.debug("the summary was asked for"),
                        failure -> LOG.infof(
                                "the summary could not be asked for at start: %s",
                                failure.getClass().getName()));
    }

    private Uni<Map<String, Object>> summary(SqlConnection connection, Caller caller) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("account", caller.account());
        summary.put("level", caller.level());
        Uni<Void> filled = person(connection, caller.person())
                .invoke(person -> put(summary, "name", person == null ? null : Masks.name(person.name())))
                .replaceWithVoid();
        for (SummaryPart part : parts) {
            filled = filled.chain(() -> part.value(connection, caller))
                    .invoke(value -> put(summary, part.field(), value))
                    .replaceWithVoid();
        }
        return filled.replaceWith(summary);
    }

    private static void put(Map<String, Object> summary, String field, Object value) {
        if (value != null) {
            summary.put(field, value);
        }
    }

    private Uni<Person> person(SqlConnection connection, UUID person) {
        return person == null ? Uni.createFrom().nullItem() : persons.find(connection, person);
    }

    private static View view(Account account, Person person) {
        return new View(
                account.id(),
                account.level(),
                account.status().name(),
                person == null ? null : person.name(),
                Masks.number(account.phone()),
                account.person(),
                account.locale());
    }

    private static AuditEntry seen(Caller caller, String action) {
        return AuditEntry.allowed(
                "CITIZEN",
                caller.account().toString(),
                action,
                caller.person(),
                caller.account().toString());
    }
}
