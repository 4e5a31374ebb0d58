package cn.kangka.empi.card;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.id.Ids;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Rows of cards and of what happened to them. */
@ApplicationScoped
class CardStore {
    private static final String NUMBER = "card-number";
    private static final String COLUMNS =
            "select id, person, kind, status, source, identity, number_sealed, since, lost_at, version from card ";

    private final Sealer sealer;

    CardStore(Sealer sealer) {
        this.sealer = sealer;
    }

    /** The person's cards, oldest first. */
    Uni<List<Card>> ofPerson(SqlClient client, UUID person) {
        return cards(client, COLUMNS + "where person = $1 order by id", Tuple.of(person));
    }

    /** The cards of several persons, locked; in a fixed order, so that two merges never wait for each other. */
    Uni<List<Card>> lockOfPersons(SqlConnection tx, UUID... persons) {
        return cards(tx, COLUMNS + "where person = any($1) order by id for update", Tuple.of(persons));
    }

    /** The cards of a person that were another one's right before. */
    Uni<List<Card>> hadBefore(SqlConnection tx, UUID before, UUID now) {
        return cards(
                tx,
                COLUMNS + "where person = $2 and $1 = (select e.person from card_event e where e.card = card.id"
                        + " and e.person <> card.person order by e.at desc, e.id desc limit 1) order by id",
                Tuple.of(before, now));
    }

    /** The card, locked; null when there is none. */
    Uni<Card> lock(SqlConnection tx, UUID id) {
        return cards(tx, COLUMNS + "where id = $1 for update", Tuple.of(id)).map(CardStore::first);
    }

    /** The hospital card of that number, locked; null when it is not bound. */
    Uni<Card> lockHospitalCard(SqlConnection tx, String source, String number) {
        return cards(
                        tx,
                        COLUMNS + "where kind = 'HOSPITAL' and source = $1 and number_hash = $2 for update",
                        Tuple.of(source, hash(number)))
                .map(CardStore::first);
    }

    /** Cards reported lost before an instant, locked; those that somebody else settles right now are left out. */
    Uni<List<Card>> lockLostBefore(SqlConnection tx, Instant before, int limit) {
        return cards(
                tx,
                COLUMNS + "where status = 'LOST' and lost_at < $1 order by lost_at limit $2 for update skip locked",
                Tuple.of(time(before), limit));
    }

    /** @return false when the constraints say that such a card is there already */
    Uni<Boolean> insert(SqlConnection tx, Card card) {
        return tx.preparedQuery("insert into card"
                        + " (id, person, kind, status, source, identity, number_sealed, number_hash, since, version)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing")
                .execute(Tuple.from(Arrays.asList(
                        card.id(),
                        card.person(),
                        card.kind().name(),
                        card.status().name(),
                        card.source(),
                        card.identity(),
                        Buffer.buffer(sealer.seal(NUMBER, card.number().getBytes(UTF_8))),
                        hash(card.number()),
                        time(card.since()),
                        card.version())))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Many regional cards of persons that have none. */
    Uni<Void> insertAll(SqlConnection tx, List<Card> cards) {
        return tx.preparedQuery("insert into card (id, person, kind, status, number_sealed, since, version)"
                        + " select id, person, kind, status, number, since, version from unnest($1::uuid[], $2::uuid[],"
                        + " $3::text[], $4::text[], $5::bytea[], $6::timestamptz[], $7::bigint[])"
                        + " as n(id, person, kind, status, number, since, version)")
                .execute(Tuple.tuple(Arrays.asList(
                        cards.stream().map(Card::id).toArray(UUID[]::new),
                        cards.stream().map(Card::person).toArray(UUID[]::new),
                        cards.stream().map(card -> card.kind().name()).toArray(String[]::new),
                        cards.stream().map(card -> card.status().name()).toArray(String[]::new),
                        cards.stream()
                                .map(card -> Buffer.buffer(
                                        sealer.seal(NUMBER, card.number().getBytes(UTF_8))))
                                .toArray(Buffer[]::new),
                        cards.stream().map(card -> time(card.since())).toArray(OffsetDateTime[]::new),
                        cards.stream().map(Card::version).toArray(Long[]::new))))
                .replaceWithVoid();
    }

    /** That many cards were issued. */
    Uni<Void> recordIssued(SqlConnection tx, List<Card> cards, Act act, Instant now) {
        return tx.preparedQuery(
                        "insert into card_event (id, card, at, change, after_status, person, actor, channel, reason)"
                                + " select id, card, $4, $5, after_status, person, $6, $7, $8"
                                + " from unnest($1::uuid[], $2::uuid[], $3::uuid[], $9::text[])"
                                + " as n(id, card, person, after_status)")
                .execute(Tuple.from(Arrays.asList(
                        cards.stream().map(card -> Ids.next()).toArray(UUID[]::new),
                        cards.stream().map(Card::id).toArray(UUID[]::new),
                        cards.stream().map(Card::person).toArray(UUID[]::new),
                        time(now),
                        CardChange.ISSUE.name(),
                        act.who(),
                        act.channel(),
                        act.reason(),
                        cards.stream().map(card -> card.status().name()).toArray(String[]::new))))
                .replaceWithVoid();
    }

    /** Writes the card's person and status as they are now; the caller holds its lock. */
    Uni<Void> update(SqlConnection tx, Card card) {
        return tx.preparedQuery("update card set person = $2, identity = $3, status = $4, since = $5, lost_at = $6,"
                        + " version = $7 where id = $1")
                .execute(Tuple.from(Arrays.asList(
                        card.id(),
                        card.person(),
                        card.identity(),
                        card.status().name(),
                        time(card.since()),
                        time(card.lostAt()),
                        card.version())))
                .replaceWithVoid();
    }

    Uni<Void> replacedBy(SqlConnection tx, UUID card, UUID replacement) {
        return tx.preparedQuery("update card set replaced_by = $2 where id = $1")
                .execute(Tuple.of(card, replacement))
                .replaceWithVoid();
    }

    Uni<Void> record(SqlConnection tx, String change, CardStatus before, Card card, Act act, Instant now) {
        return tx.preparedQuery("insert into card_event"
                        + " (id, card, at, change, before_status, after_status, person, actor, channel, reason)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
                .execute(Tuple.from(Arrays.asList(
                        Ids.next(),
                        card.id(),
                        time(now),
                        change,
                        before == null ? null : before.name(),
                        card.status().name(),
                        card.person(),
                        act.who(),
                        act.channel(),
                        act.reason())))
                .replaceWithVoid();
    }

    private Uni<List<Card>> cards(SqlClient client, String sql, Tuple parameters) {
        return client.preparedQuery(sql).execute(parameters).map(this::read);
    }

    private List<Card> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(this::read).toList();
    }

    private Card read(Row row) {
        return new Card(
                row.getUUID("id"),
                row.getUUID("person"),
                CardKind.valueOf(row.getString("kind")),
                CardStatus.valueOf(row.getString("status")),
                row.getString("source"),
                row.getUUID("identity"),
                sealer.open(NUMBER, row.getBuffer("number_sealed").getBytes()),
                row.getOffsetDateTime("since").toInstant(),
                row.getOffsetDateTime("lost_at") == null
                        ? null
                        : row.getOffsetDateTime("lost_at").toInstant(),
                row.getLong("version"));
    }

    private Buffer hash(String number) {
        return Buffer.buffer(sealer.hash(NUMBER, number));
    }

    private static Card first(List<Card> cards) {
        return cards.isEmpty() ? null : cards.get(0);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
