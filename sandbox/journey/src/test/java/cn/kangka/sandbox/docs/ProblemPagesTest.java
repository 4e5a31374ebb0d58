package cn.kangka.sandbox.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every problem that a service can answer has texts in both languages and a page in docs/problems. */
class ProblemPagesTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("kit", "api", "empi", "notification", "mobile-bff");
    /** Folders of texts that people read. */
    private static final Set<String> BUNDLES = Set.of("messages", "problem");

    private static final String TITLE = ".title";
    private static final Pattern USED =
            Pattern.compile("(?:Problems\\.(?:of|builder)\\(\\s*[^,()]+,|(?:tooMany|refused)\\()\\s*\"([a-z0-9-]+)\"");

    @Test
    void every_problem_has_a_page_and_every_page_a_problem() throws IOException {
        assertThat(pages()).isEqualTo(problems()).hasSizeGreaterThan(40);
    }

    @Test
    void every_problem_that_code_names_has_texts() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String module : MODULES) {
            for (Path source : files(ROOT.resolve(module).resolve("src/main/java"), ".java")) {
                USED.matcher(Files.readString(source)).results().forEach(name -> used.add(name.group(1)));
            }
        }

        assertThat(used).hasSizeGreaterThan(15);
        assertThat(problems()).containsAll(used);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void both_languages_have_the_same_texts(Path chinese) {
        Path english =
                chinese.resolveSibling(chinese.getFileName().toString().replace(".properties", "_en.properties"));

        assertThat(keys(english)).isNotEmpty().isEqualTo(keys(chinese));
    }

    static List<Path> bundles() throws IOException {
        List<Path> bundles = new ArrayList<>();
        for (String module : MODULES) {
            files(ROOT.resolve(module).resolve("src/main/resources"), ".properties").stream()
                    .filter(file ->
                            BUNDLES.contains(file.getParent().getFileName().toString()))
                    .filter(file -> !file.toString().endsWith("_en.properties"))
                    .forEach(bundles::add);
        }
        return bundles;
    }

    private static Set<String> problems() throws IOException {
        return bundles().stream()
                .filter(file -> file.endsWith("problems.properties"))
                .flatMap(file -> keys(file).stream())
                .filter(key -> key.endsWith(TITLE))
                .map(key -> key.substring(0, key.length() - TITLE.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> pages() throws IOException {
        return files(ROOT.resolve("docs/problems"), ".md").stream()
                .map(file -> file.getFileName().toString().replace(".md", ""))
                .filter(name -> !name.equals("README"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> keys(Path file) {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TreeSet<>(texts.stringPropertyNames());
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
