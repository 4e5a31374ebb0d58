package cn.kangka.notification.notice;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.trace.Traces;
import cn.kangka.notification.delivery.DeliveryService;
import cn.kangka.notification.delivery.PlanPolicy;
import cn.kangka.notification.delivery.Planned;
import cn.kangka.notification.endpoint.RecipientService;
import cn.kangka.notification.inbox.Inbox;
import cn.kangka.notification.inbox.InboxEntry;
import cn.kangka.notification.notice.NoticeStore.Written;
import cn.kangka.notification.template.NoticeTemplate;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** Takes notices in, and takes them back. */
@ApplicationScoped
public class NoticeService {
    private static final String CANCELLED = "cancelled";

    private final NoticeChecks checks;
    private final Preparation preparation;
    private final NoticeStore store;
    private final RecipientService recipients;
    private final Inbox inbox;
    private final DeliveryService deliveries;
    private final NoticeMeters meters;
    private final Database database;
    private final NoticeConfig config;
    private final Vertx vertx;
    private final Clock clock;

    NoticeService(
            NoticeChecks checks,
            Preparation preparation,
            NoticeStore store,
            RecipientService recipients,
            Inbox inbox,
            DeliveryService deliveries,
            NoticeMeters meters,
            Database database,
            NoticeConfig config,
            Vertx vertx,
            Clock clock) {
        this.checks = checks;
        this.preparation = preparation;
        this.store = store;
        this.recipients = recipients;
        this.inbox = inbox;
        this.deliveries = deliveries;
        this.meters = meters;
        this.database = database;
        this.config = config;
        this.vertx = vertx;
        this.clock = clock;
    }

    /**
     * Accepts notices, all or none; completes after the commit.
     *
     * @param producer whose keys they are
     * @return how many were accepted, repetitions included; fails with 422 naming every field at fault
     */
    public Uni<Integer> accept(String producer, List<NoticeRequest> notices) {
        Instant now = clock.instant();
        String trace = Traces.current();
        return checks.check(producer, notices, now)
                .flatMap(templates -> prepare(notices, templates, now))
                .flatMap(prepared -> database.write(tx -> write(tx, producer, trace, now, prepared)))
                .invoke(deliveries::wake)
                .replaceWith(notices.size());
    }

    /** Those of a producer's notices that were read in the inbox. */
    public Uni<List<NoticeResource.Read>> reads(String producer, List<String> keys) {
        return store.reads(database.pool(), producer, keys);
    }

    /** Takes back what is not yet sent; no error when there is nothing. */
    public Uni<Void> cancel(String producer, String key) {
        return database.write(tx -> store.cancel(tx, producer, key, clock.instant())
                .flatMap(id ->
                        id == null ? Uni.createFrom().voidItem() : deliveries.cancel(tx, List.of(id), CANCELLED)));
    }

    private Uni<List<Prepared>> prepare(
            List<NoticeRequest> notices, Map<String, NoticeTemplate> templates, Instant now) {
        List<UUID> accounts = notices.stream()
                .map(notice -> notice.to().account())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return recipients
                .languages(accounts)
                .flatMap(languages -> notices.size() < config.workerFrom()
                        ? Uni.createFrom().item(preparation.prepare(notices, templates, languages, now))
                        : UniHelper.toUni(vertx.executeBlocking(
                                () -> preparation.prepare(notices, templates, languages, now), false)));
    }

    private Uni<List<Planned>> write(
            SqlConnection tx, String producer, String trace, Instant now, List<Prepared> prepared) {
        return store.put(tx, producer, trace, now, prepared).flatMap(written -> {
            List<Prepared> changed = prepared.stream()
                    .filter(each -> written.containsKey(each.request().key()))
                    .toList();
            meters.accepted(prepared, written);
            List<Planned> planned = deliveries.plan(changed.stream()
                    .map(each -> plan(each, written.get(each.request().key()).id()))
                    .toList());
            return deliveries
                    .dropUnsent(tx, replaced(written))
                    .chain(() -> inbox.add(tx, entries(changed, written)))
                    .chain(() -> deliveries.enqueue(tx, planned))
                    .replaceWith(planned);
        });
    }

    private static List<UUID> replaced(Map<String, Written> written) {
        return written.values().stream()
                .filter(Written::replaced)
                .map(Written::id)
                .sorted()
                .collect(Collectors.toList());
    }

    private static List<InboxEntry> entries(List<Prepared> changed, Map<String, Written> written) {
        return changed.stream()
                .filter(Prepared::hasInboxNow)
                .map(each -> new InboxEntry(
                        written.get(each.request().key()).id(),
                        each.request().to().account(),
                        each.request().noticeClass(),
                        each.inboxContent(),
                        each.request().link()))
                .toList();
    }

    private static PlanPolicy.Notice plan(Prepared notice, UUID id) {
        return new PlanPolicy.Notice(
                id,
                notice.request().to().account(),
                notice.request().noticeClass(),
                notice.start(),
                notice.template().hasInbox() && !notice.hasInboxNow(),
                notice.template().hasPush(),
                notice.template().hasSms());
    }
}
