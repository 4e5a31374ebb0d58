package cn.kangka.api.record;

import cn.kangka.api.record.ReportItem.HospitalRef;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Lists of reports, by the account that asks. */
@ApplicationScoped
class ReportReadStore {
    static final ZoneId REGION = ZoneId.of("Asia/Shanghai");
    /**
     * The account, its person and its reports in one round trip. No row at all: the account may not read. A row without
     * a report: there is none.
     */
    private static final String LIST = """
            select a.person, r.id, r.source, r.hospital, r.title, r.category, r.status, r.issued_at, r.abnormal,
                r.read, r.version
            from account a left join lateral (
                select newest.id, newest.source, hospital, title, category, issued_at, abnormal, version,
                    case when superseded_at is null then status else 'SUPERSEDED' end as status,
                    read_at is not null as read
                from identity i cross join lateral (
                    select * from report
                    where identity = i.id and listed and (issued_at, id) < ($3, $4)
                    order by issued_at desc, id desc limit $5) newest
                where i.person = a.person
                order by issued_at desc, newest.id desc limit $5) r on true
            where a.id = $1 and a.status = 'ACTIVE' and a.level >= $2 and a.person is not null
              and not exists (select 1 from session s where s.id = $6 and s.revoked_at is not null)
            order by r.issued_at desc, r.id desc
            """;

    private static final Cursor BEGIN =
            new Cursor(OffsetDateTime.parse("9999-12-31T00:00:00Z").toInstant(), new UUID(-1, -1));

    private final Database database;

    ReportReadStore(Database database) {
        this.database = database;
    }

    /** Whose reports, and a page of them. */
    record Listed(UUID person, Page<ReportItem> page) {}

    /**
     * The newest reports; null when the account is not active, has no person or not the level, or the login was ended.
     *
     * @param login the session of the token; null when it has none
     */
    Uni<Listed> list(UUID account, UUID login, int level, Cursor after, int limit) {
        Cursor from = after == null ? BEGIN : after;
        return database.pool()
                .preparedQuery(LIST)
                .execute(Tuple.tuple(
                        Arrays.asList(account, level, ReportStore.utc(from.at()), from.id(), limit + 1, login)))
                .map(rows -> listed(rows, limit));
    }

    private static Listed listed(RowSet<Row> rows, int limit) {
        UUID person = null;
        List<ReportItem> items = new ArrayList<>();
        for (Row row : rows) {
            person = row.getUUID(0);
            if (row.getUUID(1) != null) {
                items.add(item(row));
            }
        }
        return person == null
                ? null
                : new Listed(
                        person,
                        Page.of(items, limit, item -> new Cursor(item.issuedAt().toInstant(), item.id())));
    }

    private static ReportItem item(Row row) {
        return new ReportItem(
                row.getUUID(1),
                new HospitalRef(row.getString(2), row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                local(row.getOffsetDateTime(7)),
                row.getInteger(8),
                row.getBoolean(9),
                row.getInteger(10));
    }

    /** The newest report of a person; null when there is none. */
    Uni<NewestReport> newest(SqlConnection connection, UUID person) {
        return connection
                .preparedQuery("select r.id, r.title, r.hospital, r.issued_at, r.abnormal"
                        + " from identity i join lateral (select * from report where identity = i.id and listed"
                        + " order by issued_at desc, id desc limit 1) r on true"
                        + " where i.person = $1 order by r.issued_at desc, r.id desc limit 1")
                .execute(Tuple.of(person))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new NewestReport(
                                row.getUUID(0),
                                row.getString(1),
                                row.getString(2),
                                local(row.getOffsetDateTime(3)),
                                row.getInteger(4)))
                        .findFirst()
                        .orElse(null));
    }

    static OffsetDateTime local(OffsetDateTime at) {
        return at == null ? null : at.atZoneSameInstant(REGION).toOffsetDateTime();
    }
}
