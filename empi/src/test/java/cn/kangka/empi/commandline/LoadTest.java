package cn.kangka.empi.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.load.Loads;
import cn.kangka.empi.person.Persons;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Patient;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Until;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Loads of patient files into the index, as a data person runs them. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class LoadTest {
    private static final String HEADER = "id,name,sex,birth,idType,idNumber,phone,address,insurance\n";
    private static final AtomicInteger CHARTS = new AtomicInteger();

    @Inject
    Loads loads;

    @Inject
    Identities identities;

    @Inject
    Persons persons;

    @Inject
    Pool pool;

    @Inject
    Region region;

    @TempDir
    Path folder;

    private final StringWriter told = new StringWriter();

    @Test
    void rows_become_persons_and_join_those_that_are_there() throws Exception {
        Patient known = patient("林婉清", "19790302");
        UUID person = region.personOf(region.send(Adt.register("H001", "A28", chart(), known)));
        String joins = chart();
        String fresh = chart();
        Path file = file(HEADER + row(joins, known) + row(fresh, patient("段誉之", "19910708")));
        assertThat(load("H003", file)).as(told.toString()).isZero();
        assertThat(told.toString()).contains("2 rows: linked 1, made 1");
        assertThat(report(file)).hasSize(3);
        assertThat(report(file).get(0)).isEqualTo("line,id,outcome,with,probability,rule,asks,remarks");
        assertThat(report(file).get(1))
                .startsWith("2," + joins + ",linked,H001|")
                .contains(",1.000000,");
        assertThat(report(file).get(2)).isEqualTo("3," + fresh + ",made,,,,,");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(reportOf(file))))
                .isEqualTo("rw-------");
        assertThat(personOf("H003", joins)).isEqualTo(person);
        UUID made = personOf("H003", fresh);
        assertThat(region.rows("select 1 from card where person = $1 and kind = 'REGIONAL'", made))
                .hasSize(1);
        // Told once, afterwards: of the joined one there is what its first registration told, and one more.
        Until.good(() -> region.rows("select 1 from snapshot"), List::isEmpty);
        assertThat(events(made)).isEqualTo(1);
        assertThat(events(person)).isEqualTo(2);
    }

    @Test
    void the_same_file_twice_changes_nothing() throws Exception {
        Path file = file(HEADER + row(chart(), patient("慕容复", "19700101")) + row(chart(), patient("王语嫣", "19750101")));
        assertThat(load("H003", file)).isZero();
        List<String> before = persons();
        Files.delete(reportOf(file));
        assertThat(load("H003", file)).isZero();
        assertThat(told.toString()).contains("2 rows: unchanged 2");
        assertThat(persons()).isEqualTo(before);
    }

    @Test
    void who_loads_the_same_file_at_the_same_time_is_refused_and_leaves_the_report_alone() throws Exception {
        Path file = file(HEADER + row(chart(), patient("段正淳", "19550101")));
        assertThat(load("H003", file)).isZero();
        List<String> before = report(file);
        try (FileChannel other = FileChannel.open(reportOf(file), StandardOpenOption.WRITE)) {
            other.lock();
            assertThat(load("H003", file)).isEqualTo(1);
        }
        assertThat(told.toString()).contains("somebody else loads the same file");
        assertThat(report(file)).isEqualTo(before);
        assertThat(load("H003", file)).isZero();
    }

    @Test
    void a_newer_file_changes_who_is_there_and_an_older_one_does_not() throws Exception {
        Patient patient = patient("郭靖安", "19690504");
        String chart = chart();
        region.send(Adt.register("H003", "A28", chart, patient));
        String moved = HEADER + row(chart, patient.withPhone("13700001111"));
        assertThat(load("H003", file(moved), "--as-of", "2020-01-01T00:00:00+08:00"))
                .isZero();
        assertThat(told.toString()).contains("unchanged 1");
        assertThat(load("H003", file(moved), "--as-of", "2030-01-01T00:00:00+08:00"))
                .isZero();
        assertThat(told.toString()).contains("changed 1");
    }

    @Test
    void a_row_that_cannot_be_taken_is_rejected_with_its_line_and_the_others_are_loaded() throws Exception {
        String chart = chart();
        Path file = file(HEADER
                + ",张无忌,M,1990-01-01,,,,,\n"
                + "x".repeat(65) + ",张无忌,M,1990-01-01,,,,,\n"
                + chart + ",张无忌,neither,1990-02-31,TATTOO,77,12,,\n");
        assertThat(load("H003", file)).isZero();
        assertThat(report(file).get(1)).isEqualTo("2,,rejected,,,,,id: there is none");
        assertThat(report(file).get(2)).endsWith("rejected,,,,,id: longer than 64 characters");
        assertThat(report(file).get(3))
                .startsWith("4," + chart + ",made")
                .contains("birth: no date")
                .contains("sex: neither")
                .contains("idType: not one of the known kinds")
                .contains("phone: no number");
        assertThat(told.toString()).contains("made 1, rejected 2");
    }

    @Test
    void what_is_wrong_with_a_file_or_a_word_is_one_sentence() throws Exception {
        assertThat(load("H003", file("name,birth\n张三,19800101\n"))).isEqualTo(1);
        assertThat(told.toString()).contains("line 1: no column id; there are name, birth");
        assertThat(load("H999", file(HEADER))).isEqualTo(1);
        assertThat(told.toString()).contains("--source H999: no institution of that id");
        Path chinese = Files.write(
                folder.resolve("gb.csv"),
                (HEADER + row(chart(), patient("黄蓉", "19800808"))).getBytes(Charset.forName("GB18030")));
        assertThat(load("H003", chinese)).isEqualTo(1);
        assertThat(told.toString()).contains("bytes that are not UTF-8");
        assertThat(load("H003", chinese, "--encoding", "GB18030")).isZero();
        assertThat(load("H003", file(HEADER + "1,a\n"))).isEqualTo(1);
        assertThat(told.toString()).contains("line 2: 2 fields, the header has 9");
    }

    @Test
    void a_file_that_breaks_in_the_middle_keeps_what_was_loaded_and_goes_on_when_it_is_mended() throws Exception {
        List<String> charts = IntStream.range(0, 5).mapToObj(i -> chart()).toList();
        StringBuilder rows = new StringBuilder(HEADER);
        charts.forEach(chart -> rows.append(row(chart, patient("令狐" + (char) (0x4E00 + CHARTS.get()), "19880808"))));
        assertThat(load("H003", file(rows + "1,a\n"), "--batch", "2")).isEqualTo(1);
        assertThat(personOf("H003", charts.get(1))).isNotNull();
        Path mended = file(rows.toString());
        assertThat(load("H003", mended, "--batch", "2")).isZero();
        assertThat(told.toString()).contains("5 rows: made 1, unchanged 4");
    }

    @Test
    void who_is_registered_while_a_file_of_the_same_people_is_loaded_is_one_person() throws Exception {
        List<Patient> people = IntStream.range(0, 60)
                .mapToObj(i -> patient("独孤" + (char) (0x5200 + i), "1986%02d%02d".formatted(1 + i % 12, 1 + i % 28)))
                .toList();
        StringBuilder rows = new StringBuilder(HEADER);
        List<String> loaded = people.stream().map(each -> chart()).toList();
        IntStream.range(0, 60).forEach(i -> rows.append(row(loaded.get(i), people.get(i))));
        Path file = file(rows.toString());
        ExecutorService feeds = Executors.newFixedThreadPool(4);
        List<String> charts = people.stream().map(each -> chart()).toList();
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            String message = Adt.register("H001", "A28", charts.get(i), people.get(i));
            sent.add(feeds.submit(() -> region.send(message)));
        }
        assertThat(load("H003", file, "--batch", "5")).as(told.toString()).isZero();
        feeds.shutdown();
        for (int i = 0; i < people.size(); i++) {
            sent.get(i).get();
            assertThat(personOf("H003", loaded.get(i))).isEqualTo(personOf("H001", charts.get(i)));
        }
    }

    private UUID personOf(String source, String chart) {
        return identities
                .find(pool, source, chart)
                .chain(identity -> persons.linkOf(pool, identity.id()))
                .await()
                .indefinitely()
                .person();
    }

    private List<String> persons() {
        return region.rows("select id, version from person order by id").stream()
                .map(row -> row.getUUID(0) + " " + row.getLong(1))
                .toList();
    }

    private int events(UUID person) {
        return region.rows(
                        "select 1 from outbox where destination = 'api' and aggregate = $1 and type = 'person.changed'",
                        person.toString())
                .size();
    }

    /** What the command does in a service that runs. */
    private int load(String source, Path file, String... more) {
        told.getBuffer().setLength(0);
        PrintWriter out = new PrintWriter(told, true);
        List<String> words = new ArrayList<>(List.of("--source", source, "--in", file.toString()));
        words.addAll(List.of(more));
        LoadCommand what = CommandLine.populateCommand(new LoadCommand(), words.toArray(String[]::new));
        return new LoadApplication(loads, out).run(what);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve(chart() + ".csv"), text, StandardCharsets.UTF_8);
    }

    private static Path reportOf(Path file) {
        return Path.of(file + ".report.csv");
    }

    private static List<String> report(Path file) throws IOException {
        return Files.readAllLines(reportOf(file));
    }

    private static String row(String chart, Patient patient) {
        return String.join(
                        ",",
                        chart,
                        patient.name(),
                        patient.sex(),
                        patient.birth(),
                        "",
                        patient.residentId(),
                        patient.phone(),
                        patient.street(),
                        "")
                + "\n";
    }

    private static String chart() {
        return "LF" + CHARTS.incrementAndGet();
    }

    private static Patient patient(String name, String birth) {
        return new Patient(
                name, birth, "M", Adt.residentId(birth), Adt.phone(), "太湖路" + CHARTS.incrementAndGet() + "号");
    }
}
