package cn.kangka.empi.person;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.PersonsInBulk.Growth;
import cn.kangka.empi.person.PersonsInBulk.Known;
import cn.kangka.kit.sealing.Sealer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Rows of persons, links and their events. */
@ApplicationScoped
class PersonStore {
    private static final String PURPOSE = "person";
    private static final String LINK = "identity, person, version as link_version, decided_by, rule";
    private static final String WHOLE =
            "select p.id as person_id, p.version as person_version, p.status, p.merged_into,"
                    + " p.suspect, p.golden, l.identity, l.person, l.version as link_version, l.decided_by, l.rule, "
                    + Identities.COLUMNS
                    + " from person p left join link l on l.person = p.id and l.ended_at is null"
                    + " left join identity i on i.id = l.identity where p.id = any($1) order by l.since, l.identity";

    private final Sealer sealer;
    private final ObjectMapper json;
    private final Identities identities;

    PersonStore(Sealer sealer, ObjectMapper json, Identities identities) {
        this.sealer = sealer;
        this.identities = identities;
        this.json = json;
    }

    /** A person's row. */
    record PersonRow(
            UUID id, long version, PersonStatus status, UUID mergedInto, boolean suspect, GoldenRecord golden) {
        PersonRow changed(GoldenRecord now) {
            return new PersonRow(id, version + 1, status, mergedInto, suspect, now);
        }

        PersonRow mergedInto(UUID survivor) {
            return new PersonRow(id, version + 1, PersonStatus.MERGED, survivor, suspect, GoldenRecord.empty());
        }

        PersonRow suspect(boolean now) {
            return new PersonRow(id, version, status, mergedInto, now, golden);
        }

        PersonRow revived(boolean nowSuspect) {
            return new PersonRow(id, version, PersonStatus.ACTIVE, null, nowSuspect, golden);
        }
    }

    /** A person with what is linked to it, links and identities in the same order. */
    record Whole(PersonRow person, List<LinkRow> links, List<Identity> told) {}

    /** Locks persons in order of their ids, so that two writers never wait for each other. */
    Uni<List<PersonRow>> lock(SqlConnection tx, Collection<UUID> ids) {
        return tx.preparedQuery("select id, version, status, merged_into, suspect, golden from person"
                        + " where id = any($1) order by id for update")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(this::readAll);
    }

    /** A person with the identities that are linked to it, in one statement; null when there is no such person. */
    Uni<Whole> find(SqlClient client, UUID id) {
        return findAll(client, List.of(id)).map(found -> found.isEmpty() ? null : found.get(0));
    }

