package cn.kangka.empi.linking;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.IdentityRef;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import cn.kangka.kit.database.Database;
import cn.kangka.sandbox.population.ErrorMix;
import cn.kangka.sandbox.population.PatientFile;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** A file in bulk comes to what its rows come to when they are registered one after the other. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class BulkLinkingTest {
    private static final Instant TOLD_AT = Instant.parse("2026-11-01T00:00:00Z");
    private static final int PEOPLE = 400;
    private static final double TWICE = 0.6;

    @Inject
    BulkLinking bulk;

    @Inject
    Linking linking;

    @Inject
    Identities identities;

    @Inject
    Persons persons;

    @Inject
    Sources sources;

    @Inject
    Database database;

    /**
     * What became of a file.
     *
     * @param clusters the local ids of each person
     * @param persons what is known of each, with the local ids
     * @param asked pairs of local ids that a registrar is asked about, with the probability
     */
    private record World(Set<Set<String>> clusters, Set<String> persons, Set<String> asked, long cards) {}

    private static final class Undone extends RuntimeException {
        private final transient World world;

        Undone(World world) {
            this.world = world;
        }
    }

    @Test
    void batches_of_any_size_come_to_what_single_registrations_come_to() throws Exception {
        List<Batch.Line> lines = lines(20_261_127);
        World single = world(lines, tx -> each(lines, line -> register(tx, line)));
        assertThat(single.persons()).hasSizeBetween(PEOPLE - 5, PEOPLE + 60);
        assertThat(single.asked()).isNotEmpty();
        assertThat(single.cards()).isGreaterThanOrEqualTo(single.persons().size());
        for (int size : new int[] {1, 7, 100, lines.size()}) {
            World inBulk = world(lines, tx -> each(batches(lines, size), some -> bulk.link(tx, prepare(some))));
            assertThat(inBulk).as("batches of %d", size).isEqualTo(single);
        }
    }

    @Test
    void the_order_of_arrival_changes_nothing() throws Exception {
        List<Batch.Line> lines = lines(20_261_128);
        World asItCame = world(lines, tx -> each(lines, line -> register(tx, line)));
        assertThat(asItCame.clusters()).anyMatch(cluster -> cluster.size() > 1);
        for (int seed = 0; seed < 5; seed++) {
            List<Batch.Line> shuffled = new ArrayList<>(lines);
            Collections.shuffle(shuffled, new Random(seed));
            World now = world(shuffled, tx -> each(shuffled, line -> register(tx, line)));
            assertThat(now.clusters()).as("order %d", seed).isEqualTo(asItCame.clusters());
        }
    }

    private Uni<?> register(SqlConnection tx, Batch.Line line) {
        Told told = PatientRows.read(source(), line.column()).told();
        return linking.registeredAlone(tx, source(), told, TOLD_AT);
    }

    /** A population whose humans are often there twice, some of them with errors. */
    private static List<Batch.Line> lines(long seed) throws IOException {
        StringBuilder csv = new StringBuilder();
        new PatientFile(seed, PEOPLE, TWICE, ErrorMix.usual()).write(csv);
        List<Batch.Line> lines = new ArrayList<>();
        for (CSVRecord row : CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(csv.toString()))) {
            Map<String, String> values = row.toMap();
            values.merge("id", values.get("source"), (id, source) -> source + "-" + id);
            lines.add(new Batch.Line(row.getRecordNumber() + 1, values::get));
        }
        return lines;
    }

    private static <T> List<List<T>> batches(List<T> all, int size) {
        return IntStream.range(0, (all.size() + size - 1) / size)
                .mapToObj(i -> all.subList(i * size, Math.min(all.size(), (i + 1) * size)))
                .toList();
    }

    private Batch prepare(List<Batch.Line> some) {
        return bulk.prepare(source(), some, TOLD_AT);
    }

    private Source source() {
        return sources.byId("H001").orElseThrow();
    }

    private interface Work {
        Uni<?> in(SqlConnection tx);
    }

    /** Does it, looks at what came of it, and undoes it. */
    private World world(List<Batch.Line> lines, Work work) {
        try {
            database.write(tx -> work.in(tx).chain(() -> look(tx, lines)).<World>map(world -> {
                        throw new Undone(world);
                    }))
                    .await()
                    .indefinitely();
        } catch (Undone undone) {
            return undone.world;
        }
        throw new AssertionError("it was not undone");
    }

    private Uni<World> look(SqlConnection tx, List<Batch.Line> lines) {
        List<String> localIds =
                lines.stream().map(line -> line.column().apply("id")).toList();
        return identities.findAll(tx, "H001", localIds).chain(all -> {
            Map<UUID, String> names = all.stream().collect(Collectors.toMap(Identity::id, Identity::localId));
            Set<String> shown = new TreeSet<>();
            Set<Set<String>> clusters = new HashSet<>();
            Set<UUID> ids = new HashSet<>();
            return persons.linksOf(tx, names.keySet())
                    .invoke(links -> links.forEach(link -> ids.add(link.person())))
                    .chain(links -> each(List.copyOf(ids), person -> persons.snapshot(tx, person)
                            .invoke(known -> {
                                shown.add(shown(known));
                                clusters.add(known.identities().stream()
                                        .map(IdentityRef::localId)
                                        .collect(Collectors.toSet()));
                            })))
                    .chain(() -> asked(tx, names))
                    .chain(asked -> tx.preparedQuery("select count(*) from card where person = any($1)")
                            .execute(Tuple.of(ids.toArray(UUID[]::new)))
                            .map(rows -> new World(
                                    clusters,
                                    shown,
                                    asked,
                                    rows.iterator().next().getLong(0))));
        });
    }

    private static String shown(PersonSnapshot person) {
        return Stream.of(
                        person.identities().stream()
                                .map(IdentityRef::localId)
                                .sorted()
                                .toList(),
                        person.name(),
                        person.sex(),
                        person.birth(),
                        person.phones(),
                        person.documents().stream()
                                .map(Document::toString)
                                .sorted()
                                .toList(),
                        person.address(),
                        person.suspect())
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    private static Uni<Set<String>> asked(SqlConnection tx, Map<UUID, String> names) {
        return tx.preparedQuery("select one, other, round(probability::numeric, 9)::text, state from review_task"
                        + " where one = any($1) and other = any($1)")
                .execute(Tuple.of(names.keySet().toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> Stream.of(names.get(row.getUUID(0)), names.get(row.getUUID(1)))
                                        .sorted()
                                        .toList()
                                + " " + row.getString(2) + " " + row.getString(3))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static <T> Uni<Void> each(List<T> some, Function<T, Uni<?>> step) {
        return Multi.createFrom()
                .iterable(some)
                .onItem()
                .transformToUniAndConcatenate(one -> step.apply(one).replaceWithVoid())
                .collect()
                .last()
                .replaceWithVoid();
    }
}
