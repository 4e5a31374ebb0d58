package cn.kangka.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.launch.Ports;
import cn.kangka.sandbox.launch.RunCommand;
import cn.kangka.sandbox.testing.TestTokens;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The hospital link under trouble for {@code -Dkangka.soak.minutes} (10): seven hospitals with 20 connections each have 200
 * messages a second to send, their lines break, {@code empi} and PostgreSQL are killed again and again, one hospital is down all the
 * time. What was sent is there once and acknowledged, the last word about every patient stands, letters about a person
 * arrived in order, memory did not grow.
 */
@Tag("proof")
class HospitalSoakTest {
    private static final int CONNECTIONS = 20;
    private static final int PER_SECOND = Integer.getInteger("kangka.soak.rate", 200);
    private static final List<String> HOSPITALS = List.of("H001", "H002", "H003", "H004", "H005", "H006", "H007");
    private static final String DOWN = "H007";
    private static final long GROWTH_MEBIBYTES = 200;
    private static final Duration DRAINED = Duration.ofMinutes(10);
    private static final Duration CAUGHT_UP = Duration.ofMinutes(5);

    private final Path data = Path.of("target", "hospital-soak").toAbsolutePath();
    private final Ports ports = Ports.free();
    private final RegionTables tables = new RegionTables(ports);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Figures figures = new Figures();

