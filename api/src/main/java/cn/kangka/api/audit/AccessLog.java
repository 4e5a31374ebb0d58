package cn.kangka.api.audit;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.Callers;
import cn.kangka.api.audit.AccessStore.Entry;
import cn.kangka.api.platform.Institutions;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.ProblemTexts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** What a citizen sees of who looked at their data. */
@ApplicationScoped
public class AccessLog {
    private static final ZoneId REGION = ZoneId.of("Asia/Shanghai");

    private final Callers callers;
    private final AccessStore store;
    private final Institutions institutions;
    private final Audit audit;
    private final AuditConfig config;

    AccessLog(Callers callers, AccessStore store, Institutions institutions, Audit audit, AuditConfig config) {
        this.callers = callers;
        this.store = store;
        this.institutions = institutions;
        this.audit = audit;
        this.config = config;
    }

    Uni<Page<Access>> own(int limit, String cursor) {
        Cursor after = Cursor.decode(cursor);
        Locale locale = ProblemTexts.locale();
        return callers.citizen(config.accessLogLevel()).flatMap(caller -> institutions
                .all()
                .flatMap(names -> store.of(caller.person(), limit + 1, after)
                        .map(rows -> Page.of(rows, limit, AccessLog::position)
                                .map(entry -> shown(entry, caller, names, locale))))
                .call(() -> audit.record(AuditEntry.allowed(
                        "CITIZEN", caller.account().toString(), "access-log.read", caller.person(), null))));
    }

    private static Cursor position(Entry entry) {
        return new Cursor(entry.access().at().toInstant(), entry.access().id());
    }

    private static Access shown(Entry entry, Caller caller, Map<String, String> institutions, Locale locale) {
        Access access = entry.access();
        return new Access(
                access.id(),
                access.at().atZoneSameInstant(REGION).toOffsetDateTime(),
                access.actorKind(),
                actor(entry, caller, institutions, locale),
                access.action(),
                access.object(),
                access.outcome(),
                access.reason());
    }

    private static String actor(Entry entry, Caller caller, Map<String, String> institutions, Locale locale) {
        String kind = entry.access().actorKind();
        if (entry.source() != null) {
            return institutions.getOrDefault(entry.source(), entry.source());
        }
        if (entry.clientName() != null) {
            return entry.clientName();
        }
        if (kind.equals("CITIZEN")) {
            return ActorTexts.of(entry.actorId().equals(caller.account().toString()) ? "SELF" : "PROXY", locale);
        }
        return ActorTexts.of(kind, locale);
    }
}
