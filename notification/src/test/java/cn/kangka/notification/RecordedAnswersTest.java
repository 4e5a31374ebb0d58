package cn.kangka.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.provider.ProgrammedAnswers.Answer;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Answers of the real FCM that somebody else recorded; they lie beside the repository and are skipped without it. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class RecordedAnswersTest {
    private record Case(int status, String state, String reason) {}

    private static final Map<String, Case> CASES = Map.of(
            "Invalid registration token", new Case(400, "PARKED", "invalid-argument"),
            "Missing registration token", new Case(400, "PARKED", "invalid-argument"),
            "Payload too large", new Case(400, "PARKED", "status-400"),
            "Unregistered token", new Case(404, "FAILED", "unregistered"),
            "Internal server error", new Case(500, "SENT", null),
            "Bad gateway", new Case(502, "SENT", null),
            "Unavailable", new Case(503, "SENT", null));

    @Test
    void each_recorded_answer_has_its_one_consequence() throws IOException {
        MovableClock.moveTo(LocalTime.of(10, 0));
        Map<String, String> bodies = recorded();
        assertThat(bodies.keySet()).containsAll(CASES.keySet());
        Map<String, UUID> accounts = new HashMap<>();
        CASES.forEach((name, each) -> {
            String token = Told.token();
            String type = each.status() == 502 ? "text/html" : "application/json";
            Providers.fcm().answers().next(token, new Answer(each.status(), type, bodies.get(name), Map.of(), false));
            accounts.put(name, Told.account(Told.phone(), token));
        });

        accounts.values().forEach(account -> Told.accepted(Told.booking(account)));

        CASES.forEach((name, each) -> await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(Told.state(accounts.get(name), "FCM")).as(name).isEqualTo(each.state());
            String reason =
                    Told.deliveries(accounts.get(name)).extract().path("items.find { it.channel == 'FCM' }.reason");
            assertThat(reason).as(name).isEqualTo(each.reason());
        }));
    }

    private static Map<String, String> recorded() throws IOException {
        Path file = find();
        Assumptions.assumeTrue(file != null, "no recorded answers beside the repository: skipped");
        Map<String, String> bodies = new HashMap<>();
        for (String section : Files.readString(file).split("(?m)^## ")) {
            String[] parts = section.split("```");
            if (parts.length > 1) {
                String title = section.substring(0, section.indexOf('\n')).strip();
                bodies.put(title, parts[1].substring(parts[1].indexOf('\n') + 1));
            }
        }
        return bodies;
    }

    private static Path find() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared/data/fcm/fcm_responses.md");
            if (Files.exists(file)) {
                return file;
            }
        }
        return null;
    }
}
