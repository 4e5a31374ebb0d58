package cn.kangka.empi.card;

import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/** Rows of dynamic codes; only keyed hashes. */
@ApplicationScoped
class CardCodeStore {
    private static final String CODE = "card-code";

    /**
     * The one statement that decides. Code, expiry and card state are judged together: the row lock on the code lets one
     * of many pass, the lock on the card orders it against a report of loss.
     */
    private static final String USE = """
            with held as (
                select id, person from card where id = (select card from card_code where hash = $1)
                  and status = 'ACTIVE' for share),
            used as (
                update card_code k set used_at = $2
                from held c
                where k.hash = $1 and c.id = k.card and k.used_at is null and k.expires_at > $3
                returning k.card, c.person),
            recorded as (
                insert into card_use (id, card, at, source, scene, channel, terminal)
                select $4, card, $2, $5, $6, $7, $8 from used)
            select card, person from used
            """;

    private final Sealer sealer;

    CardCodeStore(Sealer sealer) {
        this.sealer = sealer;
    }

    /** Whose card was shown. */
    record Shown(UUID card, UUID person) {}

    /** What is known of a code; status is its card's. */
    record Known(boolean used, CardStatus status) {}

    /** Keeps a code for the person's active regional card; false when there is no such card. */
    Uni<Boolean> insert(SqlClient client, String code, UUID card, UUID person, Instant now, Instant expires) {
        return client.preparedQuery("insert into card_code (hash, card, issued_at, expires_at)"
                        + " select $1, id, $4, $5 from card"
                        + " where id = $2 and person = $3 and kind = 'REGIONAL' and status = 'ACTIVE'")
                .execute(Tuple.of(hash(code), card, person, time(now), time(expires)))
                .map(rows -> rows.rowCount() == 1);
    }

    /**
     * Uses a code up and records the use; null when it is not good (any more).
     *
     * @param expiredBefore codes that expired until then are too old
     */
    Uni<Shown> use(SqlClient client, String code, CardUse use, Instant expiredBefore) {
        return client.preparedQuery(USE)
                .execute(Tuple.from(Arrays.asList(
                        hash(code),
                        use.at(),
                        time(expiredBefore),
                        use.id(),
                        use.source(),
                        use.scene().name(),
                        use.channel(),
                        use.terminal())))
                .map(rows -> rows.rowCount() == 0 ? null : shown(rows.iterator().next()));
    }

    /** Why a code was not good; null when it is unknown. */
    Uni<Known> find(SqlClient client, String code) {
        return client.preparedQuery("select k.used_at is not null as used, c.status from card_code k"
                        + " join card c on c.id = k.card where k.hash = $1")
                .execute(Tuple.of(hash(code)))
                .map(rows -> rows.rowCount() == 0 ? null : known(rows.iterator().next()));
    }

    /** Forgets codes that expired before an instant. */
    Uni<Integer> forget(SqlClient client, Instant before) {
        return client.preparedQuery("delete from card_code where expires_at < $1")
                .execute(Tuple.of(time(before)))
                .map(rows -> rows.rowCount());
    }

    private Buffer hash(String code) {
        return Buffer.buffer(sealer.hash(CODE, code));
    }

    private static Shown shown(Row row) {
        return new Shown(row.getUUID("card"), row.getUUID("person"));
    }

    private static Known known(Row row) {
        return new Known(row.getBoolean("used"), CardStatus.valueOf(row.getString("status")));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
