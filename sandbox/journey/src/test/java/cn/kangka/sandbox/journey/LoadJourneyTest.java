package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.launch.Ports;
import cn.kangka.sandbox.launch.Region;
import cn.kangka.sandbox.population.ErrorMix;
import cn.kangka.sandbox.population.PatientFile;
import cn.kangka.sandbox.store.RegionDatabase;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The initial load of a hospital's patients, by the packaged command. */
@StartedRegion.Use
@Order(9)
class LoadJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void everybody_in_a_file_can_log_in_afterwards_and_hospitals_hear_of_whom_they_know(Region region)
            throws Exception {
        TestPeople known = TestPeople.invent();
        TestPeople fresh = TestPeople.invent();
        HospitalJourneyTest.register("H001", "LK-" + known.idNumber(), known);
        Path file = folder.resolve("h004.csv");
        Files.writeString(
                file,
                "id,name,sex,birth,idNumber,phone\n" + row("LO-1", known) + row("LO-2", fresh),
                StandardCharsets.UTF_8);
        Map<String, String> where = variables(region.options().ports().postgres(), region);
        assertThat(load(where, "H004", file)).contains("2 rows: linked 1, made 1");
        HospitalJourneyTest.loggedIn(fresh);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(new SimulatedHospital("H001").received("ADT^A31", known.idNumber()))
                        .as("it knows them, and hears of the other hospital's id")
                        .anySatisfy(message -> assertThat(message).contains("LO-1")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(new SimulatedHospital("H004").received("ADT^A31", fresh.idNumber()))
                        .as("it loaded them, and hears of the region's id")
                        .hasSize(1));
        assertThat(new SimulatedHospital("H001").received("ADT", fresh.idNumber()))
                .as("it never saw them")
                .isEmpty();
    }

    @Test
    void a_load_that_is_killed_again_and_again_ends_like_one_that_nobody_disturbed(Region region) throws Exception {
        Path file = folder.resolve("patients.csv");
        try (Writer out = Files.newBufferedWriter(file)) {
            new PatientFile(20_261_127, 3_000, 0.2, ErrorMix.usual()).write(out);
        }
        try (RegionDatabase undisturbed = RegionDatabase.start(null, 0, false);
                RegionDatabase disturbed = RegionDatabase.start(null, 0, false)) {
            load(variables(undisturbed.port(), region), "H001", file, "--batch", "50");
            Path expected = Files.move(report(file), folder.resolve("expected.csv"));
            Map<String, String> where = variables(disturbed.port(), region);
            for (long rows : new long[] {1, 700, 1_900}) {
                Process process = command(where, "H001", file, "--batch", "50").start();
                await().atMost(SOON).ignoreExceptions().until(() -> rowsDone(disturbed.port()) >= rows);
                process.destroyForcibly().waitFor();
            }
            assertThat(rowsDone(disturbed.port())).isBetween(1_900L, 3_500L);
            // As if the last one had died between the report and the commit.
            Files.writeString(report(file), "9,9,made,,,,,\n", StandardOpenOption.APPEND);
            assertThat(load(where, "H001", file, "--batch", "1000")).contains("rows were loaded before; going on");
            assertThat(report(file)).hasSameBinaryContentAs(expected);
            assertThat(world(disturbed.port())).isEqualTo(world(undisturbed.port()));
        }
    }

    /** Who is one person, who is asked about, how often each person was written, by the order of arrival. */
    private static List<String> world(int port) throws SQLException {
        String arrival = "with i as (select id, row_number() over (order by id) as n from identity) ";
        List<String> world = new ArrayList<>();
        world.addAll(query(
                port,
                arrival + "select concat_ws(' ', min(n), array_agg(n order by n), p.version, p.suspect,"
                        + " (select count(*) from card c where c.person = p.id)) from i"
                        + " join link l on l.identity = i.id and l.ended_at is null join person p on p.id = l.person"
                        + " group by p.id order by min(n)"));
        world.addAll(query(
                port,
                arrival + "select concat_ws(' ', a.n, b.n, r.probability, r.state) from review_task r"
                        + " join i a on a.id = r.one join i b on b.id = r.other order by a.n, b.n"));
        world.addAll(query(port, "select concat_ws(' ', rows_done, counts, report_bytes) from load_run"));
        return world;
    }

    private static long rowsDone(int port) throws SQLException {
        return Long.parseLong(
                query(port, "select coalesce(max(rows_done), 0) from load_run").get(0));
    }

    private static List<String> query(int port, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/kangka", "empi", "empi");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static Map<String, String> variables(int databasePort, Region region) {
        Path data = region.options().data();
        Ports ports = region.options().ports();
        Map<String, String> variables = new TreeMap<>();
        variables.put("KANGKA_DATA_FOLDER", data.toString());
        variables.put("KANGKA_DB_HOST", "localhost");
        variables.put("KANGKA_DB_PORT", Integer.toString(databasePort));
        variables.put("KANGKA_REDIS_PORT", Integer.toString(ports.redis()));
        variables.put(
                "KANGKA_HOSPITAL_SOURCES_FILE",
                data.resolve("sandbox/sources.json").toString());
        return variables;
    }

    private ProcessBuilder command(Map<String, String> variables, String source, Path file, String... more) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx384m",
                "-jar",
                Path.of("../../empi/target/quarkus-app/quarkus-run.jar").toString(),
                "load",
                "--source",
                source,
                "--in",
                file.toString()));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile());
        builder.environment().putAll(variables);
        return builder;
    }

    /** What it said when it succeeded. */
    private String load(Map<String, String> variables, String source, Path file, String... more)
            throws IOException, InterruptedException {
        int exit = command(variables, source, file, more).start().waitFor();
        String said = Files.readString(folder.resolve("said.txt"));
        assertThat(exit).as(said).isZero();
        return said;
    }

    private static Path report(Path file) {
        return Path.of(file + ".report.csv");
    }

    private static String row(String chart, TestPeople person) {
        return String.join(",", chart, person.name(), person.sex(), person.birth(), person.idNumber(), person.phone())
                + "\n";
    }
}
