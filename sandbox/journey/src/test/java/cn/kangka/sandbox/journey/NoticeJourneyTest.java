package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A result arrives: the phone rings discreetly, and the open app shows it at once. */
@StartedRegion.Use
@Order(5)
class NoticeJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void a_result_is_pushed_without_a_word_about_it_and_streamed_to_the_open_inbox()
            throws IOException, InterruptedException {
        TestPeople person = TestPeople.invent();
        String local = "N-" + person.idNumber();
        HospitalJourneyTest.register("H001", local, person);
        Citizen citizen = HospitalJourneyTest.loggedIn(person);
        beAwake(citizen);
        String device = "journey-" + UUID.randomUUID();
        citizen.bff()
                .body(Map.of("token", device))
                .put("/v1/me/endpoints/fcm")
                .then()
                .statusCode(200);

        try (InboxStream stream = InboxStream.of(citizen);
                HospitalDesk desk = HospitalDesk.of("H001")) {
            assertThat(HospitalJourneyTest.result(desk, local, person, "N" + System.nanoTime(), "F", "105"))
                    .contains("MSA|AA");

            Response pushed = await().atMost(SOON)
                    .until(
                            () -> Doors.sandbox().get("/push?token=" + device),
                            answer -> !answer.jsonPath().getList("").isEmpty());
            String report = citizen.api().get("/v1/me/reports").jsonPath().getString("items[0].id");
            JsonPath push = pushed.jsonPath();
            assertThat(push.getList("")).hasSize(1);
            assertThat(push.getString("[0].client")).startsWith("fire-admin-java/");
            assertThat(push.getString("[0].data.link")).isEqualTo("/reports/" + report);
            discreet(pushed.asString(), person);
            assertThat(push.getString("[0].notification.body")).isNotBlank().doesNotContain(report);

            await().atMost(SOON).untilAsserted(() -> assertThat(stream.notices())
                    .extracting(notice -> notice.getString("link"))
                    .contains("/reports/" + report));
            assertThat(stream.notices())
                    .extracting(notice -> notice.getString("link"))
                    .as("told once")
                    .containsOnlyOnce("/reports/" + report);
        }
    }

    /** Pushes wait at night; this person has no night. */
    private static void beAwake(Citizen citizen) {
        Map<String, Object> wishes =
                citizen.bff().get("/v1/me/preferences").jsonPath().getMap("");
        wishes.put("quietHours", Map.of("from", "00:00", "to", "00:00"));
        citizen.bff().body(wishes).put("/v1/me/preferences").then().statusCode(200);
    }

    private static void discreet(String push, TestPeople person) {
        for (String secret :
                List.of(person.name(), person.idNumber(), person.phone(), "血", "105", "第一人民医院", "检验科", "异常", "偏低")) {
            assertThat(push).doesNotContain(secret);
        }
    }
}
