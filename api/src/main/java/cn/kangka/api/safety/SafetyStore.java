package cn.kangka.api.safety;

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

/** Allergies, orders and the alerts between them. */
@ApplicationScoped
class SafetyStore {
    static final String ALLERGY = "allergy";
    static final String MEDICATION = "medication";
    private static final int PERSON_LOCK = 7_321;
    private static final String PUT_ALLERGY = """
            insert into allergy (id, identity, source, key_hash, code, substance, reaction, criticality, active, told_at,
                received_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (source, identity, key_hash) do update set code = excluded.code,
                substance = excluded.substance, reaction = excluded.reaction, criticality = excluded.criticality,
                active = excluded.active, told_at = excluded.told_at, check_due = true
            where allergy.told_at <= excluded.told_at
            """;
    private static final String PUT_ORDER = """
            insert into medication_order (id, identity, source, key_hash, code, medication, active, ordered_at, told_at,
                received_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (source, key_hash) do update set identity = excluded.identity, code = excluded.code,
                medication = excluded.medication, active = excluded.active, ordered_at = excluded.ordered_at,
                told_at = excluded.told_at, check_due = true
            where medication_order.told_at <= excluded.told_at
            """;
    private static final String ALLERGIES = """
            select a.id, a.code, a.substance from identity i join allergy a on a.identity = i.id
            where i.person = $1 and a.active order by a.id
            """;
    private static final String ORDERS = """
            select o.id, o.code, o.medication from identity i join medication_order o on o.identity = i.id
            where i.person = $1 and o.active and o.ordered_at >= $2 order by o.ordered_at desc, o.id limit $3
            """;
    private static final String PUT_ALERT = """
            insert into safety_alert (id, allergy, medication_order, tier, rule, ingredient_group, raised_at)
            values ($1, $2, $3, $4, $5, $6, $7) on conflict (medication_order, allergy) do nothing
            """;
    private static final String WITHDRAW = """
            delete from safety_alert al using medication_order o, allergy a, identity i
            where al.medication_order = o.id and al.allergy = a.id and o.identity = i.id and i.person = $1
              and o.id = any($4) and a.active
              and not exists (
                select 1 from unnest($2::uuid[], $3::uuid[]) as c(medication_order, allergy)
                where c.medication_order = al.medication_order and c.allergy = al.allergy)
            """;
    private static final String CHECKED = """
            with mine as (select id from identity where person = $1),
            allergies as (
                update allergy set check_due = false where check_due and identity in (select id from mine))
            update medication_order set check_due = false where check_due and identity in (select id from mine)
            """;
    private static final String DUE = """
            select d.identity from (
                select identity from allergy where check_due union select identity from medication_order where check_due) d
            join identity i on i.id = d.identity limit $1
            """;

    private final Sealer sealer;

    SafetyStore(Sealer sealer) {
        this.sealer = sealer;
    }

    /** A stored allergy or order. */
    record Stored(UUID id, Substance substance) {}

    /** An alert to be raised. */
    record NewAlert(UUID allergy, UUID order, int tier, String rule, String group) {}

    Uni<Void> put(SqlConnection tx, ToldAllergy allergy, Instant now) {
        return tx.preparedQuery(PUT_ALLERGY)
                .execute(Tuple.tuple(Arrays.asList(
                        Ids.next(),
                        allergy.identity(),
                        allergy.source(),
                        hash("allergy-key", allergy.key()),
                        allergy.atc(),
                        sealed(ALLERGY, allergy.text()),
                        sealed(ALLERGY, allergy.reaction()),
                        allergy.criticality(),
                        allergy.active(),
                        utc(allergy.toldAt()),
                        utc(now))))
                .replaceWithVoid();
    }

    Uni<Void> put(SqlConnection tx, ToldOrder order, Instant now) {
        return tx.preparedQuery(PUT_ORDER)
                .execute(Tuple.tuple(Arrays.asList(
                        Ids.next(),
                        order.identity(),
                        order.source(),
                        hash("order-number", order.key()),
                        order.atc(),
                        sealed(MEDICATION, order.text()),
                        order.active(),
                        utc(order.orderedAt()),
                        utc(order.toldAt()),
                        utc(now))))
                .replaceWithVoid();
    }

    /** Whose the identity is, held so until the transaction ends; null when the index has not told. */
    Uni<UUID> ownerHeld(SqlConnection tx, UUID identity) {
        return tx.preparedQuery("select person from identity where id = $1 for share")
                .execute(Tuple.of(identity))
                .map(rows -> rows.iterator().hasNext() ? rows.iterator().next().getUUID(0) : null);
    }

    /** One comparison per person at a time: of two messages that come together, the later one sees both. */
    Uni<Void> lockPerson(SqlConnection tx, UUID person) {
        return tx.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, " + PERSON_LOCK + "))")
                .execute(Tuple.of(person.toString()))
                .replaceWithVoid();
    }

    Uni<List<Stored>> allergies(SqlConnection tx, UUID person) {
        return tx.preparedQuery(ALLERGIES).execute(Tuple.of(person)).map(rows -> stored(rows, ALLERGY));
    }

    Uni<List<Stored>> orders(SqlConnection tx, UUID person, Instant since, int limit) {
        return tx.preparedQuery(ORDERS)
                .execute(Tuple.of(person, utc(since), limit))
                .map(rows -> stored(rows, MEDICATION));
    }

    private List<Stored> stored(RowSet<Row> rows, String purpose) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Stored(
                        row.getUUID(0),
                        new Substance(
                                row.getString(1),
                                sealer.open(purpose, row.getBuffer(2).getBytes()))))
                .toList();
    }

    Uni<Void> raise(SqlConnection tx, List<NewAlert> alerts, Instant now) {
        List<Tuple> rows = alerts.stream()
                .map(alert -> Tuple.tuple(Arrays.<Object>asList(
                        Ids.next(),
                        alert.allergy(),
                        alert.order(),
                        alert.tier(),
                        alert.rule(),
                        alert.group(),
                        utc(now))))
                .toList();
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(PUT_ALERT).executeBatch(rows).replaceWithVoid();
    }

    /**
     * Takes back alerts of the compared orders whose drug or allergy was corrected so that they no longer contradict; what
     * was stopped stays, as history.
     */
    Uni<Void> withdrawOthers(SqlConnection tx, UUID person, List<Stored> compared, List<NewAlert> alerts) {
        return tx.preparedQuery(WITHDRAW)
                .execute(Tuple.of(
                        person,
                        alerts.stream().map(NewAlert::order).toArray(UUID[]::new),
                        alerts.stream().map(NewAlert::allergy).toArray(UUID[]::new),
                        compared.stream().map(Stored::id).toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> checked(SqlConnection tx, UUID person) {
        return tx.preparedQuery(CHECKED).execute(Tuple.of(person)).replaceWithVoid();
    }

    /** Identities that became known and have something that was not compared yet. */
    Uni<List<UUID>> due(SqlClient connection, int limit) {
        return connection.preparedQuery(DUE).execute(Tuple.of(limit)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getUUID(0))
                .toList());
    }

    private Buffer sealed(String purpose, String text) {
        return text == null ? null : Buffer.buffer(sealer.seal(purpose, text));
    }

    private Buffer hash(String purpose, String value) {
        return Buffer.buffer(sealer.hash(purpose, value));
    }

    static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
