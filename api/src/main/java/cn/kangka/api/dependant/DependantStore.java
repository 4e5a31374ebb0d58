package cn.kangka.api.dependant;

import cn.kangka.api.dependant.DependantPolicy.Ground;
import cn.kangka.kit.masking.Masks;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Who books for whom. */
@ApplicationScoped
class DependantStore {
    private static final String PHONE = "phone";
    /** As the persons' own store seals names. */
    private static final String NAME = "name";

    private static final String SELECT = """
            select d.id, d.account, d.person, d.relation, d.kind, d.status, d.phone, d.made_at, d.agreed_at, d.expires_at,
                p.birth_date, p.name, coalesce(p.suspect, true) as suspect
            from dependant d left join person p on p.id = d.person
            """;

    private static final String UNANSWERED = """
            update dependant set status = 'ENDED', phone = null, ended_at = $1, ended_by = 'TIME'
            where status = 'PENDING' and expires_at <= $1
            """;
    private static final String GROWN = """
            update dependant d set status = 'ENDED', ended_at = $1, ended_by = 'AGE' from person p
            where d.status = 'ACTIVE' and d.kind = 'MINOR' and p.id = d.person and p.birth_date <= $2
            """;

    private final Sealer sealer;
    private final ZoneId zone;

    DependantStore(Sealer sealer, Clock clock) {
        this.sealer = sealer;
        this.zone = clock.getZone();
    }

    /** A relation with what decides about it. */
    record Relation(
            UUID id,
            UUID account,
            UUID person,
            Ground ground,
            boolean active,
            String phone,
            LocalDate birth,
            boolean suspect,
            DependantView view) {
        /** Whether it may still be agreed to. */
        boolean waits(OffsetDateTime now) {
            return !active && view.expiresAt() != null && view.expiresAt().isAfter(now);
        }

        @Override
        public String toString() {
            return "dependant " + id;
        }
    }

