package cn.kangka.api.schedule;

import cn.kangka.api.schedule.PlanException.Kind;
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
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Keeps what is otherwise on some days; a change is laid out soon after. */
@ApplicationScoped
public class ScheduleExceptions {
    private final Database database;
    private final Owner owner;
    private final TemplateStore store;
    private final ScheduleLayout layout;
    private final Audit audit;
    private final Clock clock;

    ScheduleExceptions(
            Database database, Owner owner, TemplateStore store, ScheduleLayout layout, Audit audit, Clock clock) {
        this.database = database;
        this.owner = owner;
        this.store = store;
        this.layout = layout;
        this.audit = audit;
        this.clock = clock;
    }

    /** From a day on, by day; today when it is not said. */
    Uni<Page<ExceptionView>> list(String hospital, LocalDate from, int limit, String cursor) {
        Calendar.check("from", from);
        TextCursor after = TextCursor.decode(cursor);
        LocalDate first = from == null ? LocalDate.now(clock) : from;
        LocalDate day = after.first().isEmpty() ? first.minusDays(1) : day(after.first());
        return owner.of(hospital)
                .chain(own -> store.exceptionPage(
                        database.pool(), own, first, day, ScheduleTemplates.id(after.second()), limit + 1))
                .map(rows -> Page.ofTexts(
                        rows,
                        limit,
                        row -> new TextCursor(row.day().toString(), row.id().toString())));
    }

    private static LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            Calendar.check("cursor", day);
            return day;
        } catch (DateTimeException e) {
            throw Problems.invalid("cursor", "cursor.unknown");
        }
    }

    /** Adds or replaces. */
    Uni<ExceptionView> save(UUID id, ExceptionView.Request request) {
        Kind kind = Kind.valueOf(request.kind());
        check(kind, request);
        return owner.of(request.hospital()).chain(hospital -> exception(hospital, kind, request)
                .chain(exception -> database.write(tx -> save(tx, id, hospital, exception, request.reason()))));
    }

    /** What laying out would do if it were saved; saves nothing. */
    Uni<LayoutView> preview(UUID id, ExceptionView.Request request) {
        Kind kind = Kind.valueOf(request.kind());
        check(kind, request);
        return owner.of(request.hospital()).chain(hospital -> exception(hospital, kind, request)
                .chain(exception -> layout.preview(hospital, new Draft(id, null, exception))));
    }

    private static void check(Kind kind, ExceptionView.Request request) {
        Calendar.check("day", request.day());
        require(kind == Kind.SWAP, request.weekday() != null, "weekday");
        require(kind == Kind.EXTRA || kind == Kind.OTHER_DOCTOR, request.template() != null, "template");
        if (kind == Kind.OTHER_DOCTOR) {
            require(true, request.doctor() != null, "doctor");
        }
    }

    private static void require(boolean needed, boolean there, String field) {
        if (needed != there) {
            throw Problems.invalid(field, needed ? "required" : "not-here");
        }
    }

    private Uni<PlanException> exception(String hospital, Kind kind, ExceptionView.Request request) {
        return role(hospital, kind, request)
                .map(role -> new PlanException(
                        request.day(),
                        kind,
                        kind == Kind.CLOSED ? request.half() : null,
                        kind == Kind.CLOSED ? request.department() : null,
                        kind == Kind.CLOSED || kind == Kind.OTHER_DOCTOR ? request.doctor() : null,
                        request.weekday(),
                        request.template(),
                        role));
    }

    /** Of OTHER_DOCTOR: who works where; null for the others. The template must be the hospital's. */
    private Uni<String> role(String hospital, Kind kind, ExceptionView.Request request) {
        return request.template() == null
                ? Uni.createFrom().nullItem()
                : store.template(database.pool(), hospital, request.template())
                        .onItem()
                        .ifNull()
                        .failWith(() -> Problems.invalid("template", "unknown"))
                        .chain(template -> kind == Kind.EXTRA
                                ? Uni.createFrom().nullItem()
                                : store.role(database.pool(), hospital, request.doctor(), template.department())
                                        .onItem()
                                        .ifNull()
                                        .failWith(() -> Problems.invalid("doctor", "not-in-department")));
    }

    private Uni<ExceptionView> save(
            SqlConnection tx, UUID id, String hospital, PlanException exception, String reason) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return store.save(tx, id, hospital, exception, reason, now, owner.name())
                .invoke(ScheduleExceptions::notOthers)
                .call(() -> store.wanted(tx, hospital, now))
                .call(() -> audited(tx, "schedule.exception", id))
                .map(saved -> new ExceptionView(
                        id,
                        hospital,
                        exception.day(),
                        exception.kind().name(),
                        exception.half(),
                        exception.department(),
                        exception.doctor(),
                        exception.weekday(),
                        exception.template(),
                        reason));
    }

    private static void notOthers(boolean done) {
        if (!done) {
            throw Problems.notFound();
        }
    }

    Uni<Void> remove(UUID id, String hospital) {
        return owner.of(hospital)
                .chain(own -> database.write(tx -> store.remove(tx, false, own, id)
                        .invoke(ScheduleExceptions::notOthers)
                        .chain(() -> store.wanted(tx, own, OffsetDateTime.now(clock)))
                        .chain(() -> audited(tx, "schedule.exception.remove", id))));
    }

    private Uni<Void> audited(SqlConnection tx, String action, UUID id) {
        return audit.record(tx, AuditEntry.allowed(owner.kind(), owner.name(), action, null, id.toString()));
    }
}
