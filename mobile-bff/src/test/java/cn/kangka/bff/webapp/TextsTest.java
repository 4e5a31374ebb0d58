package cn.kangka.bff.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The app's files say the same thing in the same places. */
class TextsTest {
    private static final Path APP = Path.of("src/main/resources/META-INF/resources/app");
    private static final Path CONSOLE =
            Path.of("..", "api", "src", "main", "resources", "META-INF", "resources", "console");
    private static final Pattern KEY = Pattern.compile("\\bt\\('([a-zA-Z.]+)'|title: '([a-z]+\\.[a-zA-Z]+)'");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    /** Rules, events and problems that look like acts. */
    private static final Set<String> NO_ACTS = Set.of(
            "account.changed",
            "appointment.card-code",
            "appointment.late-cancel-pause",
            "appointment.max-per-department-day",
            "appointment.max-per-visit-day",
            "appointment.no-show-pause",
            "card.wanted",
            "report.listed-infection-held",
            "report.normal-at-once",
            "report.preliminary-held",
            "report.sensitive-delay");

    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    @Test
    void both_languages_have_every_text_with_the_same_places() throws IOException {
        JsonObject chinese = texts("zh-CN");
        JsonObject english = texts("en");
        assertThat(english.fieldNames()).isEqualTo(chinese.fieldNames());
        for (String key : chinese.fieldNames()) {
            assertThat(places(english.getString(key))).as(key).isEqualTo(places(chinese.getString(key)));
        }
    }

    @Test
    void every_text_that_a_screen_uses_exists() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path script : scripts()) {
            Matcher matcher = KEY.matcher(Files.readString(script));
            while (matcher.find()) {
                used.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            }
        }
        assertThat(used).hasSizeGreaterThan(100);
        assertThat(texts("zh-CN").fieldNames()).containsAll(used);
    }

    /** What api writes into access logs, found in its sources: string literals that name an area and an act. */
    @Test
    void every_act_in_an_access_log_has_a_name_for_people() throws IOException {
        String act = "\"((?:access-log|account|alert|allergy|appointment|call|caller|card|identity|imaging"
                + "|report|summary|route|login|pause-exemption)\\.[a-z-]+)\"";
        Set<String> acts = new TreeSet<>();
        for (Path source : api()) {
            acts.addAll(found(Files.readString(source), act));
        }
        acts.removeAll(NO_ACTS);
        assertThat(acts).hasSizeGreaterThan(20);
        assertThat(texts("zh-CN").fieldNames())
                .containsAll(acts.stream().map(each -> "action." + each).toList());
    }

    /** The ids that refusals of api name, found in its sources; the call centre's own stop nobody in the app. */
    @Test
    void every_rule_that_stops_somebody_has_a_name_in_app_and_console() throws IOException {
        Set<String> rules = new TreeSet<>();
        for (Path source : api()) {
            String code = Files.readString(source);
            if (code.contains("PREFIX = \"appointment.\"")) {
                found(code, "\\bof\\(\\s*\"([a-z-]+)\"").forEach(name -> rules.add("appointment." + name));
            }
            if (source.endsWith("SlotPolicy.java")) {
                found(code, "\"(slot-[a-z-]+)\"").forEach(name -> rules.add("appointment." + name));
            }
            rules.addAll(found(code, "Problems\\.refused\\(\\s*\"[a-z-]+\",\\s*\"([a-z-]+\\.[a-z-]+)\""));
            rules.addAll(found(code, "Rule\\(\\s*\"([a-z-]+\\.[0-9a-z-]+)\""));
            rules.addAll(found(code, "\"(call-centre\\.[a-z-]+)\""));
        }
        assertThat(rules)
                .contains(
                        "appointment.max-per-3-months",
                        "appointment.late-cancel-pause",
                        "appointment.slot-by-draw",
                        "appointment.hold-expired",
                        "draw.closed",
                        "dependant.per-account",
                        "call-centre.tries-per-agent")
                .hasSizeGreaterThan(35);
        List<String> keys = rules.stream().map(each -> "rule." + each).toList();
        assertThat(texts(CONSOLE, "zh-CN").fieldNames()).containsAll(keys);
        assertThat(texts("zh-CN").fieldNames())
                .containsAll(keys.stream()
                        .filter(key -> !key.startsWith("rule.call-centre."))
                        .toList());
    }

    private static List<Path> api() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("..", "api", "src", "main", "java"))) {
            return sources.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static Set<String> found(String code, String pattern) {
        return Pattern.compile(pattern)
                .matcher(code)
                .results()
                .map(each -> each.group(1))
                .collect(Collectors.toSet());
    }

    /** Chinese stands in the bundle only; the seal and the names of the languages are the same everywhere. */
    @Test
    void no_screen_has_words_of_its_own() throws IOException {
        for (Path script : scripts()) {
            String code = Files.readString(script).replaceAll("(?m)//.*$", "").replaceAll("'康'|'简体中文'|'日'", "");
            assertThat(HAN.matcher(code).find()).as(script.toString()).isFalse();
        }
    }

    @Test
    void the_server_knows_every_screen_of_the_app() throws IOException {
        Matcher path = Pattern.compile("path: '/([a-z-]*)").matcher(Files.readString(APP.resolve("routes.js")));
        Set<String> screens = new TreeSet<>();
        while (path.find()) {
            screens.add(path.group(1));
        }
        screens.remove("");
        assertThat(new TreeSet<>(AppRoutes.SCREENS)).isEqualTo(screens);
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            places.add(matcher.group());
        }
        return places;
    }

    private static JsonObject texts(String language) throws IOException {
        return texts(APP, language);
    }

    private static JsonObject texts(Path root, String language) throws IOException {
        return new JsonObject(Files.readString(root.resolve("i18n").resolve(language + ".json")));
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(APP)) {
            return files.filter(file -> file.toString().endsWith(".js")).toList();
        }
    }
}
