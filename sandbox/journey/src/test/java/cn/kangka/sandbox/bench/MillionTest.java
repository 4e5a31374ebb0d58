package cn.kangka.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.hl7.MllpClient;
import cn.kangka.sandbox.launch.Ports;
import cn.kangka.sandbox.launch.RunCommand;
import cn.kangka.sandbox.population.ErrorMix;
import cn.kangka.sandbox.population.PatientFile;
import cn.kangka.sandbox.testing.TestTokens;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A region with a million people: how fast a hospital's file is loaded, how long {@code $match} and registrations take
 * afterwards. Keeps its data in {@code target/million} for the next run; about 25 minutes the first time.
 */
@Tag("proof")
class MillionTest {
    private static final int PEOPLE = Integer.getInteger("kangka.million.people", 1_000_000);
    private static final long SEED = 777_001;
    private static final int SAMPLE = 20_000;
    private static final int SENDERS = 20;
    /** Seconds under load before anything is measured: the compiler works for so long on two cores. */
    private static final int WARM_UP = 180;

    private static final String POSTGRES = "shared_buffers=2GB max_wal_size=8GB";

    private final Path folder = Path.of("target", "million").toAbsolutePath();
    private final Path data = folder.resolve("data");
    private final Path file = folder.resolve("people.csv");
    private final Ports ports = Ports.free();
    private final RegionTables tables = new RegionTables(ports);
    private final Figures figures = new Figures();

    @Test
    void a_million_people_are_loaded_matched_and_registered() throws Exception {
        Files.createDirectories(folder);
        if (!Files.exists(file)) {
            write();
        }
        try (RunCommand region =
                RunCommand.startWith(POSTGRES, data, ports, "--no-demo").awaitReady()) {
            TestTokens.useKeys(data.resolve("keys"));
            if (tables.count("empi", "load_run where finished_at is not null") == 0) {
                load();
            }
            tables.execute("empi", "delete from snapshot"); // What is told afterwards is another measure.
            tables.execute("empi", "vacuum analyze"); // Autovacuum has long done so in a region that is in use.
            List<Map<String, String>> people = sample();
            matches(people);
            registrations(people);
            figures.add("memory of all processes (PSS)", Figures.number(region.memory()) + " MiB", "");
        }
        figures.write("MillionTest", Path.of("target", "million.md"));
    }

