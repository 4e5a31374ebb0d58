package cn.kangka.api.record;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.SummaryPart;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/** The newest report on the home screen; a look at the record like any other, so it is audited. */
@ApplicationScoped
class NewestReportPart implements SummaryPart {
    private final ReportReadStore store;
    private final Audit audit;
    private final RecordConfig config;

    NewestReportPart(ReportReadStore store, Audit audit, RecordConfig config) {
        this.store = store;
        this.audit = audit;
        this.config = config;
    }

    @Override
    public String field() {
        return "newestReport";
    }

    @Override
    public Uni<NewestReport> value(SqlConnection connection, Caller caller) {
        if (caller.level() < config.level() || caller.person() == null) {
            return Uni.createFrom().nullItem();
        }
        return store.newest(connection, caller.person())
                .call(newest ->
                        newest == null ? Uni.createFrom().voidItem() : audit.record(connection, seen(caller, newest)));
    }

    private static AuditEntry seen(Caller caller, NewestReport newest) {
        return AuditEntry.allowed(
                "CITIZEN",
                caller.account().toString(),
                "report.summary",
                caller.person(),
                newest.id().toString());
    }
}
