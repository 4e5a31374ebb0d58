package cn.kangka.notification.preference;

import cn.kangka.kit.database.Database;
import cn.kangka.notification.channel.NoticeClass;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What people wish; read by the app one by one and by the delivery in batches. */
@ApplicationScoped
public class PreferenceService {
    private static final Set<NoticeClass> CHOOSABLE =
            EnumSet.of(NoticeClass.TRANSACTIONAL, NoticeClass.REMINDER, NoticeClass.CAMPAIGN);

    private final PreferenceStore store;
    private final PreferenceConfig config;
    private final Database database;

    PreferenceService(PreferenceStore store, PreferenceConfig config, Database database) {
        this.store = store;
        this.config = config;
        this.database = database;
    }

    /** The account's wishes; the defaults when it never said any. */
    @WithSession
    public Uni<PreferenceView> of(UUID account) {
        return store.findById(account)
                .map(row -> PreferenceMapping.view(row == null ? PreferenceMapping.defaults(config) : row));
    }

    /** Replaces the wishes; classes that are not named stay as they are. */
    @WithTransaction
    public Uni<PreferenceView> save(UUID account, PreferenceView wishes) {
        return store.findById(account)
                .map(row -> row == null ? PreferenceMapping.defaults(config) : row)
                .invoke(row -> {
                    PreferenceMapping.apply(wishes, row);
                    row.account = account;
                })
                .flatMap(store::persistAndFlush)
                .map(PreferenceMapping::view);
    }

    /** The wishes of those accounts that ever said one. */
    public Uni<Map<UUID, Preferences>> of(Collection<UUID> accounts) {
        return accounts.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : database.pool()
                        .preparedQuery("select * from preference where account = any($1)")
                        .execute(Tuple.of(accounts.toArray(UUID[]::new)))
                        .map(PreferenceService::read);
    }

    /** The wishes of everybody else. */
    public Preferences defaults() {
        return new Preferences(new QuietHours(config.quietFrom(), config.quietTo()), Set.of(), Set.of());
    }

    private static Map<UUID, Preferences> read(RowSet<Row> rows) {
        Map<UUID, Preferences> found = new HashMap<>();
        for (Row row : rows) {
            found.put(
                    row.getUUID("account"),
                    new Preferences(
                            new QuietHours(row.getLocalTime("quiet_from"), row.getLocalTime("quiet_to")),
                            switchedOff(row, "_push"),
                            switchedOff(row, "_sms")));
        }
        return found;
    }

    private static Set<NoticeClass> switchedOff(Row row, String way) {
        Set<NoticeClass> off = EnumSet.noneOf(NoticeClass.class);
        for (NoticeClass each : CHOOSABLE) {
            if (!row.getBoolean(each.name().toLowerCase(Locale.ROOT) + way)) {
                off.add(each);
            }
        }
        return off;
    }
}
