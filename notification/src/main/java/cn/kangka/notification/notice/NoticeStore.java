package cn.kangka.notification.notice;

import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

@ApplicationScoped
class NoticeStore {
    /** A notice that is new, or whose content was replaced; its id is the first one's. */
    record Written(UUID id, boolean replaced) {}

    private static final String PUT = """
            insert into notice as n (id, key, fingerprint, class, template, template_version, locale, account,
                subject_person, phone, content, link, not_before, expires_at, producer, trace, created_at)
            select t.*, $15, $16, $17 from unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[], $5::text[], $6::int[],
                $7::text[], $8::uuid[], $9::uuid[], $10::bytea[], $11::bytea[], $12::text[], $13::timestamptz[],
                $14::timestamptz[]) as t
            on conflict (producer, key) do update set fingerprint = excluded.fingerprint, class = excluded.class,
                template = excluded.template, template_version = excluded.template_version, locale = excluded.locale,
                account = excluded.account, subject_person = excluded.subject_person, phone = excluded.phone,
                content = excluded.content, link = excluded.link, not_before = excluded.not_before,
                expires_at = excluded.expires_at, trace = excluded.trace, cancelled_at = null
            where n.fingerprint <> excluded.fingerprint
            returning id, key, xmax <> 0 as replaced
            """;
    private static final String KNOWN = "select key, fingerprint from notice where producer = $1 and key = any($2)";
    private static final String CANCEL = "update notice set cancelled_at = $3 where producer = $1 and key = $2"
            + " and cancelled_at is null returning id";

    private final Database database;

    NoticeStore(Database database) {
        this.database = database;
    }

    /** Writes new and changed notices; by key what was written. What is there with the same content is left out. */
    Uni<Map<String, Written>> put(
            SqlConnection tx, String producer, String trace, Instant now, List<Prepared> notices) {
        return tx.preparedQuery(PUT)
                .execute(Tuple.tuple(new ArrayList<>(Arrays.asList(
                        uuids(notices, Prepared::id),
                        texts(notices, each -> each.request().key()),
                        bytes(notices, Prepared::fingerprint),
                        texts(notices, each -> each.request().noticeClass().name()),
                        texts(notices, each -> each.template().name()),
                        notices.stream().map(each -> each.template().version()).toArray(Integer[]::new),
                        texts(notices, Prepared::language),
                        uuids(notices, each -> each.request().to().account()),
                        uuids(notices, each -> each.request().to().subjectPerson()),
                        bytes(notices, Prepared::phone),
                        bytes(notices, Prepared::content),
                        texts(notices, each -> each.request().link()),
                        times(notices, each -> each.request().notBefore()),
                        times(notices, each -> each.request().expiresAt()),
                        producer,
                        trace,
                        now.atOffset(ZoneOffset.UTC)))))
                .map(rows -> {
                    Map<String, Written> written = new HashMap<>();
                    for (Row row : rows) {
                        written.put(row.getString(1), new Written(row.getUUID(0), row.getBoolean(2)));
                    }
                    return written;
                });
    }

    /** The fingerprints of those keys that exist. */
    Uni<Map<String, byte[]>> fingerprints(String producer, List<String> keys) {
        return database.pool()
                .preparedQuery(KNOWN)
                .execute(Tuple.of(producer, keys.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, byte[]> known = new HashMap<>();
                    rows.forEach(
                            row -> known.put(row.getString(0), row.getBuffer(1).getBytes()));
                    return known;
                });
    }

    /** Those of a producer's notices that were read in the inbox. */
    Uni<List<NoticeResource.Read>> reads(SqlClient client, String producer, List<String> keys) {
        return client.preparedQuery("select n.key, i.read_at from notice n join inbox_item i on i.id = n.id"
                        + " where n.producer = $1 and n.key = any($2) and i.read_at is not null")
                .execute(Tuple.of(producer, keys.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new NoticeResource.Read(row.getString("key"), row.getOffsetDateTime("read_at")))
                        .toList());
    }

    /** Marks a notice as cancelled; its id, or null when there is none to cancel. */
    Uni<UUID> cancel(SqlConnection tx, String producer, String key, Instant now) {
        return tx.preparedQuery(CANCEL)
                .execute(Tuple.of(producer, key, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().hasNext() ? rows.iterator().next().getUUID(0) : null);
    }

    private static String[] texts(List<Prepared> notices, Function<Prepared, String> getter) {
        return notices.stream().map(getter).toArray(String[]::new);
    }

    private static UUID[] uuids(List<Prepared> notices, Function<Prepared, UUID> getter) {
        return notices.stream().map(getter).toArray(UUID[]::new);
    }

    private static OffsetDateTime[] times(List<Prepared> notices, Function<Prepared, OffsetDateTime> getter) {
        return notices.stream().map(getter).toArray(OffsetDateTime[]::new);
    }

    private static Buffer[] bytes(List<Prepared> notices, Function<Prepared, byte[]> getter) {
        return notices.stream()
                .map(getter)
                .map(each -> each == null ? null : Buffer.buffer(each))
                .toArray(Buffer[]::new);
    }
}
