package cn.kangka.empi.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.fhir.MappingFuzz;
import cn.kangka.empi.linking.PatientFuzz;
import cn.kangka.empi.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Coverage-guided fuzzing by Jazzer of MLLP framing, the way in, patients and mappings, {@code -Dkangka.fuzz.minutes} (10) each:
 *
 * <pre>./mvnw verify -Pfuzz -DskipITs -pl empi -am -Dtest=JazzerTest -Dsurefire.failIfNoSpecifiedTests=false</pre>
 *
 * Inputs that reach something new are kept in {@code target/fuzz}; one that breaks something lies there as {@code crash-…}.
 */
@Tag("fuzz")
class JazzerTest {
    private static final String MAIN = "com.code_intelligence.jazzer.Jazzer";

    @ParameterizedTest
    @ValueSource(classes = {FramingFuzz.class, EntryFuzz.class, PatientFuzz.class, MappingFuzz.class})
    void minutes_of_fuzzing_find_nothing(Class<?> target) throws Exception {
        Path folder = Path.of("target", "fuzz", target.getSimpleName()).toAbsolutePath();
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        seed(corpus);
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx1500m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                MAIN,
                "--target_class=" + target.getName(),
                "--instrumentation_includes=cn.kangka.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + 60 * Long.getLong("kangka.fuzz.minutes", 10),
                "-max_len=4096",
                "-rss_limit_mb=4096",
                "-timeout=10",
                "-print_final_stats=1"));
        command.add(corpus.toString());
        Path log = folder.resolve("log");
        int end = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        List<String> lines = Files.readAllLines(log);
        lines.stream()
                .filter(line -> line.startsWith("stat::number_of_executed_units"))
                .forEach(line -> System.out.println(target.getSimpleName() + " " + line));
        assertThat(end)
                .as(String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size())))
                .isZero();
        try (Stream<Path> findings = Files.list(folder)) {
            assertThat(findings.map(each -> each.getFileName().toString())
                            .filter(name -> name.matches("(crash|oom|timeout|leak)-.*")))
                    .isEmpty();
        }
    }

    private static void seed(Path corpus) throws IOException {
        int number = 0;
        for (String own : FuzzTest.seeds()) {
            Files.writeString(corpus.resolve("own-" + number++), own);
        }
        if (SharedData.present("hl7v2")) {
            for (Path file : SharedData.files("hl7v2", "*.hl7")) {
                Files.write(corpus.resolve(file.getFileName().toString()), Files.readAllBytes(file));
            }
        }
        for (Map.Entry<String, String> charset :
                Map.of("gb", "GB 18030-2000", "latin", "8859/1").entrySet()) {
            Files.write(
                    corpus.resolve(charset.getKey()),
                    ("MSH|^~\\&|HIS|H002|K|R|20261101||ADT^A28|1|P|2.4||||||" + charset.getValue()
                                    + "\rPID|1||1^^^H002\r")
                            .getBytes(UTF_8));
        }
        Files.write(
                corpus.resolve("framed"), new byte[] {3, 'x', 0x0B, 'M', 'S', 'H', 0x1C, 0x0D, 0x0B, 'a', 0x1C, 0x0D});
    }
}
