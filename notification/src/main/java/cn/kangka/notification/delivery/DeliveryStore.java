package cn.kangka.notification.delivery;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.notification.channel.NoticeClass;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The statements of the delivery table; each works on a whole batch. */
@ApplicationScoped
class DeliveryStore {
    /** A lane of a channel. */
    record Lane(NoticeClass lane, String channel) {}

    private static final String OPEN = "('QUEUED', 'HELD', 'CLAIMED')";

    private static final String ENQUEUE = """
            insert into delivery (id, notice, account, channel, lane, state, due_at, created_at)
            select id, notice, account, channel, lane, 'QUEUED', due_at, $7 from unnest($1::uuid[], $2::uuid[],
                $3::uuid[], $4::text[], $5::text[], $6::timestamptz[]) as t(id, notice, account, channel, lane, due_at)
            on conflict (notice, channel, endpoint) do nothing
            """;
    private static final String DROP_UNSENT = """
            delete from delivery where notice = any($1)
              and (state in ('QUEUED', 'HELD', 'SKIPPED', 'EXPIRED') or (state = 'CANCELLED' and reason <> 'read'))
            """;
    private static final String CANCEL = """
            update delivery set state = 'CANCELLED', reason = $2, settled_at = $3
            where notice = any($1) and state in ('QUEUED', 'HELD', 'CLAIMED', 'PARKED')
            """;
    private static final String CLAIM = """
            with due as materialized (
                select d.id from delivery d
                where d.lane = $1 and d.channel = $2 and d.state in %s and d.due_at <= $3
                order by d.due_at limit $4 for update skip locked)
            update delivery d set state = 'CLAIMED', attempts = d.attempts + 1, due_at = $5
            from due, notice n where d.id = due.id and n.id = d.notice
            returning d.id, d.notice, d.attempts, d.account, d.endpoint, d.created_at, n.class, n.phone, n.content,
                n.link, n.expires_at, n.not_before, n.trace
            """.formatted(OPEN);
    private static final String SETTLE = """
            update delivery d set state = s.state, due_at = s.due_at, reason = s.reason, provider_id = s.provider_id,
                attempts = case when s.state = 'HELD' then 0 else d.attempts end,
                settled_at = case when s.state in ('QUEUED', 'HELD') then null else $7::timestamptz end
            from unnest($1::uuid[], $2::int[], $3::text[], $4::timestamptz[], $5::text[], $6::text[])
                as s(id, attempt, state, due_at, reason, provider_id)
            where d.id = s.id and d.attempts = s.attempt
              and (d.state = 'CLAIMED' or (d.state = 'CANCELLED' and s.state = 'SENT'))
            """;
    private static final String POSTPONE_FALLBACK = """
            update delivery d set due_at = greatest(d.due_at, p.due_at)
            from unnest($1::uuid[], $2::timestamptz[]) as p(notice, due_at)
            where d.notice = p.notice and d.channel = 'SMS' and d.state in ('QUEUED', 'HELD')
            """;
    private static final String ROUTE = """
            with due as materialized (
                select d.id, d.notice, d.account from delivery d
                where d.lane = $1 and d.channel = 'PUSH' and d.state in %s and d.due_at <= $2
                order by d.due_at limit $3 for update skip locked),
            device as materialized (
                select due.id as delivery, due.notice, due.account, e.id as endpoint, k.channel
                from due join endpoint e on e.account = due.account and e.disabled_at is null
                join unnest($4::text[], $5::text[]) as k(kind, channel) on k.kind = e.kind),
            routed as (
                insert into delivery (id, notice, account, channel, endpoint, lane, state, due_at, created_at)
                select uuidv7(), notice, account, channel, endpoint, $1, 'QUEUED', $2, $2 from device
                on conflict (notice, channel, endpoint) do nothing)
            update delivery d set state = case when v.delivery is null then 'SKIPPED' else 'ROUTED' end,
                reason = case when v.delivery is null then 'no-device' end, settled_at = $2
            from due left join (select distinct delivery from device) v on v.delivery = due.id
            where d.id = due.id
            """.formatted(OPEN);
    private static final String WAITING = """
            select l.lane, c.channel from unnest($1::text[]) as l(lane), unnest($2::text[]) as c(channel)
            where exists (select 1 from delivery d where d.lane = l.lane and d.channel = c.channel
                and d.state in %s and d.due_at <= $3)
            """.formatted(OPEN);

