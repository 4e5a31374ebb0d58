package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import cn.kangka.sandbox.testing.Chromium;
import com.microsoft.playwright.Locator;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an agent finishes for a caller besides booking and cancelling; target/screenshots. */
@StartedRegion.Use
@Order(11)
class AgentWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String HOSPITAL = "H006";
    /** The hospital whose chiefs are drawn. */
    private static final String DRAWS = "H007";

    private static final Duration SOON = Duration.ofSeconds(40);

    private final CallCentre centre = new CallCentre();

    /** What the call centre could book. */
    private List<Map<String, Object>> free() {
        return Slots.free(centre::api, HOSPITAL, 3, 12);
    }

    @Test
    void an_agent_moves_a_booking_to_another_day() {
        Citizen caller = Citizen.nextWithRealName();
        Map<String, Object> slot = Slots.free(HOSPITAL, 3, 12).get(0);
        String booking = caller.book(slot.get("id").toString())
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Map<String, Object> other = free().stream()
                .filter(each -> !Slots.day(each).equals(Slots.day(slot)))
                .findFirst()
                .orElseThrow();
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn().takesCall(caller);
            desk.line("booking", "data-appointment", booking)
                    .locator("[data-testid=move]")
                    .click();
            desk.sees("moving").looksFor(other).shot("agent-01-move");
            int free = Slots.free(centre::api, other);
            desk.tap("slot-" + other.get("id")).sees("hold-left").shot("agent-02-move-confirm");
            assertThat(desk.at("promised")).containsText("签到");
            await().atMost(SOON).untilAsserted(() -> assertThat(Slots.free(centre::api, other))
                    .as("kept while it is read back")
                    .isEqualTo(free - 1));
            desk.tap("close-dialog");
            await().atMost(SOON).untilAsserted(() -> assertThat(Slots.free(centre::api, other))
                    .as("given back with the dialog")
                    .isEqualTo(free));
            desk.tap("slot-" + other.get("id")).sees("hold-left");
            desk.tap("confirm-booking").sees("booked").settled();
            String moved = desk.at("booked").getAttribute("data-appointment");
            assertThat(moved).isNotEqualTo(booking);
            assertThat(desk.line("booking", "data-appointment", moved)).hasCount(1);
            assertThat(desk.line("booking", "data-appointment", booking)).hasCount(0);
            caller.api().get("/v1/appointments/" + booking).then().body("status", equalTo("CANCELLED"));
            caller.api()
                    .get("/v1/appointments/" + moved)
                    .then()
                    .body("status", equalTo("BOOKED"))
                    .body("slotId", equalTo(other.get("id")));
        }
    }

    /** A unit of somebody who is on the list of a full session. */
    private record Held(Citizen citizen, String appointment) {}

    @Test
    void an_agent_puts_a_caller_on_a_waiting_list_and_accepts_the_offer_that_comes() {
        Map<String, Object> slot = free().get(0);
        List<Held> held = new ArrayList<>();
        while (Slots.free(centre::api, slot) > 0) {
            Citizen other = Citizen.nextWithRealName();
            held.add(new Held(other, centre.books(other, slot)));
        }
        Citizen caller = Citizen.nextWithRealName();
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn().takesCall(caller).looksFor(slot).shot("agent-03-full");
            desk.at("slot-" + slot.get("id"))
                    .locator("xpath=ancestor::*[@class='half']")
                    .locator("[data-testid^=wait-]")
                    .click();
            desk.tap("confirm-waiting").sees("waiting-entry").settled();
            assertThat(desk.at("waiting-entry")).hasAttribute("data-status", "WAITING");
            desk.shot("agent-04-waiting");

            Held first = held.get(0);
            first.citizen()
                    .api()
                    .post("/v1/appointments/" + first.appointment() + "/cancel")
                    .then()
                    .statusCode(200);
            // Nobody asks for it: the offer comes while the agent talks.
            desk.sees("accept-offer");
            assertThat(desk.at("toast")).containsText("候补有号了");
            desk.shot("agent-05-offered");
            desk.tap("accept-offer").sees("booking-dialog");
            // What the caller is to hear, the fee and how long it is kept among it; by the keyboard, as agents work.
            assertThat(desk.at("booking-dialog"))
                    .containsText(slot.get("doctorName").toString());
            assertThat(desk.at("booking-dialog")).containsText("¥");
            assertThat(desk.at("booking-dialog")).containsText("保留到");
            desk.shot("agent-06-accept");
            assertThat(desk.at("confirm-booking")).isFocused();
            desk.page().keyboard().press("Enter");
            desk.sees("booked").settled().shot("agent-07-accepted");
            String booked = desk.at("booked").getAttribute("data-appointment");
            assertThat(desk.line("booking", "data-appointment", booked)).hasCount(1);
            assertThat(desk.at("waiting-entry")).hasCount(0);
            caller.api().get("/v1/appointments/" + booked).then().body("status", equalTo("BOOKED"));
            caller.api().get("/v1/me/waiting-entries").then().body("items[0].status", equalTo("BOOKED"));
        }
    }

    @Test
    void an_agent_enters_a_caller_into_a_draw_and_out_of_it_again() {
        LocalDate today = LocalDate.now(ZONE);
        List<Map<String, Object>> drawn = await().atMost(SOON)
                .until(
                        () -> centre.api()
                                .queryParam("hospital", DRAWS)
                                .queryParam("from", today.plusDays(5).toString())
                                .queryParam("to", today.plusDays(12).toString())
                                .queryParam("limit", 200)
                                .get("/v1/slots")
                                .jsonPath()
                                .<Map<String, Object>>getList("items.findAll { it.mode == 'DRAW' && it.draw != null }"),
                        found -> !found.isEmpty());
        // The last one: another journey draws the first.
        Map<String, Object> slot = drawn.get(drawn.size() - 1);
        Citizen caller = Citizen.nextWithRealName();
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn().takesCall(caller).looksFor(slot).tap("slot-" + slot.get("id"));
            desk.sees("draw-dialog").settled().shot("agent-08-draw");
            desk.tap("confirm-draw").sees("draw-entry").settled();
            assertThat(desk.at("draw-entry")).hasAttribute("data-status", "ENTERED");
            assertThat(entry(caller)).isEqualTo("ENTERED");
            desk.shot("agent-09-entered").tap("leave-draw");
            assertThat(desk.at("draw-entry")).hasAttribute("data-status", "LEFT");
            assertThat(desk.at("leave-draw")).hasCount(0);
            assertThat(entry(caller)).isEqualTo("LEFT");
        }
    }

    @Test
    void a_supervisor_exempts_a_paused_caller_who_lacks_capacity_and_they_book() throws SQLException {
        Citizen caller = Citizen.nextWithRealName();
        LateCancels.pause(caller, HOSPITAL);
        Map<String, Object> slot = free().get(0);
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn("supervisor").sees("screen-callers").takesCall(caller).tap("limits-open");
            desk.sees("exemption").tap("exemption-set").sees("exemption-dialog");
            desk.tap("confirm-exemption");
            assertThat(desk.at("exemption-dialog")).isVisible();
            desk.at("exemption-basis").selectOption("DISABILITY_CERTIFICATE");
            desk.shot("agent-15-exempt").tap("confirm-exemption");
            assertThat(desk.at("exemption")).hasAttribute("data-exempt", "true");
            assertThat(desk.line("limit", "data-rule", "appointment.late-cancel-pause"))
                    .hasAttribute("data-stops", "false");
            assertThat(desk.at("never").first()).isVisible();
            desk.settled().wholeShot("agent-16-exempted");
            caller.api().get("/v1/me/access-log?limit=100").then().body("items.action", hasItem("pause-exemption.set"));
            String booking = caller.book(slot.get("id").toString())
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            desk.tap("exemption-end").sees("exemption-dialog").tap("confirm-exemption");
            assertThat(desk.at("exemption")).hasAttribute("data-exempt", "false");
            caller.api().post("/v1/appointments/" + booking + "/cancel").then().statusCode(200);
        }
    }

    private static String entry(Citizen caller) {
        return caller.api().get("/v1/me/draw-entries").jsonPath().getString("items[0].status");
    }

    @Test
    void an_agent_sees_why_a_caller_is_stopped_and_appeals_for_them() throws SQLException {
        Citizen caller = Citizen.nextWithRealName();
        LateCancels.pause(caller, HOSPITAL);
        Map<String, Object> slot = free().get(0);
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn().takesCall(caller).looksFor(slot).tap("slot-" + slot.get("id"));
            desk.sees("see-limits").shot("agent-10-refused");
            assertThat(desk.at("confirm-booking")).isHidden();
            desk.tap("see-limits").sees("limits").settled();
            Locator pause = desk.line("limit", "data-rule", "appointment.late-cancel-pause");
            assertThat(pause).hasAttribute("data-stops", "true");
            assertThat(pause).containsText("3 / 3");
            assertThat(pause).containsText("后可再次预约");
            assertThat(desk.line("limit", "data-stops", "true")).hasCount(1);
            assertThat(desk.at("mark")).hasCount(3);
            desk.shot("agent-11-limits")
                    .tap("appeal")
                    .fill("appeal-reason", "当天孩子急诊")
                    .shot("agent-12-appeal");
            desk.tap("confirm-appeal");
            assertThat(desk.line("mark", "data-appeal", "OPEN")).hasCount(1);
            assertThat(desk.at("appeal")).hasCount(2);
            assertThat(desk.page().content()).doesNotContain("当天孩子急诊");
            caller.api()
                    .get("/v1/me/marks")
                    .then()
                    .body("items.findAll { it.appeal != null }.appeal.words", equalTo(List.of("当天孩子急诊")));
            desk.shot("agent-13-appealed").tap("limits-open");
            assertThat(desk.at("mark")).hasCount(0);
        }
        List<String> looks = caller.api()
                .get("/v1/me/access-log?limit=100")
                .jsonPath()
                .getList("items.findAll { it.actorKind == 'AGENT' }.action");
        assertThat(looks).contains("limits.read", "mark.list", "appeal.make");
        decides(caller);
    }

    /** What a journey leaves open would stand before the next one's. */
    private void decides(Citizen caller) {
        String appeal = caller.api()
                .get("/v1/me/marks")
                .jsonPath()
                .getString("items.findAll { it.appeal != null }[0].appeal.id");
        centre.api()
                .body(Map.of("granted", false, "answer", "旅程结束"))
                .post("/v1/appeals/" + appeal + "/decision")
                .then()
                .statusCode(204);
    }

    @Test
    void a_booking_that_the_hospital_has_at_another_time_shows_both() throws SQLException {
        Citizen caller = Citizen.nextWithRealName();
        String booking = caller.book(
                        Slots.free(HOSPITAL, 3, 12).get(0).get("id").toString())
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        // The answer says our time; the other one comes afterwards.
        await().atMost(SOON).untilAsserted(() -> caller.api()
                .get("/v1/appointments/" + booking)
                .then()
                .body("hospitalStatus", equalTo("ACCEPTED")));
        ApiRows.update(
                "update appointment set hospital_start = start_at + interval '7 minutes',"
                        + " booked_at = booked_at - interval '1 hour' where id = ?::uuid",
                booking);
        Map<String, Object> booked =
                caller.api().get("/v1/appointments/" + booking).jsonPath().getMap("");
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn();
            Locator line = desk.line("unanswered-item", "data-appointment", booking);
            assertThat(line).containsText("时间不一致");
            assertThat(line).containsText(clock(booked, "start"));
            assertThat(line).containsText(clock(booked, "hospitalStart"));
            assertThat(line).not().containsText("分钟");
            desk.shot("agent-14-times-differ");
            desk.tap("language").settled();
            assertThat(line).containsText("times differ");
        }
        caller.api().post("/v1/appointments/" + booking + "/cancel").then().statusCode(200);
    }

    private static String clock(Map<String, Object> booked, String field) {
        return booked.get(field).toString().substring(11, 16);
    }
}
