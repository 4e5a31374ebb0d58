package cn.kangka.api.safety;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.Callers;
import cn.kangka.api.imaging.Hospitals;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** What a citizen reads of their own alerts and allergies; audited before it is answered. */
@ApplicationScoped
class Safety {
    private final AlertReadStore store;
    private final IngredientTable table;
    private final Hospitals hospitals;
    private final Callers callers;
    private final Audit audit;
    private final SafetyConfig config;

    Safety(
            AlertReadStore store,
            IngredientTable table,
            Hospitals hospitals,
            Callers callers,
            Audit audit,
            SafetyConfig config) {
        this.store = store;
        this.table = table;
        this.hospitals = hospitals;
        this.callers = callers;
        this.audit = audit;
        this.config = config;
    }

    Uni<Page<AlertView>> alerts(String cursor, int limit, Locale locale) {
        SafetyTexts texts = new SafetyTexts(locale);
        return callers.citizen(config.level()).flatMap(caller -> store.alerts(
                        caller.person(), Cursor.decode(cursor), limit + 1)
                .map(rows -> Page.of(
                                rows, limit, row -> new Cursor(row.raisedAt().toInstant(), row.id()))
                        .map(alert -> view(alert, texts)))
                .call(() -> seen(caller, "alert.list")));
    }

    private AlertView view(AlertReadStore.Alert alert, SafetyTexts texts) {
        String prescribedAt = hospitals.name(alert.source());
        String documentedAt = hospitals.name(alert.documentedBy());
        return new AlertView(
                alert.id(),
                alert.tier(),
                alert.rule(),
                texts.text(alert.rule() + ".title"),
                texts.text(
                        alert.rule() + ".text",
                        prescribedAt,
                        alert.medication(),
                        alert.allergy(),
                        documentedAt,
                        texts.group(table.groups().find(alert.group()))),
                alert.medication(),
                new AlertView.Evidence(alert.allergy(), new AlertView.HospitalRef(alert.documentedBy(), documentedAt)),
                new AlertView.HospitalRef(alert.source(), prescribedAt),
                alert.raisedAt(),
                alert.open() ? "OPEN" : "RESOLVED");
    }

    Uni<Page<AllergyView>> allergies(String cursor, int limit, Locale locale) {
        SafetyTexts texts = new SafetyTexts(locale);
        return callers.citizen(config.level()).flatMap(caller -> store.allergies(
                        caller.person(), Cursor.decode(cursor), limit + 1)
                .map(rows -> Page.of(rows, limit, row -> new Cursor(row.toldAt().toInstant(), row.id()))
                        .map(allergy -> view(allergy, texts)))
                .call(() -> seen(caller, "allergy.list")));
    }

    private AllergyView view(AlertReadStore.Allergy allergy, SafetyTexts texts) {
        String group = table.groups().of(allergy.substance()).stream()
                .findFirst()
                .map(id -> texts.group(table.groups().find(id)))
                .orElse(null);
        return new AllergyView(
                allergy.id(),
                allergy.substance().text(),
                group,
                allergy.reaction(),
                allergy.criticality(),
                new AlertView.HospitalRef(allergy.source(), hospitals.name(allergy.source())),
                allergy.toldAt());
    }

    private Uni<Void> seen(Caller caller, String action) {
        return audit.record(AuditEntry.allowed(callers.actorKind(), callers.actor(), action, caller.person(), null));
    }
}
