package cn.kangka.api.person;

import cn.kangka.api.person.PersonMoved.IdentityMove;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

@ApplicationScoped
class PersonStore {
    private static final String PURPOSE = "name";

    private final Sealer sealer;

    PersonStore(Sealer sealer) {
        this.sealer = sealer;
    }

    /** What is known of a person before an event is applied. */
    record Known(long version, boolean merged, boolean suspect) {}

    /** Locks the person's row; null when it is new. */
    Uni<Known> lock(SqlConnection tx, UUID person) {
        return tx.preparedQuery("select version, status = 'MERGED', suspect from person where id = $1 for update")
                .execute(Tuple.of(person))
                .map(rows -> {
                    if (!rows.iterator().hasNext()) {
                        return null;
                    }
                    Row row = rows.iterator().next();
                    return new Known(row.getLong(0), row.getBoolean(1), row.getBoolean(2));
                });
    }

    /** Writes the state; false when a newer one is there already. */
    Uni<Boolean> save(SqlConnection tx, long version, PersonChanged state) {
        byte[] name = sealer.seal(PURPOSE, state.name());
        return tx.preparedQuery("""
                        insert into person (id, version, status, merged_into, suspect, name, sex, birth_date)
                        values ($1, $2, $3, $4, $5, $6, $7, $8)
                        on conflict (id) do update set version = excluded.version, status = excluded.status,
                            merged_into = excluded.merged_into, suspect = excluded.suspect, name = excluded.name,
                            sex = excluded.sex, birth_date = excluded.birth_date
                        where person.version < excluded.version
                        """)
                .execute(Tuple.tuple(Arrays.asList(
                        state.person(),
                        version,
                        state.status(),
                        state.mergedInto(),
                        state.suspect(),
                        name == null ? null : Buffer.buffer(name),
                        state.sex(),
                        state.birthDate())))
                .map(saved -> saved.rowCount() == 1);
    }

    /** Moves the identities that have a newer link now; tells which of them had belonged to somebody else. */
    Uni<List<IdentityMove>> link(SqlConnection tx, UUID person, List<PersonChanged.Link> links) {
        if (links.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<PersonChanged.Link> ordered = links.stream()
                .sorted(Comparator.comparing(PersonChanged.Link::identity))
                .toList();
        Tuple values = Tuple.tuple(Arrays.asList(
                ordered.stream().map(PersonChanged.Link::identity).toArray(UUID[]::new),
                ordered.stream().map(PersonChanged.Link::source).toArray(String[]::new),
                ordered.stream().map(PersonChanged.Link::linkVersion).toArray(Long[]::new),
                person));
        return tx.preparedQuery("""
                        with told as (
                            select * from unnest($1::uuid[], $2::text[], $3::bigint[]) as t (id, source, link_version)),
                        before as (
                            select i.id, i.person from identity i join told using (id) order by i.id for update of i),
                        moved as (
                            insert into identity (id, source, person, link_version)
                            select t.id, t.source, $4, t.link_version from told t left join before b using (id)
                            where b.id is null or b.person is not null -- reads "before" first, whatever the plan
                            order by t.id
                            on conflict (id) do update set person = excluded.person,
                                link_version = excluded.link_version
                            where identity.link_version < excluded.link_version
                            returning id, source)
                        select m.id, m.source, b.person from moved m join before b using (id) where b.person <> $4
                        """).execute(values).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new IdentityMove(row.getUUID(0), row.getString(1), row.getUUID(2), person))
                .toList());
    }

    /** The person that {@code id} leads to: itself, or the last survivor of its merges; itself when unknown. */
    Uni<UUID> current(SqlClient connection, UUID id) {
        return connection
                .preparedQuery("""
                        with recursive way (id, next, depth) as (
                            select id, merged_into, 0 from person where id = $1
                            union all
                            select p.id, p.merged_into, way.depth + 1 from way join person p on p.id = way.next
                            where way.depth < 100)
                        select coalesce(next, id) from way order by depth desc limit 1
                        """)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().hasNext() ? rows.iterator().next().getUUID(0) : id);
    }

    /** The person, or null when the index has not told of it. */
    Uni<Person> find(SqlClient connection, UUID id) {
        return connection
                .preparedQuery("select id, name, sex, birth_date, suspect from person where id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().hasNext() ? read(rows.iterator().next()) : null);
    }

    private Person read(Row row) {
        var name = row.getBuffer("name");
        return new Person(
                row.getUUID("id"),
                name == null ? null : sealer.open(PURPOSE, name.getBytes()),
                row.getString("sex"),
                row.getLocalDate("birth_date"),
                row.getBoolean("suspect"));
    }
}