    @Test
    void nothing_is_lost_in_trouble_and_order_is_kept() throws Exception {
        Duration length = Duration.ofMinutes(Long.getLong("kangka.soak.minutes", 10));
        try (RunCommand region =
                RunCommand.start(data, ports, "--fresh", "--no-demo").awaitReady()) {
            TestTokens.useKeys(data.resolve("keys"));
            mode("DOWN");
            long end = System.nanoTime() + length.toNanos();
            SoakSender.Counts counts =
                    new SoakSender.Counts(length.plus(CAUGHT_UP).plusMinutes(2));
            List<SoakSender> senders = senders(end, counts);
            senders.forEach(Thread::start);
            int kills = trouble(region, end, length);
            for (SoakSender sender : senders) {
                sender.join(Math.max(1, CAUGHT_UP.toMillis() + (end - System.nanoTime()) / 1_000_000));
                assertThat(sender.isAlive()).as(sender.getName()).isFalse();
            }
            figures.add(
                    "all acknowledged after the last one was due",
                    Figures.number((System.nanoTime() - end) / 1e9) + " s",
                    "");
            told(counts, kills, length);
            arrivals(senders, counts);
            await().atMost(DRAINED)
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> waiting("destination not like 'hospital:" + DOWN + "%'") == 0);
            lastWords(senders);
            departures();
            figures.add("letters that wait for the hospital that is down", Integer.toString(waiting("true")), "");
            mode("UP");
            await().atMost(DRAINED).pollInterval(Duration.ofSeconds(5)).until(() -> waiting("true") == 0);
            departures();
            figures.add("letters that wait after it came up", "0", "");
        }
        figures.write("HospitalSoakTest", Path.of("target", "hospital-soak.md"));
    }

    private List<SoakSender> senders(long end, SoakSender.Counts counts) {
        JsonPath sources = new JsonPath(data.resolve("sandbox/sources.json").toFile());
        long interval = 1_000_000_000L * HOSPITALS.size() * CONNECTIONS / PER_SECOND;
        List<SoakSender> senders = new ArrayList<>();
        for (String hospital : HOSPITALS) {
            Map<String, Object> source = sources.getMap("find { it.id == '" + hospital + "' }");
            for (int i = 0; i < CONNECTIONS; i++) {
                senders.add(new SoakSender(source, senders.size(), ports.mllp(), interval, end, counts));
            }
        }
        return senders;
    }

    /** Kills one or the other every 50 to 80 seconds, and looks at the memory in between. */
    private int trouble(RunCommand region, long end, Duration length) throws IOException, InterruptedException {
        Random random = new Random(7);
        long third = end - length.toNanos() * 2 / 3;
        long early = 0;
        int kills = 0;
        while (System.nanoTime() < end - Duration.ofSeconds(60).toNanos()) {
            Thread.sleep(50_000 + random.nextInt(30_000));
            if (early == 0 && System.nanoTime() > third) {
                early = region.memory();
            }
            region.kill(kills % 3 == 2 ? "bin/postgres -D" : "/empi/target/");
            kills++;
        }
        Thread.sleep(Math.max(0, (end - System.nanoTime()) / 1_000_000));
        long late = region.memory();
        figures.add("memory (PSS) after a third of the time", early + " MiB", "");
        figures.add("memory (PSS) at the end", late + " MiB", "may grow by " + GROWTH_MEBIBYTES + " MiB");
        assertThat(late - early).as("MiB that memory grew").isLessThan(GROWTH_MEBIBYTES);
        return kills;
    }

    private void told(SoakSender.Counts counts, int kills, Duration length) {
        figures.add("minutes", Figures.number(length.toMinutes()), kills + " times killed: empi, empi, PostgreSQL, …");
        figures.add(
                "messages acknowledged",
                Integer.toString(counts.acknowledged.get()),
                Figures.number((double) counts.acknowledged.get() / length.toSeconds()) + "/s");
        int[] seconds = counts.bySecond();
        int[] answered =
                IntStream.of(seconds).filter(count -> count > 0).sorted().toArray();
        figures.add(
                "seconds in which none was acknowledged",
                Integer.toString(seconds.length - answered.length),
                "of " + seconds.length);
        figures.add(
                "acknowledged in one of the other seconds",
                Integer.toString(answered[answered.length / 2]),
                "median; " + answered[answered.length - 1] + " in the best");
        figures.add("sent in all", Integer.toString(counts.attempts.get()), "again, until there was an answer");
        figures.add("frames that ended in the middle", Integer.toString(counts.halves.get()), "");
        figures.add("answers that nobody waited for", Integer.toString(counts.unread.get()), "");
        figures.add("the longest wait for an answer", counts.slowest.get() + " ms", "");
        assertThat(counts.refused.get()).as("refused").isZero();
    }

    private void arrivals(List<SoakSender> senders, SoakSender.Counts counts) throws SQLException {
        int sent = senders.stream().mapToInt(SoakSender::messages).sum();
        assertThat(sent).isEqualTo(counts.acknowledged.get());
        String ours = "message where direction = 'IN' and control_id like 'SOAK-%'";
        assertThat(tables.count("empi", ours)).as("stored").isEqualTo(sent);
        assertThat(tables.query("empi", "select count(distinct control_id) from " + ours))
                .containsExactly("" + sent);
        assertThat(tables.count("empi", ours + " and state <> 'ACCEPTED'"))
                .as("not accepted")
                .isZero();
        figures.add("stored, each once, accepted", Integer.toString(sent), "as many as were acknowledged");
    }

    /** The index knows of every patient what the last message said. */
    private void lastWords(List<SoakSender> senders) throws IOException, InterruptedException {
        String token = TestTokens.service("api", "empi");
        int patients = 0;
        for (SoakSender sender : senders) {
            for (String[] patient : sender.patients()) {
                if (patient[1].endsWith("000")) {
                    continue; // Nobody told of it.
                }
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + ports.empi()
                                        + "/fhir/Patient?identifier=urn:kangka:domain:" + sender.source() + "%7C"
                                        + patient[0]))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(JsonPath.from(answer.body()).getList("entry[0].resource.telecom.value", String.class))
                        .as(patient[0])
                        .contains(patient[1]);
                patients++;
            }
        }
        figures.add("patients of whom the last message stands", Integer.toString(patients), "all");
    }

    /** No letter about a person was acknowledged after a later one. */
    private void departures() throws SQLException {
        assertThat(tables.query("empi", """
                        select count(*) from (
                            select handled_at, lag(handled_at) over (partition by source, person order by id) as before
                            from message where direction = 'OUT' and state = 'DELIVERED') as letters
                        where handled_at < before
                        """))
                .as("letters that overtook an earlier one")
                .containsExactly("0");
        figures.add(
                "letters delivered in order",
                tables.query("empi", "select count(*) from message where direction = 'OUT' and state = 'DELIVERED'")
                        .get(0),
                "");
    }

    private int waiting(String which) throws SQLException {
        return tables.count("empi", "outbox where " + which);
    }

    private void mode(String mode) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(
                                URI.create("http://localhost:" + ports.sandbox() + "/hospitals/" + DOWN + "/mode"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"mode\":\"" + mode + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
