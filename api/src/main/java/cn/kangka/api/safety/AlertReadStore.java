package cn.kangka.api.safety;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** A person's alerts and allergies, by the links that their identities have now. */
@ApplicationScoped
class AlertReadStore {
    private static final ZoneId REGION = ZoneId.of("Asia/Shanghai");
    /** One per order and group, whichever of the person's hospitals documented the allergy. */
    private static final String ALL = """
            select distinct on (m.id, s.ingredient_group) s.id, s.tier, s.rule, s.ingredient_group, s.raised_at,
                m.source, m.medication, al.substance, al.source as documented_by, m.active and al.active as open
            from identity im
            join medication_order m on m.identity = im.id
            join safety_alert s on s.medication_order = m.id
            join allergy al on al.id = s.allergy
            join identity ia on ia.id = al.identity and ia.person = im.person
            where im.person = $1
            order by m.id, s.ingredient_group, al.active desc, s.raised_at, s.id
            """;

    private static final String PAGE = "select * from (" + ALL + ") alert"
            + " where (raised_at, id) < ($2, $3) order by raised_at desc, id desc limit $4";
    private static final String OPEN = "select count(*)::int from (" + ALL + ") alert where open";
    private static final String ALLERGIES = """
            select a.id, a.code, a.substance, a.reaction, a.criticality, a.source, a.told_at
            from identity i join allergy a on a.identity = i.id
            where i.person = $1 and a.active and (a.told_at, a.id) < ($2, $3)
            order by a.told_at desc, a.id desc limit $4
            """;
    private static final Cursor BEGIN =
            new Cursor(OffsetDateTime.parse("9999-12-31T00:00:00Z").toInstant(), new UUID(-1, -1));

    private final Database database;
    private final Sealer sealer;

    AlertReadStore(Database database, Sealer sealer) {
        this.database = database;
        this.sealer = sealer;
    }

    /** An alert with its evidence. */
    record Alert(
            UUID id,
            int tier,
            String rule,
            String group,
            OffsetDateTime raisedAt,
            String source,
            String medication,
            String allergy,
            String documentedBy,
            boolean open) {}

    /** A documented allergy. */
    record Allergy(
            UUID id, Substance substance, String reaction, String criticality, String source, OffsetDateTime toldAt) {}

    Uni<List<Alert>> alerts(UUID person, Cursor after, int rows) {
        return database.pool()
                .preparedQuery(PAGE)
                .execute(page(person, after, rows))
                .map(found -> StreamSupport.stream(found.spliterator(), false)
                        .map(this::alert)
                        .toList());
    }

    private Alert alert(Row row) {
        return new Alert(
                row.getUUID("id"),
                row.getInteger("tier"),
                row.getString("rule"),
                row.getString("ingredient_group"),
                local(row.getOffsetDateTime("raised_at")),
                row.getString("source"),
                open(SafetyStore.MEDICATION, row.getBuffer("medication")),
                open(SafetyStore.ALLERGY, row.getBuffer("substance")),
                row.getString("documented_by"),
                row.getBoolean("open"));
    }

    /** How many alerts stand. */
    Uni<Integer> open(SqlClient connection, UUID person) {
        return connection.preparedQuery(OPEN).execute(Tuple.of(person)).map(rows -> rows.iterator()
                .next()
                .getInteger(0));
    }

    Uni<List<Allergy>> allergies(UUID person, Cursor after, int rows) {
        return database.pool()
                .preparedQuery(ALLERGIES)
                .execute(page(person, after, rows))
                .map(found -> StreamSupport.stream(found.spliterator(), false)
                        .map(this::allergy)
                        .toList());
    }

    private Allergy allergy(Row row) {
        return new Allergy(
                row.getUUID("id"),
                new Substance(row.getString("code"), open(SafetyStore.ALLERGY, row.getBuffer("substance"))),
                open(SafetyStore.ALLERGY, row.getBuffer("reaction")),
                row.getString("criticality"),
                row.getString("source"),
                local(row.getOffsetDateTime("told_at")));
    }

    private static Tuple page(UUID person, Cursor after, int rows) {
        Cursor from = after == null ? BEGIN : after;
        return Tuple.of(person, SafetyStore.utc(from.at()), from.id(), rows);
    }

    private String open(String purpose, Buffer envelope) {
        return envelope == null ? null : sealer.open(purpose, envelope.getBytes());
    }

    private static OffsetDateTime local(OffsetDateTime at) {
        return at.atZoneSameInstant(REGION).toOffsetDateTime();
    }
}
