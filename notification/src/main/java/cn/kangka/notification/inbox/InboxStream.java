package cn.kangka.notification.inbox;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Where one open stream stands. It looks back a little each time, because a transaction may commit after a later one did;
 * what it sent it remembers and never sends again.
 */
final class InboxStream {
    private static final UUID LOWEST = new UUID(0, 0);
    private static final int ROWS = 100;

    private final InboxStore store;
    private final UUID account;
    private final Duration lateCommit;
    private final OffsetDateTime start;
    private final UUID startId;
    private final Map<UUID, OffsetDateTime> sent = new LinkedHashMap<>();
    private OffsetDateTime newest;

    /** @param startId nothing up to this entry of the time {@code start} is sent; null for nothing before the start */
    InboxStream(InboxStore store, UUID account, Duration lateCommit, OffsetDateTime start, UUID startId) {
        this.store = store;
        this.account = account;
        this.lateCommit = lateCommit;
        this.start = start;
        this.startId = startId == null ? LOWEST : startId;
        this.newest = start;
    }

    /** What is new since the last look. */
    Multi<InboxItem> look() {
        OffsetDateTime from = newest.minus(lateCommit);
        return (from.isAfter(start) ? look(from, LOWEST) : look(start, startId))
                .onItem()
                .transformToMulti(items -> Multi.createFrom().iterable(items));
    }

    private Uni<List<InboxItem>> look(OffsetDateTime from, UUID id) {
        return store.after(account, from, id, ROWS).flatMap(items -> {
            List<InboxItem> fresh = new ArrayList<>(fresh(items));
            if (items.size() < ROWS) {
                return Uni.createFrom().item(fresh);
            }
            InboxItem last = items.get(ROWS - 1);
            return look(last.at(), last.id()).map(more -> {
                fresh.addAll(more);
                return fresh;
            });
        });
    }

    private List<InboxItem> fresh(List<InboxItem> items) {
        List<InboxItem> fresh =
                items.stream().filter(item -> !sent.containsKey(item.id())).toList();
        for (InboxItem item : fresh) {
            sent.put(item.id(), item.at());
            newest = item.at().isAfter(newest) ? item.at() : newest;
        }
        OffsetDateTime old = newest.minus(lateCommit.multipliedBy(2));
        sent.values().removeIf(at -> at.isBefore(old));
        return fresh;
    }
}
