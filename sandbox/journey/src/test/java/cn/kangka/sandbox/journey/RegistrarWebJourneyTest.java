package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.sandbox.testing.Chromium;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A registrar decides a doubtful pair by keyboard alone; pictures in target/screenshots. */
@StartedRegion.Use
@Order(7)
class RegistrarWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void a_doubtful_pair_is_joined_taken_back_and_kept_apart() throws IOException {
        TestPeople known = TestPeople.invent();
        TestPeople twin = known.withAnotherId();
        HospitalJourneyTest.register("H001", "RW1-" + known.idNumber(), known);
        HospitalJourneyTest.register("H003", "RW2-" + known.idNumber(), twin);
        String person = HospitalJourneyTest.search(known);
        String other = HospitalJourneyTest.search(twin);
        assertThat(other).isNotEqualTo(person);
        Citizen citizen = HospitalJourneyTest.loggedIn(known);
        String task = newestTask();
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn("registrar").sees("screen-reviews").sees("review-task");
            assertThat(desk.at("review-queue").innerText()).doesNotContain(known.name());
            desk.page().locator("[data-task='" + task + "']").click();
            desk.sees("review-table");
            assertThat(desk.at("review-field-document").locator("mark")).not().hasCount(0);
            assertThat(desk.at("review-field-name")).containsText(known.name());
            desk.shot("registrar-01-pair");

            desk.page().keyboard().press("1");
            await().atMost(SOON).untilAsserted(() -> assertThat(HospitalJourneyTest.search(twin))
                    .isEqualTo(HospitalJourneyTest.search(known)));
            desk.sees("toast").page().keyboard().press("u");
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            List.of(HospitalJourneyTest.search(known), HospitalJourneyTest.search(twin)))
                    .containsExactly(person, other));
            await().atMost(SOON).untilAsserted(() -> citizen.api()
                    .get("/v1/me")
                    .then()
                    .body("person", equalTo(person))
                    .body("status", equalTo("ACTIVE")));
            desk.sees("review-table");
            assertThat(desk.at("review-field-name")).containsText(known.name());

            desk.page().keyboard().press("2");
            desk.sees("review-seconds");
            assertThat(desk.page().locator("[data-task='" + task + "']")).hasCount(0);
            desk.page().keyboard().press("q");
            desk.page().keyboard().press("q");
            desk.sees("review-undo")
                    .page()
                    .locator("[data-task='" + task + "']")
                    .waitFor();
            desk.shot("registrar-02-decided").tap("language").holds("document.documentElement.lang === 'en'");
            desk.sees("review-table").shot("registrar-03-english");
        }
        assertThat(HospitalJourneyTest.search(twin)).isEqualTo(other);
    }

    private static String newestTask() {
        List<String> tasks = HospitalJourneyTest.registrar()
                .get("/v1/reviews?order=age&limit=200")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.id");
        return tasks.get(tasks.size() - 1);
    }
}
