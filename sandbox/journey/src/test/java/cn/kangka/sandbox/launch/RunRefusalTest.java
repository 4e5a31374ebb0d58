package cn.kangka.sandbox.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When {@code ./run} cannot start: one clear sentence, exit code 1, and nothing was touched. */
class RunRefusalTest {
    private final Ports ports = Ports.free();
    private Path folder;
    private Path data;

    @BeforeEach
    void on_a_disk_with_room() throws IOException {
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "refusal");
        data = folder.resolve("data");
    }

    @Test
    void an_option_that_nobody_knows_is_named_with_the_usage() throws Exception {
        Outcome outcome = Outcome.of(List.of(Checkout.built().run(), "--frehs"));

        assertRefused(outcome, "I don't know the option --frehs.");
        assertThat(outcome.error()).contains("Usage: ./run [options]").contains("--fresh");
    }

    @Test
    void a_busy_port_is_named_before_anything_is_started_or_thrown_away() throws Exception {
        Path precious = aRegionWasHere();
        try (ServerSocket other = new ServerSocket(ports.mllp())) {
            Outcome outcome = Outcome.of(run("--fresh"));

            assertSentence(
                    outcome,
                    "Port " + other.getLocalPort() + " (MLLP) is in use by another program: stop that one, or choose"
                            + " other ports with --port-base N.");
        }
        assertThat(precious).exists();
        assertThat(data.resolve("run/guardian.sh")).doesNotExist();
    }

    @Test
    void a_second_start_on_the_same_data_is_refused() throws Exception {
        Path precious = aRegionWasHere();
        try (FileChannel first = FileChannel.open(data.resolve("run/lock"), StandardOpenOption.WRITE)) {
            assertThat(first.lock().isValid()).isTrue();

            assertSentence(
                    Outcome.of(run("--fresh")),
                    "The region already runs on " + data + ": stop it first (Ctrl-C there), or start a second one with"
                            + " --data DIR --port-base N.");
        }
        assertThat(precious).exists();
    }

    @Test
    void a_folder_with_other_things_in_it_is_not_taken_for_data() throws Exception {
        Path thesis = Files.createFile(Files.createDirectories(data).resolve("thesis.odt"));

        assertSentence(
                Outcome.of(run("--fresh")),
                "The folder " + data
                        + " holds other things than a region's data: choose an empty or a new one with --data DIR.");
        assertThat(Files.list(data)).containsExactly(thesis);
    }

    @Test
    void a_data_folder_that_is_a_file_is_named() throws Exception {
        Files.createFile(data);

        assertSentence(Outcome.of(run()), "The data folder " + data + " cannot be used: it is no folder.");
    }

    @Test
    void a_full_disk_is_told_with_what_is_free_and_what_is_needed() throws Exception {
        Files.createDirectories(data);

        Outcome outcome = Outcome.of(EmptyFolders.seenBy(run(), data));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.error())
                .matches("The disk that holds " + data + " has only \\d MB left; the region needs 1500 MB\\."
                        + " Free some, or choose another place with --data DIR\\.\n");
        assertThat(outcome.output()).isEmpty();
    }

    /** Containers often have no locale, and this JVM may be in one: the shell makes the name. */
    @Test
    void a_folder_with_a_chinese_name_is_understood_without_a_locale() throws Exception {
        try (ServerSocket other = new ServerSocket(ports.redis())) {
            Outcome outcome = Outcome.of(List.of(
                    "sh",
                    "-c",
                    "unset LC_ALL LC_CTYPE LANG; exec \"$1\" --port-base \"$2\""
                            + " --data \"$3/$(printf '\\346\\225\\260\\346\\215\\256')\"",
                    "sh",
                    Checkout.built().run(),
                    Integer.toString(ports.sandbox()),
                    folder.toString()));

            assertRefused(outcome, "Port " + other.getLocalPort() + " (Redis) is in use");
        }
    }

    private List<String> run(String... options) throws IOException {
        return RunCommand.commandLine(data, ports, options);
    }

    /** Something of an earlier start that only a start, and only with {@code --fresh}, throws away. */
    private Path aRegionWasHere() throws IOException {
        Files.createDirectories(data.resolve("run"));
        Files.createFile(data.resolve("run/lock"));
        return Files.createFile(Files.createDirectory(data.resolve("keys")).resolve("precious.pem"));
    }

    private static void assertSentence(Outcome outcome, String sentence) {
        assertRefused(outcome, sentence);
        assertThat(outcome.error().lines()).containsExactly(sentence);
    }

    private static void assertRefused(Outcome outcome, String beginning) {
        assertThat(outcome.sentence()).startsWith(beginning);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.error()).doesNotContain("Exception", "\tat ");
        assertThat(outcome.output()).isEmpty();
    }
}