    /** Ids of the population are unique within a source; here all are one hospital's. */
    private void write() throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            new PatientFile(SEED, PEOPLE, 0.03, ErrorMix.usual()).write(new UniqueIds(out));
        }
    }

    private void load() throws IOException, InterruptedException, SQLException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-jar",
                Path.of("../../empi/target/quarkus-app/quarkus-run.jar").toString(),
                "load",
                "--source",
                "H001",
                "--in",
                file.toString());
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("KANGKA_DATA_FOLDER", data.toString());
        builder.environment().put("KANGKA_DB_PORT", Integer.toString(ports.postgres()));
        builder.environment()
                .put(
                        "KANGKA_HOSPITAL_SOURCES_FILE",
                        data.resolve("sandbox/sources.json").toString());
        long start = System.nanoTime();
        assertThat(builder.start().waitFor()).isZero();
        double seconds = (System.nanoTime() - start) / 1e9;
        int rows = tables.count("empi", "identity");
        figures.add(
                "`load` of " + Figures.number(rows) + " records, start of the JVM included",
                "**" + Figures.number(rows / seconds) + "/s**",
                Figures.number(tables.count("empi", "person")) + " persons, "
                        + Figures.number(tables.count("empi", "review_task")) + " for review");
    }

    /** Rows from all over the file. */
    private List<Map<String, String>> sample() throws IOException {
        List<Map<String, String>> people = new ArrayList<>();
        try (BufferedReader rows = Files.newBufferedReader(file)) {
            String[] names = rows.readLine().split(",", -1);
            int step = Math.max(1, PEOPLE / SAMPLE);
            int number = 0;
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                if (number++ % step == 0) {
                    String[] values = row.split(",", -1);
                    Map<String, String> person = new HashMap<>();
                    for (int i = 0; i < names.length; i++) {
                        person.put(names[i], values[i]);
                    }
                    people.add(person);
                }
            }
        }
        Collections.shuffle(people, new Random(1));
        return people;
    }

    private void matches(List<Map<String, String>> people) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        String token = TestTokens.client("bench", "hospital", "fhir", Map.of("source", "H002"));
        IntFunction<Callable<Boolean>> ask = number -> () -> {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + ports.empi() + "/fhir/Patient/$match"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/fhir+json")
                    .POST(HttpRequest.BodyPublishers.ofString(asked(people.get(number % people.size()))))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains("\"score\"");
        };
        Paced.at(500, WARM_UP, SENDERS, ask);
        Paced.Result paced = Paced.at(500, 60, SENDERS, ask);
        figures.add(
                "`$match`, 500/s asked of " + Figures.number(PEOPLE) + " people",
                "p50 " + Figures.number(paced.millis(0.5)) + " ms, **p99 " + Figures.number(paced.millis(0.99))
                        + " ms**",
                Figures.number(paced.perSecond()) + "/s answered, " + paced.failed() + " found nobody");
        Paced.Result most = Paced.at(0, 20, 8, ask);
        figures.add(
                "the same as fast as it goes, 8 connections",
                "**" + Figures.number(most.perSecond()) + "/s**",
                "p99 " + Figures.number(most.millis(0.99)) + " ms");
    }

    private static String asked(Map<String, String> person) {
        JsonObject patient = new JsonObject()
                .put("resourceType", "Patient")
                .put("name", new JsonArray().add(new JsonObject().put("text", person.get("name"))))
                .put("gender", person.get("sex").equals("F") ? "female" : "male");
        if (!person.get("birth").isEmpty()) {
            patient.put("birthDate", person.get("birth"));
        }
        if (!person.get("phone").isEmpty()) {
            patient.put(
                    "telecom",
                    new JsonArray().add(new JsonObject().put("system", "phone").put("value", person.get("phone"))));
        }
        if (!person.get("address").isEmpty()) {
            patient.put("address", new JsonArray().add(new JsonObject().put("text", person.get("address"))));
        }
        if (person.get("idType").equals("RESIDENT_ID")) {
            patient.put(
                    "identifier",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("system", "urn:oid:2.16.156.10011.1.3")
                                    .put("value", person.get("idNumber"))));
        }
        return new JsonObject()
                .put("resourceType", "Parameters")
                .put(
                        "parameter",
                        new JsonArray()
                                .add(new JsonObject().put("name", "resource").put("resource", patient)))
                .encode();
    }

    /** Half of the messages are of newcomers, each registered by two hospitals at the same time; half of people known. */
    private void registrations(List<Map<String, String>> people) throws Exception {
        JsonPath sources = new JsonPath(data.resolve("sandbox/sources.json").toFile());
        Map<String, String> authorities = new HashMap<>();
        for (String source : List.of("H003", "H004")) {
            Map<String, String> authority = sources.getMap("find { it.id == '" + source + "' }.authority");
            authorities.put(source, authority.get("name") + "&" + authority.get("oid") + "&ISO");
        }
        ThreadLocal<MllpClient> lines = ThreadLocal.withInitial(() -> {
            try {
                return MllpClient.connect("localhost", ports.mllp(), Duration.ofSeconds(30), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        String run = Long.toString(System.currentTimeMillis(), 36);
        IntFunction<Callable<Boolean>> send = number -> () -> {
            int human = number / 2;
            String source = number % 2 == 0 ? "H003" : "H004";
            Map<String, String> person = human % 2 == 0 ? people.get(number % people.size()) : newcomer(run, human);
            return lines.get()
                    .send(registration(authorities.get(source), source, run + "-" + number, person))
                    .contains("MSA|AA");
        };
        Paced.at(100, WARM_UP, SENDERS, send);
        int persons = tables.count("empi", "person");
        int newcomers = 0;
        IntFunction<Callable<Boolean>> later = number -> send.apply(number + 1_000_000);
        Paced.Result result = Paced.at(100, 60, SENDERS, later);
        for (int number = 0; number < result.count(); number += 2) {
            newcomers += (number + 1_000_000) / 2 % 2;
        }
        figures.add(
                "`ADT^A28` at 100/s from " + SENDERS + " senders, commit included",
                "p50 " + Figures.number(result.millis(0.5)) + " ms, **p99 " + Figures.number(result.millis(0.99))
                        + " ms**",
                result.count() + " sent, " + result.failed() + " refused; " + newcomers
                        + " newcomers, registered twice each, became "
                        + (tables.count("empi", "person") - persons) + " persons");
        assertThat(result.failed()).isZero();
        assertThat(tables.count("empi", "person") - persons).isEqualTo(newcomers);
    }

    private static Map<String, String> newcomer(String run, int human) {
        Random random = new Random((run + human).hashCode());
        String given =
                String.valueOf((char) (0x4E00 + random.nextInt(5_000))) + (char) (0x4E00 + random.nextInt(5_000));
        return Map.of(
                "name",
                "旅" + given,
                "sex",
                "F",
                "birth",
                "19%02d-%02d-%02d".formatted(40 + random.nextInt(60), 1 + random.nextInt(12), 1 + random.nextInt(28)),
                "idType",
                "PASSPORT",
                "idNumber",
                "P" + run + human,
                "phone",
                "17%09d".formatted(random.nextInt(1_000_000_000)),
                "address",
                "浙江省云江市新区" + human + "路" + random.nextInt(1_000) + "号");
    }

    private static String registration(String authority, String source, String chart, Map<String, String> person) {
        String document = person.get("idNumber").isEmpty()
                ? ""
                : "~" + person.get("idNumber") + "^^^CHN^"
                        + (person.get("idType").equals("PASSPORT") ? "PPN" : "NNCHN");
        return String.join(
                "\n",
                "MSH|^~\\&|HIS|" + source + "|KANGKA|REGION|20261127080000||ADT^A28^ADT_A05|" + chart
                        + "|P|2.5.1||||||UNICODE UTF-8",
                "EVN|A28|20261127080000",
                "PID|1||" + chart + "^^^" + authority + "^MR" + document
                        + "||" + person.get("name").substring(0, 1) + "^"
                        + person.get("name").substring(1) + "||"
                        + person.get("birth").replace("-", "") + "|" + person.get("sex") + "|||" + person.get("address")
                        + "||" + person.get("phone"),
                "PV1|1|N",
                "");
    }
}
