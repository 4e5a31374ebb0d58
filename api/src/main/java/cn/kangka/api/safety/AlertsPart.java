package cn.kangka.api.safety;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.SummaryPart;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/** How many alerts stand, for the home screen. */
@ApplicationScoped
class AlertsPart implements SummaryPart {
    private final AlertReadStore store;
    private final SafetyConfig config;

    AlertsPart(AlertReadStore store, SafetyConfig config) {
        this.store = store;
        this.config = config;
    }

    @Override
    public String field() {
        return "alerts";
    }

    @Override
    public Uni<Integer> value(SqlConnection connection, Caller caller) {
        return caller.level() < config.level() || caller.person() == null
                ? Uni.createFrom().nullItem()
                : store.open(connection, caller.person());
    }
}
