package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.launch.Region;
import cn.kangka.sandbox.testing.Chromium;
import cn.kangka.sandbox.testing.TestTokens;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An interface engineer finds a refused message, sees why, opens it with a reason and has it done again; target/screenshots. */
@StartedRegion.Use
@Order(8)
class IntegrationWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final double SOON = Duration.ofSeconds(20).toMillis();

    @Test
    void a_refused_message_is_found_understood_and_done_again(Region region) throws IOException {
        TestTokens.useKeys(region.options().data().resolve("keys"));
        TestPeople person = TestPeople.invent();
        String one = "IW1-" + person.idNumber();
        String other = "IW2-" + person.idNumber();
        HospitalJourneyTest.register("H003", one, person);
        String control = "IW" + System.nanoTime();
        try (HospitalDesk hospital = HospitalDesk.of("H003");
                AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            String refused = hospital.sendAs(
                    control,
                    "ADT^A24^ADT_A24",
                    "EVN|A24|" + HospitalDesk.now(),
                    HospitalJourneyTest.pid(hospital, one, person),
                    "PID|2||" + other + "^^^H003^MR");
            assertThat(refused).doesNotContain("MSA|AA");

            desk.logIn("integration").sees("screen-messages").sees("message-line");
            desk.page().locator("#message-control").fill(control);
            desk.tap("message-go");
            assertThat(desk.at("message-line")).hasCount(1);
            desk.tap("message-line").sees("message-body");
            assertThat(desk.at("message-body")).containsText("PID-3");
            assertThat(desk.at("message-body")).containsText("患者标识列表");
            assertThat(desk.at("message-body")).not().containsText(person.idNumber());
            assertThat(desk.at("message-answer")).containsText("ERR-");
            desk.shot("integration-01-refused");

            desk.tap("message-open").sees("reason-dialog").tap("reason-confirm");
            assertThat(desk.page().locator("#reason-error")).not().isEmpty();
            desk.page().locator("#reason").fill("核对病案号");
            desk.shot("integration-02-reason").tap("reason-confirm");
            assertThat(desk.at("message-body")).containsText(person.idNumber());
            desk.shot("integration-03-opened");

            HospitalJourneyTest.register("H003", other, person);
            desk.tap("message-replay").sees("reason-dialog");
            desk.page().locator("#reason").fill("病案已补登");
            desk.tap("reason-confirm");
            Locator state = desk.at("message").locator(".chip").first();
            assertThat(state).hasText("已接受", new LocatorAssertions.HasTextOptions().setTimeout(SOON));

            desk.tap("go-traffic").sees("traffic");
            assertThat(desk.page()
                            .locator("[data-testid='line'][data-source='H003']")
                            .first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SOON));
            desk.shot("integration-04-traffic").tap("language").holds("document.documentElement.lang === 'en'");
            desk.sees("traffic").shot("integration-05-english");

            desk.tap("go-reconciliations").sees("reconciliation-begin");
            desk.page().locator("#reconciliation-hospital").selectOption("H003");
            desk.tap("reconciliation-begin");
            assertThat(desk.page().locator("[data-testid='reconciliation'][data-source='H003'] .chip--good"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SOON));
            desk.shot("integration-06-reconciliation");

            listsOnlyWhatNobodyHereKnows();
            desk.tap("go-ledger").sees("ledger-report").tap("ledger-open").sees("ledger-dialog");
            assertThat(desk.at("ledger-differences")).containsText("Unknown here");
            desk.shot("integration-07-ledger");
        }
    }

    /** The hospital's list of a day's bookings, with one that nobody here made. */
    private static void listsOnlyWhatNobodyHereKnows() {
        Doors.api()
                .auth()
                .oauth2(TestTokens.client("hospital-H003", "hospital", "", Map.of("source", "H003")))
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "day",
                        LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(20).toString(),
                        "listedAt",
                        Instant.now().toString(),
                        "bookings",
                        List.of(Map.of("appointment", UUID.randomUUID().toString(), "status", "BOOKED"))))
                .post("/v1/booking-reconciliations")
                .then()
                .statusCode(201);
    }
}