    /** The same of several; who does not exist is left out. */
    Uni<List<Whole>> findAll(SqlClient client, Collection<UUID> ids) {
        return client.preparedQuery(WHOLE)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("person_id"), LinkedHashMap::new, Collectors.toList()))
                        .values()
                        .stream()
                        .map(this::whole)
                        .toList());
    }

    private Whole whole(List<Row> rows) {
        List<LinkRow> links = new ArrayList<>();
        List<Identity> told = new ArrayList<>();
        for (Row row : rows) {
            if (row.getUUID("identity") != null) {
                links.add(linkOf(row));
                told.add(identities.read(row));
            }
        }
        return new Whole(read(rows.get(0), "person_id", "person_version"), links, told);
    }

    /** Where an id leads after all merges; null when there is no such person. */
    Uni<UUID> current(SqlClient client, UUID id) {
        return client.preparedQuery("with recursive trail as (select id, merged_into from person where id = $1"
                        + " union select p.id, p.merged_into from person p join trail t on p.id = t.merged_into)"
                        + " select id from trail where merged_into is null")
                .execute(Tuple.of(id))
                .map(rows ->
                        rows.rowCount() == 0 ? null : rows.iterator().next().getUUID(0));
    }

    Uni<Void> insert(SqlConnection tx, PersonRow person) {
        return tx.preparedQuery("insert into person (id, version, status, suspect, golden) values ($1, $2, $3, $4, $5)")
                .execute(Tuple.of(
                        person.id(), person.version(), person.status().name(), person.suspect(), seal(person.golden())))
                .replaceWithVoid();
    }

    Uni<Void> update(SqlConnection tx, PersonRow person) {
        return tx.preparedQuery("update person set version = $2, status = $3, merged_into = $4, suspect = $5,"
                        + " golden = $6, updated_at = now() where id = $1")
                .execute(Tuple.tuple(Arrays.asList(
                        person.id(),
                        person.version(),
                        person.status().name(),
                        person.mergedInto(),
                        person.suspect(),
                        seal(person.golden()))))
                .replaceWithVoid();
    }

    /** Ids, versions and suspicions; locked in order of the ids when asked for. */
    Uni<List<Known>> known(SqlClient client, Collection<UUID> ids, boolean locked) {
        return client.preparedQuery("select id, version, suspect from person where id = any($1)"
                        + (locked ? " order by id for update" : ""))
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Known(row.getUUID(0), row.getLong(1), row.getBoolean(2)))
                        .toList());
    }

    /** New persons with all that they have. */
    Uni<Void> insertAll(SqlConnection tx, List<Growth> made) {
        return made.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(
                                "insert into person (id, version, status, golden) select id, version, 'ACTIVE', golden"
                                        + " from unnest($1::uuid[], $2::bigint[], $3::bytea[]) as n(id, version, golden)")
                        .execute(columns(made))
                        .replaceWithVoid();
    }

    /** Persons that grew. */
    Uni<Void> updateAll(SqlConnection tx, List<Growth> grown) {
        return grown.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery("update person p set version = n.version, golden = n.golden, updated_at = now()"
                                + " from unnest($1::uuid[], $2::bigint[], $3::bytea[]) as n(id, version, golden)"
                                + " where p.id = n.id")
                        .execute(columns(grown))
                        .replaceWithVoid();
    }

    private Tuple columns(List<Growth> some) {
        return Tuple.of(
                some.stream().map(each -> each.person().id()).toArray(UUID[]::new),
                some.stream()
                        .map(each -> each.person().version() + each.newcomers().size())
                        .toArray(Long[]::new),
                some.stream()
                        .map(each -> seal(GoldenRecordPolicy.of(each.all())))
                        .toArray(Buffer[]::new));
    }

    /** First links of all newcomers. */
    Uni<Void> linkAll(SqlConnection tx, List<Growth> some) {
        List<UUID> identities = new ArrayList<>();
        List<UUID> persons = new ArrayList<>();
        List<LinkDecision> decisions = new ArrayList<>();
        for (Growth growth : some) {
            growth.newcomers().forEach(newcomer -> {
                identities.add(newcomer.identity());
                persons.add(growth.person().id());
                decisions.add(newcomer.decision());
            });
        }
        return tx.preparedQuery("insert into link (identity, version, person, decided_by, rule, score)"
                        + " select identity, 1, person, decided_by, rule, score from"
                        + " unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::float8[])"
                        + " as n(identity, person, decided_by, rule, score)")
                .execute(Tuple.of(
                        identities.toArray(UUID[]::new),
                        persons.toArray(UUID[]::new),
                        decisions.stream().map(LinkDecision::decidedBy).toArray(String[]::new),
                        decisions.stream().map(LinkDecision::rule).toArray(String[]::new),
                        decisions.stream().map(LinkDecision::score).toArray(Double[]::new)))
                .replaceWithVoid();
    }

    Uni<LinkRow> link(SqlClient client, UUID identity) {
        return client.preparedQuery("select " + LINK + " from link where identity = $1 and ended_at is null")
                .execute(Tuple.of(identity))
                .map(rows ->
                        rows.rowCount() == 0 ? null : linkOf(rows.iterator().next()));
    }

    Uni<List<LinkRow>> linksOfPersons(SqlClient client, Collection<UUID> persons) {
        return client.preparedQuery("select " + LINK
                        + " from link where person = any($1) and ended_at is null order by since, identity")
                .execute(Tuple.of(persons.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(PersonStore::linkOf)
                        .toList());
    }

    Uni<List<LinkRow>> linksOfIdentities(SqlClient client, Collection<UUID> identities) {
        return client.preparedQuery("select " + LINK + " from link where identity = any($1) and ended_at is null")
                .execute(Tuple.of(identities.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(PersonStore::linkOf)
                        .toList());
    }

    /** Everybody who is in one cluster with one of the identities. */
    Uni<List<Member>> clusters(SqlClient client, Collection<UUID> ofIdentities) {
        return client.preparedQuery("select l.identity, l.person, l.version as link_version, l.decided_by, l.rule, "
                        + Identities.COLUMNS + " from (select distinct person from link where identity = any($1)"
                        + " and ended_at is null) p join link l on l.person = p.person and l.ended_at is null"
                        + " join identity i on i.id = l.identity")
                .execute(Tuple.of(ofIdentities.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Member(identities.read(row), linkOf(row)))
                        .toList());
    }

    /** Remembers that each of some identities is another human than each of others. */
    Uni<Void> keepApart(SqlConnection tx, Collection<UUID> some, Collection<UUID> others) {
        return tx.preparedQuery("insert into not_same (one, other) select least(a, b), greatest(a, b)"
                        + " from unnest($1::uuid[]) as a, unnest($2::uuid[]) as b on conflict do nothing")
                .execute(Tuple.of(some.toArray(UUID[]::new), others.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Remembers pairs that were kept apart before; the smaller id of each first. */
    Uni<Void> keepApart(SqlConnection tx, List<List<UUID>> pairs) {
        return tx.preparedQuery("insert into not_same (one, other)"
                        + " select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing")
                .execute(Tuple.of(
                        pairs.stream().map(pair -> pair.get(0)).toArray(UUID[]::new),
                        pairs.stream().map(pair -> pair.get(1)).toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Forgets it again; the pairs that were kept apart. */
    Uni<List<List<UUID>>> allowTogether(SqlConnection tx, Collection<UUID> some, Collection<UUID> others) {
        return tx.preparedQuery("delete from not_same n using unnest($1::uuid[]) as a, unnest($2::uuid[]) as b"
                        + " where n.one = least(a, b) and n.other = greatest(a, b) returning n.one, n.other")
                .execute(Tuple.of(some.toArray(UUID[]::new), others.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> List.of(row.getUUID(0), row.getUUID(1)))
                        .toList());
    }

    /** The pairs among the identities that a human said are two humans, the smaller id first. */
    Uni<Set<List<UUID>>> apart(SqlClient client, Collection<UUID> among) {
        return client.preparedQuery("select one, other from not_same where one = any($1) and other = any($1)")
                .execute(Tuple.of(among.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> List.of(row.getUUID(0), row.getUUID(1)))
                        .collect(Collectors.toSet()));
    }

    /** The first link of an identity. */
    Uni<Void> link(SqlConnection tx, LinkRow link, LinkDecision decision) {
        return tx.preparedQuery("insert into link (identity, version, person, decided_by, rule, score)"
                        + " values ($1, $2, $3, $4, $5, $6)")
                .execute(Tuple.tuple(Arrays.asList(
                        link.identity(),
                        link.version(),
                        link.person(),
                        decision.decidedBy(),
                        decision.rule(),
                        decision.score())))
                .replaceWithVoid();
    }

    /** Ends the active links of the identities and begins new ones to the person. */
    Uni<Void> relink(SqlConnection tx, Collection<UUID> identities, UUID person, LinkDecision decision) {
        UUID[] ids = identities.toArray(UUID[]::new);
        return tx.preparedQuery("update link set ended_at = now() where identity = any($1) and ended_at is null")
                .execute(Tuple.of(ids))
                .chain(() -> tx.preparedQuery("insert into link (identity, version, person, decided_by, rule, score)"
                                + " select i, coalesce((select max(l.version) from link l where l.identity = i), 0) + 1,"
                                + " $2, $3, $4, $5 from unnest($1::uuid[]) as i")
                        .execute(Tuple.tuple(
                                Arrays.asList(ids, person, decision.decidedBy(), decision.rule(), decision.score()))))
                .replaceWithVoid();
    }

    /** Ends the links that came after these, and begins these again, decided as they had been. */
    Uni<Void> restore(SqlConnection tx, List<LinkRow> before) {
        UUID[] ids = before.stream().map(LinkRow::identity).toArray(UUID[]::new);
        Long[] versions = before.stream().map(LinkRow::version).toArray(Long[]::new);
        return tx.preparedQuery("update link set ended_at = now() where identity = any($1) and ended_at is null")
                .execute(Tuple.of(ids))
                .chain(() -> tx.preparedQuery("insert into link (identity, version, person, decided_by, rule, score)"
                                + " select identity, (select max(m.version) from link m where m.identity = l.identity) + 1,"
                                + " l.person, l.decided_by, l.rule, l.score from link l"
                                + " join unnest($1::uuid[], $2::bigint[]) as b (identity, version)"
                                + " using (identity, version)")
                        .execute(Tuple.of(ids, versions)))
                .replaceWithVoid();
    }

    private static LinkRow linkOf(Row row) {
        return new LinkRow(
                row.getUUID("identity"),
                row.getUUID("person"),
                row.getLong("link_version"),
                "MANUAL".equals(row.getString("decided_by")),
                row.getString("rule"));
    }

    private Buffer seal(GoldenRecord golden) {
        try {
            return Buffer.buffer(sealer.seal(PURPOSE, json.writeValueAsBytes(golden)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a golden record", e);
        }
    }

    private List<PersonRow> readAll(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(this::read).toList();
    }

    private PersonRow read(Row row) {
        return read(row, "id", "version");
    }

    private PersonRow read(Row row, String id, String version) {
        try {
            return new PersonRow(
                    row.getUUID(id),
                    row.getLong(version),
                    PersonStatus.valueOf(row.getString("status")),
                    row.getUUID("merged_into"),
                    row.getBoolean("suspect"),
                    json.readValue(
                            sealer.openBytes(PURPOSE, row.getBuffer("golden").getBytes()), GoldenRecord.class));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read a golden record", e);
        }
    }
}
