package cn.kangka.empi.card;

import cn.kangka.kit.page.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Rows of uses. They belong to the card and follow it from person to person. */
@ApplicationScoped
class CardUseStore {
    private static final ZoneId REGION = ZoneId.of("Asia/Shanghai");
    private static final OffsetDateTime LAST = OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final UUID LAST_ID = new UUID(-1, -1);

    /** Newest first; {@code after} is the last one of the page before, or null. */
    Uni<List<CardUse>> page(SqlClient client, UUID person, int rows, Cursor after) {
        OffsetDateTime at = after == null ? LAST : after.at().atOffset(ZoneOffset.UTC);
        UUID id = after == null ? LAST_ID : after.id();
        return client.preparedQuery("select u.id, u.card, u.at, u.source, u.scene, u.channel, u.terminal"
                        + " from card c cross join lateral (select * from card_use where card = c.id"
                        + "   and (at, id) < ($2, $3) order by at desc, id desc limit $4) u"
                        + " where c.person = $1 order by u.at desc, u.id desc limit $4")
                .execute(Tuple.of(person, at, id, rows))
                .map(found -> StreamSupport.stream(found.spliterator(), false)
                        .map(CardUseStore::read)
                        .toList());
    }

    private static CardUse read(Row row) {
        return new CardUse(
                row.getUUID("id"),
                row.getUUID("card"),
                row.getOffsetDateTime("at").atZoneSameInstant(REGION).toOffsetDateTime(),
                row.getString("source"),
                CardScene.valueOf(row.getString("scene")),
                row.getString("channel"),
                row.getString("terminal"));
    }
}
