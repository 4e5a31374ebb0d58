package cn.kangka.api.safety;

import cn.kangka.api.imaging.Hospitals;
import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import cn.kangka.api.safety.AlertNoticeStore.ToTell;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tells people of their alerts: once per order and ingredient group, urgently, without a word of what it is about. */
@ApplicationScoped
class AlertNotices {
    private final AlertNoticeStore store;
    private final Notices notices;
    private final Hospitals hospitals;
    private final SafetyConfig config;

    AlertNotices(AlertNoticeStore store, Notices notices, Hospitals hospitals, SafetyConfig config) {
        this.store = store;
        this.notices = notices;
        this.hospitals = hospitals;
        this.config = config;
    }

    /** @param person only this one; null for whatever waits */
    Uni<Void> tell(SqlConnection tx, UUID person) {
        return store.toTell(tx, person, config.checkBatch(), config.level()).flatMap(waiting -> {
            Set<String> said = new HashSet<>();
            List<ToTell> now = waiting.stream()
                    .filter(each -> each.account() != null && !each.told() && said.add(each.key()))
                    .toList();
            return store.settled(tx, ids(waiting), ids(now))
                    .chain(() -> notices.tell(tx, now.stream().map(this::notice).toList()));
        });
    }

    private static List<UUID> ids(List<ToTell> alerts) {
        return alerts.stream().map(ToTell::alert).toList();
    }

    private Notice notice(ToTell alert) {
        return Notice.now(
                        alert.key(),
                        "alert-raised",
                        Notice.Recipient.account(alert.account(), alert.person()),
                        Map.of("hospital", hospitals.name(alert.source())),
                        "/alerts")
                .urgent();
    }
}
