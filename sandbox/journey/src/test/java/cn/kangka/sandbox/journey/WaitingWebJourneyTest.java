package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import cn.kangka.sandbox.testing.Chromium;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A full session: waiting for it, the unit that comes free, another time, and the clinic that is stopped; target/screenshots. */
@StartedRegion.Use
@Order(9)
class WaitingWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String HOSPITAL = "H004";
    /** Where what counts against somebody was booked. */
    private static final String ELSEWHERE = "H003";

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Somebody's booking in the session. */
    private record Held(Citizen citizen, String appointment) {}

    @Test
    void a_citizen_waits_is_offered_a_unit_moves_it_is_told_when_the_clinic_stops_and_appeals() throws SQLException {
        List<Map<String, Object>> session = smallest();
        List<Held> held = fill(session);
        Map<String, Object> slot = session.get(0);
        isLedToTheRule(slot);
        leavesTheList(slot);
        Citizen citizen = Citizen.next();
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), citizen)) {
            phone.logIn().proveIdentity().sees("home-card");
            citizen.useToken(phone.token());
            waits(phone, slot);
            Held first = held.get(0);
            first.citizen()
                    .api()
                    .post("/v1/appointments/" + first.appointment() + "/cancel")
                    .then()
                    .statusCode(200);
            String booking = takesTheOffer(phone, citizen);
            Map<String, Object> other = elsewhere(slot);
            // Books there too and never looks at the phone: somebody has to ring.
            Citizen.nextWithRealName().book(other.get("id").toString()).then().statusCode(201);
            String moved = moves(phone, citizen, booking, other);
            stops(phone, citizen, moved);
            phone.open("/me").tap("me-limits").sees("limits").sees("no-marks").wholeShot("waiting-09-limits");
            appeals(phone, citizen, booking);
        }
    }

    /** The session with the fewest units that the app can still book: whose people are the quickest to find. */
    private static List<Map<String, Object>> smallest() {
        return Slots.free(HOSPITAL, 3, 9).stream()
                .collect(Collectors.groupingBy(slot -> slot.get("doctor")
                        + slot.get("start").toString().substring(0, 10)
                        + (slot.get("start").toString().substring(11, 13).compareTo("12") < 0)))
                .values()
                .stream()
                .min(Comparator.comparing((List<Map<String, Object>> slots) -> slots.stream()
                        .mapToInt(each -> ((Number) each.get("free")).intValue())
                        .sum()))
                .orElseThrow();
    }

    private static List<Held> fill(List<Map<String, Object>> session) {
        List<Held> held = new ArrayList<>();
        for (Map<String, Object> slot : session) {
            while (Slots.free(slot) > 0) {
                Citizen citizen = Citizen.nextWithRealName();
                held.add(new Held(
                        citizen,
                        citizen.book(slot.get("id").toString())
                                .then()
                                .statusCode(201)
                                .extract()
                                .path("id")));
            }
        }
        return held;
    }

    private static long daysAhead(Map<String, Object> slot) {
        LocalDate day = OffsetDateTime.parse(slot.get("start").toString())
                .atZoneSameInstant(ZONE)
                .toLocalDate();
        return ChronoUnit.DAYS.between(LocalDate.now(ZONE), day);
    }

    /** Who is paused is refused the list too, told by which rule, and led to what it counts. */
    private static void isLedToTheRule(Map<String, Object> slot) throws SQLException {
        Citizen paused = Citizen.next();
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), paused)) {
            phone.logIn().proveIdentity().sees("home-card");
            paused.useToken(phone.token());
            LateCancels.pause(paused, ELSEWHERE);
            asksForTheList(phone, slot);
            phone.tap("confirm-waiting").sees("see-limits").shot("waiting-00-refused");
            assertThat(phone.at("waiting-refused")).containsText("取消");
            phone.tap("see-limits").sees("limits").settled().wholeShot("waiting-00-limits");
            assertThat(phone.at("sheet")).hasCount(0);
            assertThat(phone.page().locator("[data-rule='appointment.late-cancel-pause']"))
                    .hasAttribute("data-stops", "true");
            assertThat(phone.at("behind").locator("[data-testid=mark]")).hasCount(3);
            paused.api().get("/v1/me/waiting-entries").then().body("items", empty());
        }
    }

    /** Who waited and changes their mind is no longer in anybody's way. */
    private static void leavesTheList(Map<String, Object> slot) {
        Citizen other = Citizen.next();
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), other)) {
            phone.logIn().proveIdentity().sees("home-card");
            other.useToken(phone.token());
            asksForTheList(phone, slot);
            phone.tap("confirm-waiting")
                    .sees("waiting-entry")
                    .tap("leave-waiting")
                    .tap("confirm-leave");
            assertThat(phone.at("leave-waiting")).hasCount(0);
            phone.settled().wholeShot("waiting-10-left");
            other.api()
                    .get("/v1/me/waiting-entries")
                    .then()
                    .statusCode(200)
                    .body("items.findAll { it.status == 'WAITING' }", empty());
        }
    }

    private static void asksForTheList(CitizenPhone phone, Map<String, Object> slot) {
        phone.open("/book/" + HOSPITAL + "/" + Slots.departmentCode(slot)).tap("day-" + daysAhead(slot));
        phone.page().locator("[data-testid^=wait-]").first().waitFor();
        assertThat(phone.at("full-why").first()).containsText("其他渠道未约完的号将于");
        phone.wholeShot("waiting-01-full");
        phone.at("slot-" + slot.get("id"))
                .locator("xpath=ancestor::*[@data-testid='doctor']")
                .locator("[data-testid^=wait-]")
                .first()
                .click();
        phone.sees("confirm-waiting");
    }

    private static void waits(CitizenPhone phone, Map<String, Object> slot) {
        asksForTheList(phone, slot);
        phone.shot("waiting-02-confirm");
        phone.tap("confirm-waiting").sees("waiting-entry").settled();
        assertThat(phone.at("waiting-entry")).hasAttribute("data-status", "WAITING");
        assertThat(phone.at("position")).containsText("1");
        phone.wholeShot("waiting-03-position");
    }

    /** The unit that somebody cancelled is kept for who waits, and the inbox says so. */
    private static String takesTheOffer(CitizenPhone phone, Citizen citizen) {
        phone.openUntil("/waiting", "take-offer").wholeShot("waiting-04-offered");
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        citizen.notification().get("/v1/me/inbox").jsonPath().getList("items.title", String.class))
                .contains("候补到号"));
        phone.open("/appointments").sees("waiting-tile").wholeShot("waiting-05-list");
        phone.open("/waiting").tap("take-offer").sees("confirm-booking");
        assertThat(phone.at("hold")).hasCount(0); // It is kept already.
        phone.tap("confirm-booking").sees("booked");
        return phone.page().url().replaceAll(".*/appointments/([0-9a-f-]+).*", "$1");
    }

    /** A slot of the same department on another day, with units for two. */
    private static Map<String, Object> elsewhere(Map<String, Object> slot) {
        return Slots.free(HOSPITAL, 3, 9).stream()
                .filter(each -> each.get("department").equals(slot.get("department")))
                .filter(each -> !Slots.day(each).equals(Slots.day(slot)))
                .filter(each -> ((Number) each.get("free")).intValue() >= 2)
                .findFirst()
                .orElseThrow();
    }

    private static String moves(CitizenPhone phone, Citizen citizen, String booking, Map<String, Object> other) {
        phone.open("/appointments/" + booking).sees("move").tap("move");
        phone.tap("day-" + daysAhead(other)).sees("slot-" + other.get("id")).settled();
        phone.wholeShot("waiting-06-move");
        phone.tap("slot-" + other.get("id"))
                .sees("hold-left")
                .sees("confirm-booking")
                .shot("waiting-07-move-confirm")
                .tap("confirm-booking")
                .sees("booked");
        String moved = phone.page().url().replaceAll(".*/appointments/([0-9a-f-]+).*", "$1");
        assertThat(moved).isNotEqualTo(booking);
        citizen.api().get("/v1/appointments/" + booking).then().body("status", equalTo("CANCELLED"));
        return moved;
    }

    /** A supervisor stops the doctor's day; the person sees it, and what is kept for them. */
    private static void stops(CitizenPhone phone, Citizen citizen, String booking) {
        Map<String, Object> booked =
                citizen.api().get("/v1/appointments/" + booking).jsonPath().getMap("");
        String day = booked.get("start").toString().substring(0, 10);
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn("supervisor").sees("screen-callers").tap("go-stops").sees("stop-form");
            desk.at("stop-hospital").selectOption(HOSPITAL);
            desk.page()
                    .locator("#stop-doctor option[value='" + booked.get("doctor") + "']")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
            desk.at("stop-doctor").selectOption(booked.get("doctor").toString());
            desk.page().locator("#stop-from").fill(day);
            desk.page().locator("#stop-to").fill(day);
            desk.page().locator("#stop-reason").fill("医生急诊手术");
            desk.shot("stop-01-form").tap("stop-preview").sees("stop-dialog");
            assertThat(desk.at("preview-bookings")).not().hasText("0");
            desk.shot("stop-02-preview").tap("confirm-stop").sees("stop");
            desk.shot("stop-03-stopped").tap("stop-open").sees("stop-person").shot("stop-04-people");
            await().atMost(SOON).untilAsserted(() -> citizen.api()
                    .get("/v1/appointments/" + booking + "/alternatives")
                    .then()
                    .statusCode(200)
                    .body("items[0].keptUntil", notNullValue()));
            phone.openUntil("/appointments/" + booking, "alternatives");
            assertThat(phone.at("screen-appointment")).containsText("停诊");
            assertThat(phone.at("alternative").first()).containsText("为您保留到");
            phone.wholeShot("waiting-08-stopped");
            await().atMost(SOON).untilAsserted(() -> assertThat(citizen.notification()
                            .get("/v1/me/inbox")
                            .jsonPath()
                            .getList("items.title", String.class))
                    .contains("停诊通知"));
            citizen.notification().post("/v1/me/inbox/read-all").then().statusCode(200);
            desk.tap("close-dialog").tap("stop-open");
            desk.page()
                    .locator("[data-testid=stop-people][aria-busy]")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
            assertThat(desk.at("stop-person")).hasCount(1);
            desk.tap("show-contact");
            assertThat(desk.at("contact"))
                    .containsText(
                            Pattern.compile("1\\d{10}"),
                            new LocatorAssertions.ContainsTextOptions().setTimeout(SOON.toMillis()));
            desk.tap("mark-informed");
            assertThat(desk.at("stop-person")).hasCount(0);
            desk.settled().shot("stop-05-informed");
            String stop = desk.at("stop").first().getAttribute("data-stop");
            Doors.api()
                    .auth()
                    .oauth2(Staff.token("supervisor"))
                    .get("/v1/stops/" + stop)
                    .then()
                    .statusCode(200)
                    .body("informed", equalTo(2))
                    .body("bookings", equalTo(2));
        }
    }

    /** A mark, which only tomorrow's bookings get after three in the afternoon, is refused with one tap and erased. */
    private static void appeals(CitizenPhone phone, Citizen citizen, String booking) throws SQLException {
        ApiRows.update("update appointment set late_cancel = true where id = ?::uuid", booking);
        phone.open("/me/limits").sees("appeal").wholeShot("appeal-01-mark");
        phone.tap("appeal")
                .sees("confirm-appeal")
                .fill("appeal-words", "当天家人住院")
                .shot("appeal-02-words");
        phone.tap("confirm-appeal");
        assertThat(phone.at("mark").first()).containsText("申诉处理中");
        String appeal = citizen.api()
                .get("/v1/me/marks")
                .jsonPath()
                .getString("items.find { it.appointment == '" + booking + "' }.appeal.id");
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn("supervisor").sees("screen-callers").tap("go-appeals").sees("appeal-open");
            // Others may have appealed before: it is this one that is decided.
            desk.shot("appeal-03-open")
                    .line("appeal", "data-appeal", appeal)
                    .locator("[data-testid=appeal-open]")
                    .click();
            desk.sees("appeal-dialog");
            assertThat(desk.at("appeal-words")).hasText("当天家人住院");
            desk.page().locator("#appeal-answer").fill("情况属实，记录已消除");
            desk.shot("appeal-04-decide").tap("appeal-grant");
            assertThat(desk.at("appeal-dialog")).hasCount(0);
        }
        phone.open("/me/limits").sees("mark").settled().wholeShot("appeal-05-erased");
        assertThat(phone.at("mark").first()).containsText("情况属实，记录已消除");
        assertThat(phone.at("mark").first()).containsText("已消除");
    }
}
