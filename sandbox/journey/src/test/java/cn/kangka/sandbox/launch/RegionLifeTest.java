package cn.kangka.sandbox.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** One region's life under {@code ./run}: it is not started twice, heals, and however it ends, nothing is left. */
@Order(2)
class RegionLifeTest {
    private static final Duration GONE = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration BACK = Duration.ofSeconds(60);
    private static final int TERMINATED = 143;

    private final Path data = Path.of("target", "life").toAbsolutePath();
    private final Ports ports = Ports.free();

    @Test
    void however_it_ends_nothing_is_left_and_it_starts_again() throws Exception {
        RunCommand first = RunCommand.start(data, ports, List.of("--fresh", "--no-demo", "--without", "mobile-bff"));
        assertThat(first.output())
                .contains(
                        "http://localhost:" + ports.api() + "/console/",
                        data.resolve("logs").toString())
                .contains("./mvnw -pl mobile-bff -am quarkus:dev");
        assertThat(data.resolve("run/mobile-bff.env")).exists();
        assertThat(first.started()).as("three services, two stores, a guardian").hasSize(6);
        refusesASecondStart();
        healsAKilledService(first);

        Path kept = Files.writeString(data.resolve("sandbox/kept"), "kept");
        List<ProcessHandle> killed = first.started();
        first.launcher().destroyForcibly();
        await().atMost(GONE).until(() -> killed.stream().noneMatch(ProcessHandle::isAlive));

        RunCommand second = RunCommand.start(data, ports, List.of("--no-demo"));
        assertThat(kept).exists();
        List<ProcessHandle> stopped = second.started();
        assertThat(stopped).hasSize(7);
        second.launcher().destroy();
        assertThat(second.exitCode()).isEqualTo(TERMINATED);
        await().atMost(AT_ONCE).until(() -> stopped.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(second.started()).isEmpty();
    }

    private void refusesASecondStart() throws IOException {
        RunCommand.Ended ended = RunCommand.end(RunCommand.on(data, ports, List.of()));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output().lines())
                .containsExactly("The region already runs on " + data
                        + ": stop it first (Ctrl-C there), or start a second" + " one with --data DIR --port-base N.");
        assertThat(isReady(ports.notification())).isTrue();
    }

    private void healsAKilledService(RunCommand region) throws IOException {
        Path file = data.resolve("run/notification.pid");
        String before = Files.readString(file);
        assertThat(ProcessHandle.of(Long.parseLong(before)).orElseThrow().destroyForcibly())
                .isTrue();
        await().atMost(BACK).until(() -> !Files.readString(file).equals(before) && isReady(ports.notification()));
        assertThat(region.launcher().isAlive()).isTrue();
    }

    private static boolean isReady(int port) {
        try {
            HttpURLConnection health = (HttpURLConnection) URI.create("http://localhost:" + port + "/q/health/ready")
                    .toURL()
                    .openConnection();
            return health.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
