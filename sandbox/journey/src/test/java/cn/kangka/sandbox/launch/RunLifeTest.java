package cn.kangka.sandbox.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * One region's life on one data folder, started, killed and stopped in every way: each test goes on where the one before
 * left it. With the stores and one service of four, which a launcher treats alike: this takes seconds.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks for processes in /proc")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunLifeTest {
    /** The guardian looks once a second, and gives a process ten to end in good order. */
    private static final Duration GONE = Duration.ofSeconds(20);

    /** When the command has returned: its guardian's last nap of a second may still end. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static final Duration BACK = Duration.ofSeconds(60);
    private static final String SERVICE = "mobile-bff";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path data = Path.of("target", "life of a region").toAbsolutePath();
    private final Ports ports = Ports.free();
    private RunCommand run;
    private String key;

    @BeforeAll
    void nothing_is_there() throws IOException {
        if (Files.exists(data)) {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @AfterAll
    void nothing_stays() {
        if (run != null) {
            run.close();
        }
    }

    @Test
    @Order(1)
    void starts_on_its_ports_and_its_data_without_people_and_without_the_services_left_out() throws Exception {
        run = start("--no-demo").awaitReady();

        assertThat(get(ports.sandbox(), "/people").body()).isEqualTo("[]");
        assertThat(ready()).isTrue();
        assertThat(run.data()).isDirectoryContaining("glob:**/postgres").isDirectoryContaining("glob:**/keys");
        assertThat(data.resolve("run/api.env")).content().contains("QUARKUS_HTTP_PORT='" + ports.api() + "'");
        assertThat(run.said()).contains("./mvnw -pl api -am quarkus:dev");
        assertThat(data.resolve("run/api.pid")).doesNotExist();
        key = key();
    }

    @Test
    @Order(2)
    void a_second_start_on_the_same_data_is_refused_and_the_first_goes_on() throws Exception {
        List<Long> pids = pids();
        Outcome second = Outcome.of(RunCommand.commandLine(data, Ports.free(), options("--no-demo", "--fresh")));

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.error().lines())
                .singleElement()
                .asString()
                .startsWith("The region already runs on " + data + ": stop it first");
        assertThat(ready()).isTrue();
        assertThat(key()).isEqualTo(key);
        assertThat(pids()).isEqualTo(pids);
        assertThat(pids).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isPresent());
    }

    @Test
    @Order(3)
    void a_service_that_is_killed_twice_comes_back_after_one_second_and_then_after_two() throws IOException {
        assertThat(killedAndBack(1)).isBetween(Duration.ofSeconds(1), BACK);
        assertThat(killedAndBack(2)).isBetween(Duration.ofSeconds(2), BACK);
    }

    @Test
    @Order(4)
    void a_database_that_is_killed_comes_back() throws IOException {
        ProcessHandle.of(pid("postgres")).orElseThrow().destroyForcibly();

        run.awaitSaid("PostgreSQL had died and was started again");
        assertThat(ProcessHandle.of(pid("postgres"))).isPresent();
    }

    @Test
    @Order(5)
    void SIGKILL_of_the_launcher_ends_everything_and_a_start_right_after_it_waits_for_that() throws Exception {
        Set<ProcessHandle> killed = run.processes();
        assertThat(killed).hasSizeGreaterThan(5);

        run.kill();
        assertThat(run.exitCode()).isEqualTo(128 + 9);
        run = start("--no-demo").awaitReady();

        assertThat(killed).noneMatch(RunCommand::lives);
        assertThat(ready()).isTrue();
        assertThat(key()).isEqualTo(key);
    }

    @Test
    @Order(6)
    void SIGTERM_ends_everything_before_the_command_returns() {
        assertThat(run.processes()).hasSizeGreaterThan(5);

        run.terminate();

        assertThat(run.exitCode()).isEqualTo(128 + 15);
        assertNothingIsLeftWithin(AT_ONCE);
        assertThat(run.said()).contains("stopped").doesNotContain("did not stop", "Exception");
        assertThat(data.resolve("run")).isDirectoryNotContaining("glob:**.pid");
    }

    @Test
    @Order(7)
    void fresh_starts_over_without_waiting_for_services_left_out_and_ctrl_c_ends_everything() throws Exception {
        run = RunCommand.startAsGroup(data, ports, options("--fresh", "--people", "20"))
                .awaitReady();
        assertThat(key()).isNotEqualTo(key);
        assertThat(run.processes()).hasSizeGreaterThan(5);

        run.interrupt();

        assertThat(run.exitCode()).isEqualTo(128 + 2);
        assertNothingIsLeftWithin(AT_ONCE);
        assertThat(run.said()).doesNotContain("had died", "did not stop", "Exception");
    }

    @Test
    @Order(8)
    void ctrl_c_in_the_middle_of_a_start_leaves_nothing_either() throws Exception {
        run = RunCommand.startAsGroup(data, ports, options("--no-demo"));
        run.awaitSaid("Redis");
        assertThat(run.processes()).hasSizeGreaterThan(2);

        run.interrupt();

        assertThat(run.exitCode()).isEqualTo(128 + 2);
        assertNothingIsLeftWithin(GONE);
        // What nobody saw as the launcher's child may have been started in its last moment.
        await().atMost(GONE).until(() -> !answers(ports.redis()) && !answers(ports.postgres()));
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** How long it took until the launcher started it again. */
    private Duration killedAndBack(int times) throws IOException {
        long start = System.nanoTime();
        ProcessHandle.of(pid(SERVICE)).orElseThrow().destroyForcibly();
        await().atMost(BACK).until(() -> run.said().split(SERVICE + " had died", -1).length > times);
        Duration back = Duration.ofNanos(System.nanoTime() - start);
        await().atMost(BACK).ignoreExceptions().until(this::ready);
        return back;
    }

    private void assertNothingIsLeftWithin(Duration time) {
        await().atMost(time).untilAsserted(() -> assertThat(run.left()).isEmpty());
    }

    private RunCommand start(String... options) throws IOException {
        return RunCommand.start(data, ports, options(options));
    }

    private static String[] options(String... more) {
        return Stream.concat(
                        Stream.of("--without", "api", "--without", "empi", "--without", "notification"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private boolean ready() throws IOException, InterruptedException {
        return get(ports.mobileBff(), "/q/health/ready").statusCode() == 200;
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private List<Long> pids() throws IOException {
        return List.of(pid("postgres"), pid("redis"), pid(SERVICE));
    }

    private long pid(String name) throws IOException {
        return Long.parseLong(
                Files.readString(data.resolve("run").resolve(name + ".pid")).strip());
    }

    /** What is made at a first start only. */
    private String key() throws IOException {
        return Files.readString(data.resolve("sandbox/clients.json"));
    }
}
