package cn.kangka.sandbox.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be started is refused in one clear sentence, and nothing is left behind. */
@Order(1)
class RefusalTest {
    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --frsh               | I don't know the option --frsh.
                    --data               | The option --data needs a value.
                    --port-base eighty   | The option --port-base needs a number from 1024 to 65000, not eighty.
                    --people 0           | The option --people needs a number from 1 to 1000000, not 0.
                    --without web        | There is no service web; there are api, empi, mobile-bff, notification.
                    send nosuch          | There is no file or folder nosuch.
                    """)
    void words_that_make_no_sense_are_named(String words, String sentence) throws IOException {
        RunCommand.Ended ended = RunCommand.end(List.of(words.split(" ")));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).startsWith(sentence).doesNotContain("Exception");
    }

    @Test
    void a_busy_port_is_named_before_anything_is_started() throws IOException {
        Ports ports = Ports.free();
        try (ServerSocket busy = new ServerSocket(ports.mllp())) {
            RunCommand.Ended ended = RunCommand.end(RunCommand.on(folder, ports, List.of("--no-demo")));
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output().lines())
                    .containsExactly("Port " + busy.getLocalPort()
                            + " (MLLP) is in use by another program: stop that one, or choose other ports with"
                            + " --port-base N.");
        }
        assertThat(folder.resolve("postgres")).doesNotExist();
        assertThat(folder.resolve("run/guardian")).doesNotExist();
    }

    @Test
    void a_full_disk_is_told_before_anything_is_written_to_it() throws IOException, InterruptedException {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(
                mounts("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString()),
                "cannot mount a small disk");
        try {
            RunCommand.Ended ended = RunCommand.end(RunCommand.on(small.resolve("data"), Ports.free(), List.of()));
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output())
                    .matches("The disk that holds \\S+ has only 8 MB left; the region needs 1500 MB\\."
                            + " Free some, or choose another place with --data DIR\\.\\R");
        } finally {
            mounts("umount", small.toString());
        }
    }

    private static boolean mounts(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    /** The script, with the places where JDKs usually lie and the programs it may call replaced by a folder of ours. */
    @Test
    void without_a_jdk_it_says_how_to_get_one() throws IOException {
        Path programs = Files.createDirectory(folder.resolve("bin"));
        for (String program : List.of("bash", "dirname", "readlink", "sed", "head")) {
            Files.createSymbolicLink(programs.resolve(program), program(program));
        }
        Path old = Files.createDirectories(folder.resolve("jvm/old/bin"));
        for (String program : List.of("java", "javac")) {
            Files.writeString(old.resolve(program), "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n");
            assertThat(old.resolve(program).toFile().setExecutable(true)).isTrue();
        }
        String script = Files.readString(HOME.resolve("run"));
        assertThat(script).contains("/usr/lib/jvm/*");
        Path copy = Files.writeString(
                folder.resolve("run"),
                script.replace("/usr/lib/jvm/*", folder.resolve("jvm") + "/*")
                        .replace("/opt/java/*", "")
                        .replace("\"$HOME\"/.sdkman/candidates/java/current", ""));
        assertThat(copy.toFile().setExecutable(true)).isTrue();
        RunCommand.Ended ended = RunCommand.end(
                copy,
                List.of(),
                Map.of(
                        "PATH",
                        programs.toString(),
                        "JAVA_HOME",
                        folder.resolve("jvm/old").toString()));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output().lines())
                .singleElement()
                .asString()
                .startsWith("No JDK 17 or newer was found. Install one (Debian/Ubuntu: apt install");
    }

    private static Path program(String name) {
        return Stream.of("/bin", "/usr/bin")
                .map(place -> Path.of(place, name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}