    /** One change of an account's dependants at a time, until the transaction ends. */
    Uni<Void> lock(SqlConnection tx, UUID account) {
        return tx.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 45))")
                .execute(Tuple.of(account.toString()))
                .replaceWithVoid();
    }

    /** Open relations of an account, the oldest first. */
    Uni<List<Relation>> ofAccount(SqlClient connection, UUID account) {
        return connection
                .preparedQuery(
                        SELECT + "where d.account = $1 and d.status in ('PENDING', 'ACTIVE') order by d.made_at, d.id")
                .execute(Tuple.of(account))
                .map(rows -> all(rows, this::relation));
    }

    /** The active relation between both; null when there is none. */
    Uni<Relation> between(SqlClient connection, UUID account, UUID person) {
        return connection
                .preparedQuery(SELECT + "where d.account = $1 and d.person = $2 and d.status = 'ACTIVE'")
                .execute(Tuple.of(account, person))
                .map(rows -> first(rows, this::relation));
    }

    /** An open relation, locked; null when there is none. */
    Uni<Relation> lockOne(SqlConnection tx, UUID id) {
        return tx.preparedQuery(SELECT + "where d.id = $1 and d.status in ('PENDING', 'ACTIVE') for no key update of d")
                .execute(Tuple.of(id))
                .map(rows -> first(rows, this::relation));
    }

    /** Whether the person has an account of their own, at level 1 or above; one that rests too. */
    Uni<Boolean> hasAccount(SqlClient connection, UUID person) {
        return connection
                .preparedQuery(
                        "select exists (select 1 from account where person = $1 and status <> 'CLOSED' and level >= 1)")
                .execute(Tuple.of(person))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** A relation; pending when it has a phone. */
    Uni<Void> add(
            SqlConnection tx,
            UUID id,
            UUID account,
            UUID person,
            DependantRequest.Relation relation,
            Ground ground,
            String phone,
            OffsetDateTime now,
            OffsetDateTime expires) {
        boolean pending = phone != null;
        return tx.preparedQuery("insert into dependant (id, account, person, relation, kind, status, phone, made_at,"
                        + " agreed_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        account,
                        person,
                        relation.name(),
                        ground.name(),
                        pending ? "PENDING" : "ACTIVE",
                        pending ? Buffer.buffer(sealer.seal(PHONE, phone)) : null,
                        now,
                        pending ? null : now,
                        pending ? expires : null)))
                .replaceWithVoid();
    }

    Uni<Void> agree(SqlConnection tx, UUID id, OffsetDateTime now) {
        return tx.preparedQuery(
                        "update dependant set status = 'ACTIVE', agreed_at = $2, phone = null, expires_at = null"
                                + " where id = $1 and status = 'PENDING'")
                .execute(Tuple.of(id, now))
                .replaceWithVoid();
    }

    /** A code was sent anew: the pending one waits as long as that is good. */
    Uni<Void> prolong(SqlConnection tx, UUID id, OffsetDateTime expires) {
        return tx.preparedQuery("update dependant set expires_at = $2 where id = $1 and status = 'PENDING'")
                .execute(Tuple.of(id, expires))
                .replaceWithVoid();
    }

    Uni<Void> end(SqlConnection tx, UUID id, String by, OffsetDateTime now) {
        return tx.preparedQuery("update dependant set status = 'ENDED', phone = null, ended_at = $3, ended_by = $2"
                        + " where id = $1")
                .execute(Tuple.of(id, by, now))
                .replaceWithVoid();
    }

    /** Who may book for a person. */
    Uni<List<DependantView.Carer>> carers(SqlClient connection, UUID person) {
        return connection
                .preparedQuery("select d.id, c.name, d.relation, d.agreed_at from dependant d"
                        + " join account a on a.id = d.account left join person c on c.id = a.person"
                        + " where d.person = $1 and d.status = 'ACTIVE' order by d.made_at, d.id")
                .execute(Tuple.of(person))
                .map(rows -> all(
                        rows,
                        row -> new DependantView.Carer(
                                row.getUUID("id"),
                                masked(row),
                                DependantRequest.Relation.valueOf(row.getString("relation")),
                                time(row, "agreed_at"))));
    }

    /** Ends what nobody answered, and what minors who came of age outgrew; how many. */
    Uni<Integer> sweep(SqlConnection tx, OffsetDateTime now, LocalDate bornBefore) {
        return tx.preparedQuery(UNANSWERED).execute(Tuple.of(now)).chain(unanswered -> tx.preparedQuery(GROWN)
                .execute(Tuple.of(now, bornBefore))
                .map(grown -> unanswered.rowCount() + grown.rowCount()));
    }

    /** The same for one account only. */
    Uni<Void> sweep(SqlConnection tx, OffsetDateTime now, LocalDate bornBefore, UUID account) {
        return tx.preparedQuery(UNANSWERED + " and account = $2")
                .execute(Tuple.of(now, account))
                .chain(() ->
                        tx.preparedQuery(GROWN + " and d.account = $3").execute(Tuple.of(now, bornBefore, account)))
                .replaceWithVoid();
    }

    /** Where both had the same dependant the loser's relation ends; the others are the survivor's. */
    Uni<Void> rehome(SqlConnection tx, UUID loser, UUID survivor, OffsetDateTime now) {
        return tx.preparedQuery(
                        "update dependant d set status = 'ENDED', phone = null, ended_at = $3, ended_by = 'TIME'"
                                + " where d.person = $1 and d.status in ('PENDING', 'ACTIVE') and exists (select 1 from dependant o"
                                + " where o.account = d.account and o.person = $2 and o.status in ('PENDING', 'ACTIVE'))")
                .execute(Tuple.of(loser, survivor, now))
                .chain(() -> tx.preparedQuery("update dependant set person = $2, merged_from = merged_from || $1::uuid"
                                + " where person = $1")
                        .execute(Tuple.of(loser, survivor)))
                .replaceWithVoid();
    }

    /** Gives them back when the merge is undone. */
    Uni<Void> giveBack(SqlConnection tx, UUID revived) {
        return tx.preparedQuery("update dependant set person = $1, merged_from = trim_array(merged_from, 1)"
                        + " where merged_from <> '{}' and merged_from[cardinality(merged_from)] = $1")
                .execute(Tuple.of(revived))
                .replaceWithVoid();
    }

    private Relation relation(Row row) {
        boolean active = row.getString("status").equals("ACTIVE");
        UUID person = row.getUUID("person");
        var phone = row.getBuffer("phone");
        return new Relation(
                row.getUUID("id"),
                row.getUUID("account"),
                person,
                Ground.valueOf(row.getString("kind")),
                active,
                phone == null ? null : sealer.open(PHONE, phone.getBytes()),
                row.getLocalDate("birth_date"),
                row.getBoolean("suspect"),
                new DependantView(
                        row.getUUID("id"),
                        active ? person : null,
                        active ? masked(row) : null,
                        DependantRequest.Relation.valueOf(row.getString("relation")),
                        row.getString("status"),
                        row.getString("kind"),
                        time(row, active ? "agreed_at" : "made_at"),
                        time(row, "expires_at")));
    }

    private String masked(Row row) {
        var name = row.getBuffer("name");
        return name == null ? null : Masks.name(sealer.open(NAME, name.getBytes()));
    }

    private OffsetDateTime time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.atZoneSameInstant(zone).toOffsetDateTime();
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reading) {
        return StreamSupport.stream(rows.spliterator(), false).map(reading).toList();
    }

    private static <T> T first(RowSet<Row> rows, Function<Row, T> reading) {
        return rows.iterator().hasNext() ? reading.apply(rows.iterator().next()) : null;
    }
}
