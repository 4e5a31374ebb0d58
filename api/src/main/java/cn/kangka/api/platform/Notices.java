package cn.kangka.api.platform;

import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The door to {@code notification}: everything said here is an outbox row of the caller's transaction. What concerns one
 * account arrives in the order in which it was said.
 */
@ApplicationScoped
public class Notices {
    static final String DESTINATION = "notification";
    static final String NOTICE = "notice.tell";
    static final String CANCEL = "notice.cancel";
    static final String ACCOUNT = "account.changed";

    private final Outbox outbox;
    private final ObjectMapper json;

    public Notices(Outbox outbox, ObjectMapper json) {
        this.outbox = outbox;
        this.json = json;
    }

    /** Tells the notice once the caller's transaction commits. */
    public Uni<Void> tell(SqlConnection tx, Notice notice) {
        return tell(tx, List.of(notice));
    }

    /** Tells the notices, in order, once the caller's transaction commits. */
    public Uni<Void> tell(SqlConnection tx, List<Notice> notices) {
        return outbox.append(tx, events(notices).toList());
    }

    Stream<OutboxEvent> events(List<Notice> notices) {
        return notices.stream().map(notice -> OutboxEvent.of(DESTINATION, aggregate(notice), 0, NOTICE, write(notice)));
    }

    /** A notice that an account was told. */
    public record Sent(UUID account, String key) {}

    /** Takes back what is not yet sent of the notice that {@link #tell} gave this key. */
    public Uni<Void> cancel(SqlConnection tx, UUID account, String key) {
        return cancel(tx, List.of(new Sent(account, key)));
    }

    /** Takes back what is not yet sent of these. */
    public Uni<Void> cancel(SqlConnection tx, List<Sent> notices) {
        return outbox.append(
                tx,
                notices.stream()
                        .map(each -> OutboxEvent.of(
                                DESTINATION, aggregate(each.account()), 0, CANCEL, write(Map.of("key", each.key()))))
                        .toList());
    }

    /** Who an account is to {@code notification}; an older version than it has is ignored there. */
    public Uni<Void> accountChanged(SqlConnection tx, AccountState account) {
        return outbox.append(
                tx,
                OutboxEvent.of(DESTINATION, aggregate(account.account()), account.version(), ACCOUNT, write(account)));
    }

    /**
     * The accounts that are told of a person's bookings: the person's own active one, at level 1 or above; those of who
     * books for them when there is no account of their own, not even one that rests. Empty for most people.
     */
    public Uni<List<UUID>> accountsOf(SqlConnection tx, UUID person) {
        return tx.preparedQuery("select account from told_accounts($1) order by since nulls first")
                .execute(Tuple.of(person))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID(0))
                        .toList());
    }

    /** The same of several persons at once; who has none is not in it. */
    public Uni<Map<UUID, List<UUID>>> accountsOf(SqlConnection tx, Set<UUID> persons) {
        if (persons.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.preparedQuery(
                        "select p.person, t.account from unnest($1::uuid[]) p(person), told_accounts(p.person) t"
                                + " order by t.since nulls first")
                .execute(Tuple.of(persons.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID(0),
                                Collectors.mapping(row -> row.getUUID(1), Collectors.toList()))));
    }

    /**
     * The accounts that are told what concerns this person: the own active one, when it has the level. What tells of
     * records or cards takes 2: at level 1 nobody has shown yet that the phone is the person's.
     */
    public Uni<List<UUID>> accountsOf(SqlConnection tx, UUID person, int minimumLevel) {
        return tx.preparedQuery("select id from account where person = $1 and status = 'ACTIVE' and level >= $2")
                .execute(Tuple.of(person, minimumLevel))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID(0))
                        .toList());
    }

    /** Starts delivery now instead of at the next poll; call it after the commit, lose it without harm. */
    public void wake() {
        outbox.wake(DESTINATION);
    }

    private static String aggregate(Notice notice) {
        return notice.to().account() == null
                ? notice.key()
                : aggregate(notice.to().account());
    }

    private static String aggregate(UUID account) {
        return "account:" + account;
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }
}
