package cn.kangka.api.schedule;

import cn.kangka.api.policy.Rule;
import cn.kangka.api.policy.Rules;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.page.TextCursor;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Keeps templates; a change is laid out soon after. */
@ApplicationScoped
public class ScheduleTemplates {
    private static final int CHANGED = 412;
    private static final UUID FIRST = new UUID(0, 0);

    private final Database database;
    private final Owner owner;
    private final TemplateStore store;
    private final ScheduleLayout layout;
    private final Rules rules;
    private final Audit audit;
    private final Clock clock;

    ScheduleTemplates(
            Database database,
            Owner owner,
            TemplateStore store,
            ScheduleLayout layout,
            Rules rules,
            Audit audit,
            Clock clock) {
        this.rules = rules;
        this.database = database;
        this.owner = owner;
        this.store = store;
        this.layout = layout;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<Page<TemplateView>> list(String hospital, int limit, String cursor) {
        UUID after = id(TextCursor.decode(cursor).first());
        return owner.of(hospital)
                .chain(own -> store.page(database.pool(), own, after, limit + 1))
                .map(rows ->
                        Page.ofTexts(rows, limit, row -> new TextCursor(row.id().toString(), "")));
    }

    static UUID id(String text) {
        try {
            return text.isEmpty() ? FIRST : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problems.invalid("cursor", "cursor.unknown");
        }
    }

    /** Adds or replaces; 412 when it is no longer of the version that was seen. */
    Uni<TemplateView> save(UUID id, Long seen, TemplateView.Request request) {
        return owner.of(request.hospital()).chain(hospital -> meant(hospital, id, request)
                .chain(template ->
                        database.write(tx -> save(tx, hospital, template, request.modality() == null, seen))));
    }

    /** What laying out would do if it were saved; saves nothing. */
    Uni<LayoutView> preview(UUID id, TemplateView.Request request) {
        return owner.of(request.hospital()).chain(hospital -> meant(hospital, id, request)
                .chain(template -> layout.preview(hospital, new Draft(id, template, null))));
    }

    private Uni<Template> meant(String hospital, UUID id, TemplateView.Request request) {
        return banded(hospital, request)
                .invoke(ScheduleTemplates::check)
                .chain(complete -> meant(id, hospital, complete));
    }

    /** With the hospital's own band, where it says none. */
    private Uni<TemplateView.Request> banded(String hospital, TemplateView.Request request) {
        return request.bandMinutes() != null
                ? Uni.createFrom().item(request)
                : rules.of(database.pool(), hospital).map(here -> request.withBand(here.get(Rule.BAND)));
    }

    private Uni<Template> meant(UUID id, String hospital, TemplateView.Request request) {
        return store.role(database.pool(), hospital, request.doctor(), request.department())
                .onItem()
                .ifNull()
                .failWith(() -> Problems.invalid("doctor", "not-in-department"))
                .map(role -> template(id, role, request));
    }

    private static void check(TemplateView.Request request) {
        Calendar.check("validFrom", request.validFrom());
        Calendar.check("validTo", request.validTo());
        Duration all = Duration.ofMinutes((long) request.bandMinutes() * request.bands());
        if (all.compareTo(Duration.between(request.firstBand(), LocalTime.MAX)) > 0) {
            throw Problems.invalid("bands", "beyond-midnight");
        }
        if (request.validTo() != null && request.validTo().isBefore(request.validFrom())) {
            throw Problems.invalid("validTo", "order");
        }
    }

    private static Template template(UUID id, String role, TemplateView.Request request) {
        return new Template(
                id,
                request.weekday(),
                request.firstBand().isBefore(LocalTime.NOON) ? "AM" : "PM",
                request.department(),
                request.doctor(),
                role,
                request.firstBand(),
                request.bandMinutes(),
                request.bands(),
                request.units(),
                request.fee(),
                request.mode().equals("DRAW"),
                "REMOTE".equals(request.modality()),
                request.validFrom(),
                request.validTo());
    }

    /** @param sameWay whether its visits stay as they are, in person or by video */
    private Uni<TemplateView> save(SqlConnection tx, String hospital, Template wanted, boolean sameWay, Long seen) {
        return store.template(tx, hospital, wanted.id())
                .chain(known -> known == null && seen != null
                        ? Uni.createFrom().failure(Problems.notFound())
                        : saved(
                                tx,
                                hospital,
                                sameWay && known != null ? wanted.remote(known.remote()) : wanted,
                                known != null,
                                seen));
    }

    private Uni<TemplateView> saved(SqlConnection tx, String hospital, Template template, boolean known, Long seen) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return store.save(tx, hospital, template, seen, now, owner.name())
                .onItem()
                .ifNull()
                .failWith(() -> known ? changed() : Problems.notFound())
                .call(() -> store.wanted(tx, hospital, now))
                .call(() -> audited(tx, "schedule.template", template.id()))
                .map(version -> TemplateStore.view(template, hospital, version));
    }

    private static RuntimeException changed() {
        return Problems.of(CHANGED, "changed-meanwhile");
    }

    /** Its sessions that nobody has booked are closed soon after. */
    Uni<Void> remove(UUID id, String hospital) {
        return owner.of(hospital)
                .chain(own -> database.write(tx -> store.remove(tx, true, own, id)
                        .invoke(there -> {
                            if (!there) {
                                throw Problems.notFound();
                            }
                        })
                        .chain(() -> store.wanted(tx, own, OffsetDateTime.now(clock)))
                        .chain(() -> audited(tx, "schedule.template.remove", id))));
    }

    private Uni<Void> audited(SqlConnection tx, String action, UUID id) {
        return audit.record(tx, AuditEntry.allowed(owner.kind(), owner.name(), action, null, id.toString()));
    }
}