    private final Database database;

    DeliveryStore(Database database) {
        this.database = database;
    }

    Uni<Void> enqueue(SqlConnection tx, List<Planned> planned, Instant now) {
        return tx.preparedQuery(ENQUEUE)
                .execute(Tuple.tuple(new ArrayList<>(List.of(
                        planned.stream().map(each -> Ids.next()).toArray(UUID[]::new),
                        planned.stream().map(Planned::notice).toArray(UUID[]::new),
                        planned.stream().map(Planned::account).toArray(UUID[]::new),
                        strings(planned, Planned::channel),
                        strings(planned, each -> each.lane().name()),
                        planned.stream().map(each -> sql(each.dueAt())).toArray(OffsetDateTime[]::new),
                        sql(now)))))
                .replaceWithVoid();
    }

    Uni<Void> dropUnsent(SqlConnection tx, List<UUID> notices) {
        return tx.preparedQuery(DROP_UNSENT)
                .execute(Tuple.of(notices.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> cancel(SqlConnection tx, List<UUID> notices, String reason, Instant now) {
        return tx.preparedQuery(CANCEL)
                .execute(Tuple.of(notices.toArray(UUID[]::new), reason, sql(now)))
                .replaceWithVoid();
    }

    Uni<List<Claimed>> claim(Lane lane, int limit, Instant now, Duration lease, Function<Row, Claimed> reader) {
        return database.pool()
                .preparedQuery(CLAIM)
                .execute(Tuple.of(lane.lane().name(), lane.channel(), sql(now), limit, sql(now.plus(lease))))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(reader)
                        .toList());
    }

    Uni<Void> settle(List<Settlement> settlements, Instant now) {
        return database.pool()
                .preparedQuery(SETTLE)
                .execute(Tuple.tuple(new ArrayList<>(List.of(
                        settlements.stream().map(each -> each.claimed().id()).toArray(UUID[]::new),
                        settlements.stream()
                                .map(each -> each.claimed().attempt())
                                .toArray(Integer[]::new),
                        strings(settlements, each -> each.state().name()),
                        settlements.stream().map(each -> sql(each.dueAt())).toArray(OffsetDateTime[]::new),
                        strings(settlements, Settlement::reason),
                        strings(settlements, Settlement::providerId),
                        sql(now)))))
                .replaceWithVoid();
    }

    /** Moves the fallback SMS of notices whose push waits for the end of quiet hours. */
    Uni<Void> postponeFallback(List<UUID> notices, List<Instant> until) {
        return database.pool()
                .preparedQuery(POSTPONE_FALLBACK)
                .execute(Tuple.of(
                        notices.toArray(UUID[]::new),
                        until.stream().map(DeliveryStore::sql).toArray(OffsetDateTime[]::new)))
                .replaceWithVoid();
    }

    /** Turns due pushes into one delivery per device; gives how many were looked at. */
    Uni<Integer> route(NoticeClass lane, Instant now, int limit, List<String> kinds, List<String> channels) {
        return database.pool()
                .preparedQuery(ROUTE)
                .execute(Tuple.of(
                        lane.name(), sql(now), limit, kinds.toArray(String[]::new), channels.toArray(String[]::new)))
                .map(RowSet::rowCount);
    }

    /** The lanes in which something is due. */
    Uni<List<Lane>> waiting(List<NoticeClass> lanes, List<String> channels, Instant now) {
        return database.pool()
                .preparedQuery(WAITING)
                .execute(Tuple.of(strings(lanes, NoticeClass::name), channels.toArray(String[]::new), sql(now)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Lane(NoticeClass.valueOf(row.getString(0)), row.getString(1)))
                        .toList());
    }

    private static <T> String[] strings(List<T> list, Function<T, String> getter) {
        return list.stream().map(getter).toArray(String[]::new);
    }

    private static OffsetDateTime sql(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
