package cn.kangka.notification.inbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The inbox as the intake sees it. */
@ApplicationScoped
public class Inbox {
    /** A notification's payload may have 8,000 bytes; a UUID and a comma take 37. */
    private static final int ACCOUNTS_PER_SIGNAL = 200;

    private final InboxStore store;
    private final Clock clock;

    Inbox(InboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Adds entries in the caller's transaction; its commit tells the streams. Entries that exist stay as they are. */
    public Uni<Void> add(SqlConnection tx, List<InboxEntry> entries) {
        return entries.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.add(tx, entries, OffsetDateTime.now(clock)).chain(() -> store.signal(tx, signals(entries)));
    }

    private static List<String> signals(List<InboxEntry> entries) {
        List<String> accounts = entries.stream()
                .map(entry -> entry.account().toString())
                .distinct()
                .toList();
        List<String> signals = new ArrayList<>();
        for (int i = 0; i < accounts.size(); i += ACCOUNTS_PER_SIGNAL) {
            signals.add(String.join(",", accounts.subList(i, Math.min(accounts.size(), i + ACCOUNTS_PER_SIGNAL))));
        }
        return signals;
    }
}
