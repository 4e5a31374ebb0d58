package cn.kangka.api.account;

import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

@ApplicationScoped
class LoginCodeStore {
    private static final String PHONE = "phone";
    private static final String CODE = "login-code";

    private final Sealer sealer;

    LoginCodeStore(Sealer sealer) {
        this.sealer = sealer;
    }

    /** The newest code of a phone and purpose that was not used. */
    record Sent(UUID id, byte[] hash, OffsetDateTime expiresAt, int tries) {}

    /** One request per phone at a time, until the transaction ends. */
    Uni<Void> lock(SqlConnection tx, String phone) {
        return tx.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 43))")
                .execute(Tuple.of(HexFormat.of().formatHex(sealer.hash(PHONE, phone))))
                .replaceWithVoid();
    }

    Uni<List<Instant>> sentSince(SqlConnection tx, String phone, OffsetDateTime since) {
        return tx.preparedQuery("select sent_at from login_code where phone_hash = $1 and sent_at > $2")
                .execute(Tuple.of(Buffer.buffer(sealer.hash(PHONE, phone)), since))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getOffsetDateTime(0).toInstant())
                        .toList());
    }

    Uni<Void> insert(
            SqlConnection tx,
            UUID id,
            String phone,
            String purpose,
            String code,
            OffsetDateTime now,
            OffsetDateTime expiresAt) {
        return tx.preparedQuery("insert into login_code (id, phone_hash, purpose, code_hash, sent_at, expires_at)"
                        + " values ($1, $2, $3, $4, $5, $6)")
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        Buffer.buffer(sealer.hash(PHONE, phone)),
                        purpose,
                        Buffer.buffer(hash(id, purpose, code)),
                        now,
                        expiresAt)))
                .replaceWithVoid();
    }

    Uni<Sent> newest(SqlConnection tx, String phone, String purpose) {
        return tx.preparedQuery("select id, code_hash, expires_at, tries, used_at from login_code"
                        + " where phone_hash = $1 and purpose = $2 order by sent_at desc limit 1")
                .execute(Tuple.of(Buffer.buffer(sealer.hash(PHONE, phone)), purpose))
                .map(rows -> rows.iterator().hasNext() ? read(rows.iterator().next()) : null);
    }

    Uni<Void> tried(SqlConnection tx, UUID id) {
        return tx.preparedQuery("update login_code set tries = tries + 1 where id = $1")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    Uni<Void> used(SqlConnection tx, UUID id, OffsetDateTime now) {
        return tx.preparedQuery("update login_code set used_at = $2 where id = $1")
                .execute(Tuple.of(id, now))
                .replaceWithVoid();
    }

    Uni<Integer> prune(SqlClient connection, OffsetDateTime before) {
        return connection
                .preparedQuery("delete from login_code where sent_at < $1")
                .execute(Tuple.of(before))
                .map(rows -> rows.rowCount());
    }

    boolean matches(Sent sent, String purpose, String code) {
        return MessageDigest.isEqual(sent.hash(), hash(sent.id(), purpose, code));
    }

    private byte[] hash(UUID id, String purpose, String code) {
        return sealer.hash(CODE, id + "|" + purpose + "|" + code);
    }

    private static Sent read(Row row) {
        return row.getOffsetDateTime("used_at") != null
                ? null
                : new Sent(
                        row.getUUID("id"),
                        row.getBuffer("code_hash").getBytes(),
                        row.getOffsetDateTime("expires_at"),
                        row.getInteger("tries"));
    }
}
