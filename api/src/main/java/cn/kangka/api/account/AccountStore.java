package cn.kangka.api.account;

import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

@ApplicationScoped
class AccountStore {
    private static final String PHONE = "phone";
    private static final String COLUMNS = "id, phone, person, level, status, locale, version";

    private final Sealer sealer;

    AccountStore(Sealer sealer) {
        this.sealer = sealer;
    }

    /** The account, or null. */
    Uni<Account> find(SqlClient connection, UUID id) {
        return connection
                .preparedQuery("select " + COLUMNS + " from account where id = $1")
                .execute(Tuple.of(id))
                .map(this::one);
    }

    /** The live account of a phone, or null. */
    Uni<Account> byPhone(SqlClient connection, String phone) {
        return connection
                .preparedQuery("select " + COLUMNS + " from account where phone_hash = $1 and status <> 'CLOSED'")
                .execute(Tuple.of(hash(phone)))
                .map(this::one);
    }

    /** The account, its row locked. */
    Uni<Account> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery("select " + COLUMNS + " from account where id = $1 for update")
                .execute(Tuple.of(id))
                .map(this::one);
    }

    /** Another account that holds this person, suspended ones included; null when there is none. */
    Uni<Account> otherHolder(SqlConnection tx, UUID person, UUID account) {
        return tx.preparedQuery("select " + COLUMNS + " from account where person = $1 and id <> $2"
                        + " and (status = 'ACTIVE' or suspended_for in ('SUSPECT', 'OPERATOR')) limit 1")
                .execute(Tuple.of(person, account))
                .map(this::one);
    }

    /** One claim of a person at a time, until the transaction ends. */
    Uni<Void> lockClaims(SqlConnection tx, UUID person) {
        return tx.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 44))")
                .execute(Tuple.of(person.toString()))
                .replaceWithVoid();
    }

    /** A new account at level 0; null when the phone has one already. */
    Uni<Account> create(SqlConnection tx, UUID id, String phone, String locale) {
        return tx.preparedQuery("insert into account (id, phone_hash, phone, locale) values ($1, $2, $3, $4)"
                        + " on conflict (phone_hash) where status <> 'CLOSED' do nothing returning " + COLUMNS)
                .execute(Tuple.of(id, hash(phone), Buffer.buffer(sealer.seal(PHONE, phone)), locale))
                .map(this::one);
    }

    /** Binds the account to a person; the level never falls. */
    Uni<Account> bind(SqlConnection tx, UUID id, UUID person, int level) {
        return tx.preparedQuery("update account set person = $2, level = greatest(level, $3), version = version + 1,"
                        + " merged_from = case when person = $2 then merged_from else '{}' end,"
                        + " identity_tries = 0, identity_paused_until = null where id = $1 returning " + COLUMNS)
                .execute(Tuple.of(id, person, level))
                .map(this::one);
    }

    /** Takes the person from an account that never showed more than a name. */
    Uni<Account> unbind(SqlConnection tx, UUID id) {
        return tx.preparedQuery("update account set person = null, level = 0, merged_from = '{}',"
                        + " version = version + 1 where id = $1"
                        + " returning " + COLUMNS)
                .execute(Tuple.of(id))
                .map(this::one);
    }

    /** Moves the loser's accounts to the survivor; they are suspended when the survivor has an active one already. */
    Uni<List<Account>> rebind(SqlConnection tx, UUID loser, UUID survivor) {
        return tx.preparedQuery("select id from account where person in ($1, $2) order by id for update")
                .execute(Tuple.of(loser, survivor))
                .chain(() -> tx.preparedQuery("""
                                with taken as (
                                    select exists (
                                        select 1 from account where person = $2 and status = 'ACTIVE') as by_other)
                                update account set person = $2, version = version + 1,
                                    merged_from = merged_from || $1::uuid,
                                    suspended_by_merge_of = case when taken.by_other and status = 'ACTIVE' then $1::uuid
                                        else suspended_by_merge_of end,
                                    status = case when taken.by_other and status = 'ACTIVE' then 'SUSPENDED'
                                        else status end,
                                    suspended_for = case when taken.by_other and status = 'ACTIVE' then 'MERGED'
                                        else suspended_for end
                                from taken where person = $1 returning
                                """ + COLUMNS).execute(Tuple.of(loser, survivor)))
                .map(this::all);
    }

    /** Gives the accounts back that were the person's until it was merged away; what the merge suspended goes on. */
    Uni<List<Account>> giveBack(SqlConnection tx, UUID revived) {
        return tx.preparedQuery("select id from account where merged_from[cardinality(merged_from)] = $1"
                        + " and merged_from <> '{}' order by id for update")
                .execute(Tuple.of(revived))
                .chain(() -> tx.preparedQuery("""
                                with taken as (
                                    select exists (
                                        select 1 from account where status = 'ACTIVE' and merged_from <> '{}'
                                            and merged_from[cardinality(merged_from)] = $1) as by_other)
                                update account set person = $1, version = version + 1,
                                    merged_from = trim_array(merged_from, 1),
                                    suspended_by_merge_of = nullif(suspended_by_merge_of, $1),
                                    status = case when suspended_by_merge_of = $1 and suspended_for = 'MERGED'
                                        and not taken.by_other then 'ACTIVE' else status end,
                                    suspended_for = case when suspended_by_merge_of = $1 and suspended_for = 'MERGED'
                                        and not taken.by_other then null else suspended_for end
                                from taken where merged_from <> '{}'
                                    and merged_from[cardinality(merged_from)] = $1 returning
                                """ + COLUMNS).execute(Tuple.of(revived)))
                .map(this::all);
    }

    /** Suspends a suspect person's accounts until the review. */
    Uni<List<Account>> suspend(SqlConnection tx, UUID person) {
        return tx.preparedQuery("update account set status = 'SUSPENDED', suspended_for = 'SUSPECT',"
                        + " version = version + 1 where person = $1 and status = 'ACTIVE' returning " + COLUMNS)
                .execute(Tuple.of(person))
                .map(this::all);
    }

    /** Gives a reviewed person's account back, unless the person has got another active one meanwhile. */
    Uni<List<Account>> release(SqlConnection tx, UUID person) {
        return tx.preparedQuery("""
                        update account set status = 'ACTIVE', suspended_for = null, version = version + 1
                        where id = (
                            select a.id from account a where a.person = $1 and a.suspended_for = 'SUSPECT'
                                and not exists (
                                    select 1 from account b where b.person = $1 and b.status = 'ACTIVE')
                            order by a.created_at limit 1 for update)
                        returning
                        """ + COLUMNS).execute(Tuple.of(person)).map(this::all);
    }

    private Buffer hash(String phone) {
        return Buffer.buffer(sealer.hash(PHONE, phone));
    }

    private Account one(RowSet<Row> rows) {
        return rows.iterator().hasNext() ? read(rows.iterator().next()) : null;
    }

    private List<Account> all(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(this::read).toList();
    }

    private Account read(Row row) {
        return new Account(
                row.getUUID("id"),
                sealer.open(PHONE, row.getBuffer("phone").getBytes()),
                row.getUUID("person"),
                row.getInteger("level"),
                Account.Status.valueOf(row.getString("status")),
                row.getString("locale"),
                row.getLong("version"));
    }
}
