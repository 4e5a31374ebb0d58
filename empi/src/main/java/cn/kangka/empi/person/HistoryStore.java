package cn.kangka.empi.person;

import cn.kangka.empi.person.HistoryEntry.Kind;
import cn.kangka.empi.person.PersonStore.PersonRow;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.page.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Rows of what was done to persons. */
@ApplicationScoped
class HistoryStore {
    private static final String COLUMNS = "select e.id, e.kind, e.person, e.other, e.decided_by, e.rule, e.reason,"
            + " e.actor, e.moved, e.was_suspect, e.apart, e.undoes, e.at,"
            + " exists (select 1 from person_event u where u.undoes = e.id) as undone from person_event e ";

    /** What was done to two persons, now. */
    Uni<Void> merged(
            SqlConnection tx,
            PersonRow survivor,
            UUID retired,
            List<LinkRow> moved,
            List<List<UUID>> apart,
            LinkDecision decision) {
        return write(tx, Kind.MERGE, survivor, retired, moved, apart, null, decision);
    }

    Uni<Void> split(SqlConnection tx, PersonRow remaining, UUID fresh, List<LinkRow> allLinks, LinkDecision decision) {
        return write(tx, Kind.SPLIT, remaining, fresh, allLinks, List.of(), null, decision);
    }

    Uni<Void> moved(SqlConnection tx, PersonRow to, LinkRow link, LinkDecision decision) {
        return write(tx, Kind.MOVE, to, link.person(), List.of(link), List.of(), null, decision);
    }

    Uni<Void> undone(SqlConnection tx, HistoryEntry entry, PersonRow person, List<LinkRow> now, LinkDecision decision) {
        return write(tx, Kind.UNDO, person, entry.other(), now, List.of(), entry.id(), decision);
    }

    private static Uni<Void> write(
            SqlConnection tx,
            Kind kind,
            PersonRow person,
            UUID other,
            List<LinkRow> links,
            List<List<UUID>> apart,
            UUID undoes,
            LinkDecision decision) {
        JsonArray moved = new JsonArray();
        links.forEach(link -> moved.add(new JsonObject()
                .put("identity", link.identity().toString())
                .put("person", link.person().toString())
                .put("version", link.version())
                .put("manual", link.manual())
                .put("rule", link.rule())));
        JsonArray pairs = new JsonArray();
        apart.forEach(pair -> pairs.add(
                new JsonArray().add(pair.get(0).toString()).add(pair.get(1).toString())));
        return tx.preparedQuery(
                        "insert into person_event (id, kind, person, other, decided_by, rule, reason, actor,"
                                + " moved, was_suspect, apart, undoes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
                .execute(Tuple.tuple(Arrays.asList(
                        Ids.next(),
                        kind.name(),
                        person.id(),
                        other,
                        decision.decidedBy(),
                        decision.rule(),
                        decision.reason(),
                        decision.actor(),
                        moved,
                        person.suspect(),
                        pairs,
                        undoes)))
                .replaceWithVoid();
    }

    /** An entry, locked; null when there is none. */
    Uni<HistoryEntry> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(COLUMNS + "where e.id = $1 for update of e")
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() == 0 ? null : read(rows.iterator().next()));
    }

    /** What was done to a person, newest first. */
    Uni<List<HistoryEntry>> of(SqlClient client, UUID person, int limit, Cursor after) {
        OffsetDateTime before = after == null ? null : after.at().atOffset(ZoneOffset.UTC);
        String page =
                " and ($2::timestamptz is null or (e.at, e.id) < ($2, $3)) order by e.at desc, e.id desc limit $4)";
        return client.preparedQuery("select * from ((" + COLUMNS + "where e.person = $1" + page + " union all ("
                        + COLUMNS + "where e.other = $1" + page + ") e order by at desc, id desc limit $4")
                .execute(Tuple.of(person, before, after == null ? null : after.id(), limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(HistoryStore::read)
                        .toList());
    }

    private static HistoryEntry read(Row row) {
        boolean manual = "MANUAL".equals(row.getString("decided_by"));
        return new HistoryEntry(
                row.getUUID("id"),
                Kind.valueOf(row.getString("kind")),
                row.getUUID("person"),
                row.getUUID("other"),
                new LinkDecision(manual, row.getString("rule"), null, row.getString("reason"), row.getString("actor")),
                objects(row.getJsonArray("moved")).map(HistoryStore::link).toList(),
                row.getBoolean("was_suspect"),
                row.getJsonArray("apart").stream()
                        .map(JsonArray.class::cast)
                        .map(pair -> List.of(UUID.fromString(pair.getString(0)), UUID.fromString(pair.getString(1))))
                        .toList(),
                row.getUUID("undoes"),
                row.getBoolean("undone"),
                row.getOffsetDateTime("at"));
    }

    private static java.util.stream.Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    private static LinkRow link(JsonObject link) {
        return new LinkRow(
                UUID.fromString(link.getString("identity")),
                UUID.fromString(link.getString("person")),
                link.getLong("version"),
                link.getBoolean("manual", false),
                link.getString("rule"));
    }
}
