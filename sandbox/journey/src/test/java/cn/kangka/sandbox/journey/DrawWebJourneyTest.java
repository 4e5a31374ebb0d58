package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.sandbox.testing.Chromium;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A session that is given by lot: taking part, the result, its order computed anew on the phone, and the list for a mother who lost;
 * target/screenshots.
 */
@StartedRegion.Use
@Order(9)
class DrawWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    /** The hospital whose chiefs are drawn. */
    private static final String HOSPITAL = "H007";
    /** Where what counts against somebody was booked. */
    private static final String ELSEWHERE = "H003";

    private static final Duration SOON = Duration.ofSeconds(40);

    @Test
    void a_citizen_takes_part_in_a_draw_wins_and_checks_it() throws SQLException {
        Map<String, Object> slot = drawn();
        String draw = slot.get("draw").toString();
        isLedToTheRule(slot);
        changesTheirMind(slot);
        Citizen citizen = Citizen.next();
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), citizen)) {
            phone.logIn().proveIdentity().sees("home-card");
            citizen.useToken(phone.token());
            takesPart(phone, slot);
            String mother = citizen.caresFor(Citizen.next());
            citizen.api()
                    .header("Idempotency-Key", UUID.randomUUID())
                    .body(Map.of("slotId", slot.get("id"), "waiting", false, "personId", mother))
                    .post("/v1/draw-entries")
                    .then()
                    .statusCode(201);
            Citizen other = Citizen.nextWithRealName();
            other.api()
                    .header("Idempotency-Key", UUID.randomUUID())
                    .body(Map.of("slotId", slot.get("id"), "waiting", true))
                    .post("/v1/draw-entries")
                    .then()
                    .statusCode(201);
            isDrawn(draw);
            sees(phone, citizen);
            checks(phone, draw);
            waitsForTheMotherWhoLost(phone, citizen, mother, draw);
        }
    }

    /** The citizen has a booking in the session: only if it is asked for the mother is there a place on its list. */
    private static void waitsForTheMotherWhoLost(CitizenPhone phone, Citizen citizen, String mother, String draw)
            throws SQLException {
        String won = citizen.api()
                .get("/v1/me/draw-entries?personId=" + mother)
                .jsonPath()
                .getString("items[0].appointment");
        citizen.api().post("/v1/appointments/" + won + "/cancel").then().statusCode(200);
        execute("update draw_entry set status = 'LOST', appointment = null where draw_id = '" + draw
                + "' and person = '" + mother + "'");
        execute("update slot set blocked = capacity - used - held where session_id = '" + draw + "'");
        phone.open("/draws").sees("draw-wait").wholeShot("draw-07-lost");
        phone.tap("draw-wait").sees("waiting-entry").wholeShot("draw-08-waits");
        assertThat(phone.at("waiting-entry")).hasAttribute("data-status", "WAITING");
        citizen.api()
                .get("/v1/me/waiting-entries?personId=" + mother)
                .then()
                .statusCode(200)
                .body("items.person", contains(mother));
        citizen.api().get("/v1/me/waiting-entries").then().body("items", empty());
    }

    private static void execute(String statement) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + Doors.ports().postgres() + "/kangka";
        try (Connection connection = DriverManager.getConnection(url, "api", "api");
                Statement statements = connection.createStatement()) {
            statements.execute(statement);
        }
    }

    private static Map<String, Object> drawn() {
        LocalDate today = LocalDate.now(ZONE);
        return await().atMost(SOON)
                .until(
                        () -> Doors.api()
                                .queryParam("hospital", HOSPITAL)
                                .queryParam("from", today.plusDays(5).toString())
                                .queryParam("to", today.plusDays(12).toString())
                                .queryParam("limit", 200)
                                .get("/v1/slots")
                                .jsonPath()
                                .<Map<String, Object>>getList("items.findAll { it.mode == 'DRAW' && it.draw != null }"),
                        found -> !found.isEmpty())
                .get(0);
    }

    /** Who is paused may not take part, is told by which rule, and led to what it counts. */
    private static void isLedToTheRule(Map<String, Object> slot) throws SQLException {
        Citizen paused = Citizen.next();
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), paused)) {
            phone.logIn().proveIdentity().sees("home-card");
            paused.useToken(phone.token());
            LateCancels.pause(paused, ELSEWHERE);
            asksToTakePart(phone, slot);
            phone.tap("confirm-draw").sees("see-limits").shot("draw-00-refused");
            assertThat(phone.at("draw-refused")).containsText("取消");
            phone.tap("see-limits").sees("limits").settled();
            assertThat(phone.at("sheet")).hasCount(0);
            assertThat(phone.page().locator("[data-rule='appointment.late-cancel-pause']"))
                    .hasAttribute("data-stops", "true");
            assertThat(phone.at("behind").locator("[data-testid=mark]")).hasCount(3);
            paused.api().get("/v1/me/draw-entries").then().body("items", empty());
        }
    }

    /** Until the list is closed anybody may take their name off it. */
    private static void changesTheirMind(Map<String, Object> slot) {
        Citizen other = Citizen.next();
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), other)) {
            phone.logIn().proveIdentity().sees("home-card");
            other.useToken(phone.token());
            asksToTakePart(phone, slot);
            phone.tap("confirm-draw").sees("draw-entry").tap("leave-draw").tap("confirm-leave");
            assertThat(phone.at("leave-draw")).hasCount(0);
            phone.settled().wholeShot("draw-09-left");
            other.api()
                    .get("/v1/me/draw-entries")
                    .then()
                    .statusCode(200)
                    .body("items.findAll { it.status == 'ENTERED' }", empty());
        }
    }

    private static void asksToTakePart(CitizenPhone phone, Map<String, Object> slot) {
        LocalDate day = OffsetDateTime.parse(slot.get("start").toString())
                .atZoneSameInstant(ZONE)
                .toLocalDate();
        phone.open("/book/" + HOSPITAL + "/" + Slots.departmentCode(slot))
                .tap("day-" + ChronoUnit.DAYS.between(LocalDate.now(ZONE), day))
                .sees("slot-" + slot.get("id"))
                .settled();
        phone.wholeShot("draw-01-slots");
        phone.tap("slot-" + slot.get("id")).sees("confirm-draw").settled();
    }

    private static void takesPart(CitizenPhone phone, Map<String, Object> slot) {
        asksToTakePart(phone, slot);
        phone.shot("draw-02-confirm").tap("confirm-draw").sees("draw-entry").settled();
        assertThat(phone.at("draw-entry")).hasAttribute("data-status", "ENTERED");
        phone.wholeShot("draw-03-entered");
        phone.open("/appointments").sees("draw-tile").wholeShot("draw-04-list");
    }

    /** Nobody waits two days for a test. */
    private static void isDrawn(String draw) throws SQLException {
        execute("update draw set closes_at = now(), draws_at = now() + interval '1 second' where id = '" + draw + "'");
        await().atMost(SOON).untilAsserted(() -> Doors.api()
                .get("/v1/draws/" + draw)
                .then()
                .statusCode(200)
                .body("status", equalTo("DONE"))
                .body("entries", equalTo(3)));
    }

    private static void sees(CitizenPhone phone, Citizen citizen) {
        phone.open("/draws").sees("draw-booking").wholeShot("draw-05-won");
        assertThat(phone.at("draw-entry").first()).hasAttribute("data-status", "WON");
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        citizen.notification().get("/v1/me/inbox").jsonPath().getList("items.title", String.class))
                .contains("摇号中签"));
        phone.tap("draw-booking").sees("screen-appointment");
    }

    private static void checks(CitizenPhone phone, String draw) {
        phone.open("/draws/" + draw).sees("check-draw").tap("check-draw");
        assertThat(phone.at("draw-checked")).containsText("完全一致");
        phone.wholeShot("draw-06-checked");
    }
}
