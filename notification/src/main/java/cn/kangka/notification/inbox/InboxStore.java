package cn.kangka.notification.inbox;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.notification.channel.NoticeClass;
import cn.kangka.notification.delivery.SealedTexts;
import cn.kangka.notification.template.Texts;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

@ApplicationScoped
class InboxStore {
    private static final String ADD = """
            insert into inbox_item (id, account, class, content, link, at)
            select *, $6::timestamptz from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::text[])
            on conflict (id) do nothing
            """;
    private static final String COLUMNS = "select id, class, content, link, at, read_at from inbox_item";
    private static final String PAGE = COLUMNS + " where account = $1"
            + " and ($2::timestamptz is null or (at, id) < ($2, $3::uuid)) order by at desc, id desc limit $4";
    private static final String AFTER =
            COLUMNS + " where account = $1 and (at, id) > ($2, $3) order by at, id limit $4";

    private final Database database;
    private final SealedTexts texts;

    InboxStore(Database database, SealedTexts texts) {
        this.database = database;
        this.texts = texts;
    }

    Uni<Void> add(SqlConnection tx, List<InboxEntry> entries, OffsetDateTime at) {
        return tx.preparedQuery(ADD)
                .execute(Tuple.tuple(new ArrayList<>(List.of(
                        entries.stream().map(InboxEntry::id).toArray(UUID[]::new),
                        entries.stream().map(InboxEntry::account).toArray(UUID[]::new),
                        entries.stream().map(each -> each.noticeClass().name()).toArray(String[]::new),
                        entries.stream()
                                .map(each -> Buffer.buffer(each.content()))
                                .toArray(Buffer[]::new),
                        entries.stream().map(InboxEntry::link).toArray(String[]::new),
                        at))))
                .replaceWithVoid();
    }

    Uni<Void> signal(SqlConnection tx, List<String> payloads) {
        return tx.preparedQuery("select pg_notify($1, payload) from unnest($2::text[]) as t(payload)")
                .execute(Tuple.of(InboxSignals.CHANNEL, payloads.toArray(String[]::new)))
                .replaceWithVoid();
    }

    Uni<List<InboxItem>> page(UUID account, Cursor before, int rows) {
        return database.pool()
                .preparedQuery(PAGE)
                .execute(Tuple.of(
                        account,
                        before == null ? null : before.at().atOffset(java.time.ZoneOffset.UTC),
                        before == null ? null : before.id(),
                        rows))
                .map(this::read);
    }

    /** Entries after a position, oldest first. */
    Uni<List<InboxItem>> after(UUID account, OffsetDateTime at, UUID id, int rows) {
        return database.pool()
                .preparedQuery(AFTER)
                .execute(Tuple.of(account, at, id, rows))
                .map(this::read);
    }

    /** When the entry appeared; null when it is not the account's. */
    Uni<OffsetDateTime> at(UUID account, UUID id) {
        return database.pool()
                .preparedQuery("select at from inbox_item where id = $1 and account = $2")
                .execute(Tuple.of(id, account))
                .map(rows -> rows.iterator().hasNext() ? rows.iterator().next().getOffsetDateTime(0) : null);
    }

    Uni<Long> unread(UUID account) {
        return database.pool()
                .preparedQuery("select count(*) from inbox_item where account = $1 and read_at is null")
                .execute(Tuple.of(account))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Marks one as read; gives whether it is the account's. */
    Uni<Boolean> read(SqlConnection tx, UUID account, UUID id, OffsetDateTime now) {
        return tx.preparedQuery("update inbox_item set read_at = coalesce(read_at, $3) where id = $1 and account = $2")
                .execute(Tuple.of(id, account, now))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Marks all as read; gives those that were not. */
    Uni<List<UUID>> readAll(SqlConnection tx, UUID account, OffsetDateTime now) {
        return tx.preparedQuery(
                        "update inbox_item set read_at = $2 where account = $1 and read_at is null returning id")
                .execute(Tuple.of(account, now))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID(0))
                        .toList());
    }

    private List<InboxItem> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(this::read).toList();
    }

    private InboxItem read(Row row) {
        Texts content = texts.open(row.getBuffer("content").getBytes());
        return new InboxItem(
                row.getUUID("id"),
                content.title(),
                content.body(),
                row.getString("link"),
                InboxTimes.here(row.getOffsetDateTime("at")),
                InboxTimes.here(row.getOffsetDateTime("read_at")),
                NoticeClass.valueOf(row.getString("class")));
    }
}
