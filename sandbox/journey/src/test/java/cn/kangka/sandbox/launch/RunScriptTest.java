package cn.kangka.sandbox.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} does before it starts Java: a JDK, a build. With a JDK and a Maven that only say they were called. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the tools are linked from where Linux has them")
class RunScriptTest {
    private static final List<String> TOOLS = List.of(
            "awk",
            "bash",
            "cat",
            "df",
            "dirname",
            "env",
            "find",
            "head",
            "mkdir",
            "readlink",
            "rm",
            "sed",
            "sh",
            "tee",
            "touch");

    private static final String BUILDS = """
            for service in empi api notification mobile-bff; do
              echo "[INFO] Building Kangka $service 1.0.0 [1/5]"
              mkdir -p $service/target/quarkus-app; touch $service/target/quarkus-app/quarkus-run.jar
            done
            mkdir -p sandbox/journey/target""";

    @TempDir
    private Path folder;

    private Path tools;

    @BeforeEach
    void only_what_every_machine_has() throws IOException {
        tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path found = Stream.of(Path.of("/usr/bin", tool), Path.of("/bin", tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), found);
        }
    }

    @Test
    void without_a_jdk_it_says_how_to_get_one() throws Exception {
        assertNoJdk(Outcome.of(withoutJdks(run(checkout(BUILDS), "/nonexistent", tools.toString()))));
    }

    @Test
    void a_jdk_that_is_too_old_is_as_good_as_none() throws Exception {
        Path old = jdk("11.0.2");
        assertNoJdk(Outcome.of(withoutJdks(run(checkout(BUILDS), old.toString(), old + "/bin:" + tools))));
    }

    @Test
    void an_old_jdk_in_JAVA_HOME_is_passed_over_for_a_newer_one_on_the_path() throws Exception {
        Path newer = jdk("21.0.4");

        Outcome outcome = Outcome.of(
                run(checkout(BUILDS), jdk("1.8.0_402").toString(), newer + "/bin:" + tools, "--data", "some where"));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output())
                .contains(newer + "/bin/java started <cn.kangka.sandbox.launch.Launcher> <--data> <some where>");
    }

    @Test
    void builds_what_is_missing_and_what_is_stale_and_nothing_else() throws Exception {
        Checkout checkout = checkout(BUILDS);
        List<String> run = run(checkout, jdk("17.0.1").toString(), tools.toString());

        assertThat(Outcome.of(run).output())
                .contains("Building (a few minutes")
                .contains("\n  Kangka mobile-bff")
                .contains("Launcher");
        assertThat(Outcome.of(run).output()).doesNotContain("Building").contains("Launcher");

        Path source = Files.createFile(checkout.folder().resolve("empi/Edited.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(Outcome.of(run).output()).contains("Building").contains("Launcher");
    }

    @Test
    void a_build_that_fails_names_its_log() throws Exception {
        Outcome outcome = Outcome.of(run(
                checkout("echo '[ERROR] no such artifact'; exit 1"), jdk("17").toString(), tools.toString()));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("ERROR").doesNotContain("started");
        assertThat(outcome.sentence()).startsWith("The build failed; its log is ");
        assertThat(Path.of(outcome.sentence().replaceAll(".* ", ""))).content().contains("no such artifact");
    }

    @Test
    void a_disk_too_full_for_the_build_is_told_before_it() throws Exception {
        Path full = folder.resolve("full");
        Checkout.executable(
                full.resolve("df"), "echo 'Filesystem blocks used free'; echo '/dev/disk 9 9 1900000 9% /'");

        Outcome outcome = Outcome.of(run(checkout(BUILDS), jdk("17").toString(), full + ":" + tools));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.error().lines())
                .containsExactly(
                        "The disk that holds " + folder.resolve("checkout") + " is nearly full: the build needs 2 GB.");
        assertThat(outcome.output()).isEmpty();
    }

    @Test
    void help_needs_neither_a_jdk_nor_a_build() throws Exception {
        Checkout checkout = checkout("exit 1");
        Outcome help = Outcome.of(run(checkout, "/nonexistent", tools.toString(), "--help"));
        Outcome ofSend = Outcome.of(run(checkout, "/nonexistent", tools.toString(), "send", "--help"));

        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).startsWith("Usage: ./run [options]").contains("--port-base N");
        assertThat(ofSend.exitCode()).isZero();
        assertThat(ofSend.output()).startsWith("Usage: ./run send");
    }

    private static void assertNoJdk(Outcome outcome) {
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.error().lines())
                .singleElement()
                .asString()
                .startsWith("No JDK 17 or newer was found.")
                .contains("apt install openjdk-17-jdk-headless", "https://adoptium.net", "JAVA_HOME");
        assertThat(outcome.output()).isEmpty();
    }

    private Checkout checkout(String mvnw) throws IOException {
        return Checkout.bare(folder.resolve("checkout"), mvnw);
    }

    private List<String> run(Checkout checkout, String javaHome, String path, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "-i",
                "PATH=" + path,
                "HOME=" + folder,
                "TMPDIR=" + folder,
                "JAVA_HOME=" + javaHome,
                checkout.run()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> withoutJdks(List<String> command) throws IOException, InterruptedException {
        return EmptyFolders.seenBy(
                command,
                Stream.of(Path.of("/usr/lib/jvm"), Path.of("/opt/java"))
                        .filter(Files::isDirectory)
                        .toArray(Path[]::new));
    }

    /** One that says its version, and says what it was asked to start. */
    private Path jdk(String version) throws IOException {
        Path jdk = folder.resolve("jdk-" + version);
        Checkout.executable(jdk.resolve("bin/javac"), "exit 1");
        Checkout.executable(jdk.resolve("bin/java"), """
                if [ "$1" = -version ]; then echo 'openjdk version "%s" 2024-01-16' >&2; exit; fi
                while [ "${1#cn.}" = "$1" ]; do shift; done
                printf '%%s started' "$0"; printf ' <%%s>' "$@"; echo""".formatted(version));
        return jdk;
    }
}
