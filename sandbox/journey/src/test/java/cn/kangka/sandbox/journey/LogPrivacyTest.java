package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.launch.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Runs last: by then the logs hold everything that the other journeys caused. */
@StartedRegion.Use
@Order(100)
class LogPrivacyTest {
    @Test
    void no_name_id_or_phone_of_anybody_is_in_any_log(Region region) throws IOException {
        List<Map<String, String>> people = new ArrayList<>();
        for (int offset = 0; offset < 1_000; offset += 200) {
            people.addAll(Doors.sandbox()
                    .get("/people?limit=200&offset=" + offset)
                    .jsonPath()
                    .getList(""));
        }
        assertThat(people).hasSizeGreaterThan(200);
        List<String> found = new ArrayList<>();
        long bytes = 0;
        for (Path log : logs(region)) {
            String text = Files.readString(log);
            bytes += text.length();
            for (Map<String, String> person : people) {
                for (String secret : List.of(person.get("name"), person.get("idNumber"), person.get("phone"))) {
                    if (secret.length() > 2 && text.contains(secret)) {
                        found.add(log.getFileName() + " holds " + kind(person, secret));
                    }
                }
            }
            for (String person : TestPeople.used()) {
                if (text.contains(person)) {
                    found.add(log.getFileName() + " holds what a journey used");
                }
            }
        }
        assertThat(bytes).as("there are logs to look at").isPositive();
        assertThat(found).isEmpty();
    }

    @Test
    void nothing_blocked_an_event_loop(Region region) throws IOException {
        for (Path log : logs(region)) {
            assertThat(Files.readString(log))
                    .as(log.toString())
                    .doesNotContainPattern("Thread.*eventloop.*has been blocked");
        }
    }

    private static String kind(Map<String, String> person, String secret) {
        return person.entrySet().stream()
                .filter(each -> secret.equals(each.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("?");
    }

    private static List<Path> logs(Region region) {
        try (Stream<Path> files = Files.list(region.logs())) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
