package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.sandbox.testing.Chromium;
import com.microsoft.playwright.Locator;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call: the console in Chromium before the started region, pictures in target/screenshots. */
@StartedRegion.Use
@Order(7)
class ConsoleWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String HOSPITAL = "H001";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void an_agent_finds_a_caller_checks_them_books_and_cancels_and_the_caller_can_see_it_all() {
        Citizen caller = Citizen.nextWithRealName();
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.open("/console/").sees("screen-login").shot("console-01-login");
            desk.logIn().shot("console-02-callers");
            // By the id: relatives may share the phone.
            desk.find(caller.person.get("idNumber")).shot("console-03-candidates");
            isMasked(desk, caller);
            desk.tap("candidate").sees("screen-call").sees("locked").shot("console-04-call");
            verifies(desk, caller);
            isMasked(desk, caller);
            String booking = books(desk, caller);
            cancels(desk, caller, booking);
            desk.tap("language").settled().shot("console-09-english");
            desk.tap("end-call").sees("screen-callers");
            desk.tap("log-out").sees("screen-login");
        }
        isAudited(caller);
    }

    /** Neither the page nor anything it was sent shows who the caller is. */
    private static void isMasked(AgentDesk desk, Citizen caller) {
        String page = desk.page().content();
        assertThat(page)
                .doesNotContain(caller.person.get("name"))
                .doesNotContain(caller.phone())
                .doesNotContain(caller.person.get("idNumber"));
        assertThat(page)
                .contains(caller.person.get("name").substring(0, 1) + "*")
                .contains(
                        caller.phone().substring(0, 3) + "****" + caller.phone().substring(7));
    }

    /** A wrong answer costs a try and tells nothing; three right ones open booking. */
    private static void verifies(AgentDesk desk, Citizen caller) {
        String name = caller.person.get("name");
        String birthDate = caller.person.get("birthDate");
        String idNumber = caller.person.get("idNumber");
        String last4 = idNumber.substring(idNumber.length() - 4);
        assertThat(desk.at("tries-left")).hasAttribute("data-left", "3");
        desk.check(name, birthDate, last4.equals("0000") ? "0001" : "0000");
        assertThat(desk.at("tries-left")).hasAttribute("data-left", "2");
        desk.shot("console-05-check-failed");
        assertThat(desk.at("level")).hasAttribute("data-level", "0");
        desk.check(name, birthDate, last4);
        assertThat(desk.at("level")).hasAttribute("data-level", "1");
        desk.sees("book").shot("console-06-level-1");
    }

    private static String books(AgentDesk desk, Citizen caller) {
        Map<String, Object> slot = Slots.free(HOSPITAL).get(0);
        desk.tap("hospital-" + HOSPITAL)
                .tap("department-" + Slots.departmentCode(slot))
                .sees("days")
                .settled();
        Locator free = desk.page().locator("[data-testid^='slot-']:not(:disabled)");
        desk.page()
                .locator("[data-day='" + slot.get("start").toString().substring(0, 10) + "']")
                .click();
        free.first().waitFor();
        desk.shot("console-07-slots");
        free.first().click();
        desk.tap("confirm-booking").sees("booked");
        String id = desk.at("booked").getAttribute("data-appointment");
        await().atMost(SOON).untilAsserted(() -> caller.api()
                .get("/v1/appointments/" + id)
                .then()
                .statusCode(200)
                .body("channel", equalTo("call-centre"))
                .body("hospitalStatus", equalTo("ACCEPTED")));
        assertThat(desk.at("booked").locator("[data-testid=hospital-status]")).hasAttribute("data-status", "ACCEPTED");
        assertThat(new SimulatedHospital(HOSPITAL).received("SIU^S12", id)).hasSize(1);
        desk.shot("console-08-booked");
        return id;
    }

    private static void cancels(AgentDesk desk, Citizen caller, String booking) {
        Locator line = desk.page().locator("[data-testid=booking][data-appointment='" + booking + "']");
        line.locator("[data-testid=cancel]").click();
        desk.tap("confirm-cancel");
        assertThat(line.locator("[data-testid=cancel]")).hasCount(0);
        caller.api().get("/v1/appointments/" + booking).then().body("status", equalTo("CANCELLED"));
    }

    /** The citizen sees what the agent did, the failed check too, and no agent's name; the audit's chain holds. */
    private static void isAudited(Citizen caller) {
        JsonPath log = caller.api()
                .get("/v1/me/access-log?limit=100")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        List<String> allowed =
                log.getList("items.findAll { it.actorKind == 'AGENT' && it.outcome == 'ALLOWED' }.action");
        assertThat(allowed)
                .contains(
                        "call.open",
                        "call.check",
                        "appointment.book",
                        "appointment.list",
                        "appointment.cancel",
                        "call.end");
        List<String> denied = log.getList("items.findAll { it.actorKind == 'AGENT' && it.outcome == 'DENIED' }.action");
        assertThat(denied).containsExactly("call.check");
        assertThat(log.getList("items.findAll { it.actorKind == 'AGENT' }.actor", String.class))
                .doesNotContain(Staff.find("agent").get("username").toString());
        Doors.api()
                .auth()
                .oauth2(Staff.token("auditor"))
                .get("/v1/audit/verify")
                .then()
                .statusCode(200)
                .body("whole", equalTo(true));
    }
}
