package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.testing.Chromium;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The day of the visit: check-in with the code on the wall, one's place live, the call; target/screenshots. */
@StartedRegion.Use
@Order(10)
class QueueWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String HOSPITAL = "H004";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int PEOPLE = 3;

    @Test
    void a_citizen_checks_in_with_the_code_on_the_wall_sees_the_queue_move_and_is_called() throws SQLException {
        Map<String, Object> slot = Slots.free(HOSPITAL, 2, 13).stream()
                .filter(each -> ((Number) each.get("free")).intValue() >= PEOPLE)
                .findFirst()
                .orElseThrow();
        Map<String, Object> terminal = Clients.find("/clients", "terminal-" + HOSPITAL);
        Citizen citizen = Citizen.next();
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), citizen)) {
            phone.logIn().proveIdentity().sees("home-card");
            citizen.useToken(phone.token());
            List<String> before =
                    List.of(booked(Citizen.nextWithRealName(), slot), booked(Citizen.nextWithRealName(), slot));
            String mine = booked(citizen, slot);
            String session = nowBegins(slot);
            before.forEach(id -> atTerminal(terminal, id));
            checksIn(phone, terminal, slot, mine);
            anAgentSeesIt(citizen);
            moves(phone, terminal, session, mine);
            await().atMost(SOON).untilAsserted(() -> assertThat(citizen.notification()
                            .get("/v1/me/inbox")
                            .jsonPath()
                            .getList("items.title", String.class))
                    .contains("快轮到您就诊了"));
            isPassedAndQueuesAgain(phone, terminal, slot, session, mine);
            isSeen(phone, terminal, session, mine);
            bringsSomebody(phone, terminal, slot, mine);
        }
    }

    /** Where the QR code on the wall leads: also to the booking of somebody whom the citizen books for, in another session. */
    private static void bringsSomebody(
            CitizenPhone phone, Map<String, Object> terminal, Map<String, Object> slot, String mine)
            throws SQLException {
        Map<String, Object> other = Slots.free(HOSPITAL, 2, 13).stream()
                .filter(each -> !day(each).equals(day(slot)))
                .findFirst()
                .orElseThrow();
        booksFor(mine, booked(Citizen.nextWithRealName(), other));
        nowBegins(other);
        phone.open("/check-in/" + placeCode(terminal, other))
                .sees("check-in-choice")
                .settled()
                .wholeShot("queue-11-family");
        phone.tap("check-in").tap("confirm-check-in").sees("ticket");
        state(phone, "WAITING");
    }

    private static String day(Map<String, Object> slot) {
        return slot.get("start").toString().substring(0, 10);
    }

    /** From now on whoever made one booking books for the person of the other. */
    private static void booksFor(String mine, String theirs) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + Doors.ports().postgres() + "/kangka";
        try (Connection connection = DriverManager.getConnection(url, "api", "api");
                Statement statement = connection.createStatement()) {
            statement.execute("insert into dependant (id, account, person, relation, kind, status, made_at, agreed_at)"
                    + " select gen_random_uuid(), c.id, b.person, 'PARENT', 'CONSENT', 'ACTIVE', now(), now()"
                    + " from appointment a join account c on c.person = a.person, appointment b"
                    + " where a.id = '" + mine + "' and b.id = '" + theirs + "'");
        }
    }

    private static String booked(Citizen citizen, Map<String, Object> slot) {
        return citizen.book(slot.get("id").toString())
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** The clock of the region is the real one: the band is brought to it. */
    private static String nowBegins(Map<String, Object> slot) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + Doors.ports().postgres() + "/kangka";
        String times = " set start_at = now() + interval '20 minutes', end_at = now() + interval '50 minutes' where ";
        try (Connection connection = DriverManager.getConnection(url, "api", "api");
                Statement statement = connection.createStatement()) {
            statement.execute("update slot" + times + "id = '" + slot.get("id") + "'");
            statement.execute("update appointment" + times + "slot_id = '" + slot.get("id") + "'");
            try (var rows = statement.executeQuery("select session_id from slot where id = '" + slot.get("id") + "'")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static void atTerminal(Map<String, Object> terminal, String appointment) {
        Clients.as(terminal)
                .body(Map.of("appointmentId", appointment))
                .post("/v1/check-ins")
                .then()
                .statusCode(200);
    }

    private static String placeCode(Map<String, Object> terminal, Map<String, Object> slot) {
        return Clients.as(terminal)
                .get("/v1/check-in-places/" + slot.get("department") + "/code")
                .then()
                .statusCode(200)
                .extract()
                .path("code");
    }

    private static Response call(Map<String, Object> terminal, String session) {
        Response answer = Clients.as(terminal)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("room", "3"))
                .post("/v1/queues/" + session + "/next");
        answer.then().statusCode(200);
        return answer;
    }

    private static void tell(Map<String, Object> terminal, String session, String what, String appointment) {
        Clients.as(terminal)
                .body(Map.of("appointment", appointment))
                .post("/v1/queues/" + session + "/" + what)
                .then()
                .statusCode(200);
    }

    private static void checksIn(
            CitizenPhone phone, Map<String, Object> terminal, Map<String, Object> slot, String booking) {
        phone.open("/appointments/" + booking).sees("check-in").wholeShot("queue-01-open");
        String code = placeCode(terminal, slot);
        phone.tap("check-in").fill("place-code", code.equals("000000") ? "000001" : "000000");
        phone.tap("confirm-check-in");
        assertThat(phone.at("check-in-refused")).containsText("签到码");
        phone.shot("queue-02-wrong-code");
        phone.fill("place-code", code).tap("confirm-check-in").sees("ticket").settled();
        assertThat(phone.at("queue")).hasAttribute("data-state", "WAITING");
        assertThat(phone.at("queue-number")).hasText(Pattern.compile("[A-Z]03"));
        assertThat(phone.at("queue-ahead")).containsText("2");
        phone.wholeShot("queue-03-waiting");
    }

    private static void anAgentSeesIt(Citizen caller) {
        String idNumber = caller.person.get("idNumber");
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn().find(idNumber).tap("candidate").sees("screen-call");
            desk.check(
                    caller.person.get("name"),
                    caller.person.get("birthDate"),
                    idNumber.substring(idNumber.length() - 4));
            desk.sees("queue");
            assertThat(desk.at("queue")).hasAttribute("data-state", "WAITING");
            assertThat(desk.at("queue")).containsText("前面 2 人");
            desk.settled().shot("queue-10-console");
        }
    }

    /** Nothing is reloaded: what changes on the screen came through the stream. */
    private static void moves(CitizenPhone phone, Map<String, Object> terminal, String session, String booking) {
        phone.page().evaluate("window.stayed = true");
        call(terminal, session);
        sees(phone, "queue-ahead", "1");
        call(terminal, session);
        sees(phone, "queue-ahead", "0");
        phone.wholeShot("queue-04-next");
        call(terminal, session).then().body("called.appointment", org.hamcrest.Matchers.equalTo(booking));
        state(phone, "CALLED");
        assertThat(phone.at("ticket")).containsText("3 诊室");
        phone.wholeShot("queue-05-called");
        assertThat((Boolean) phone.page().evaluate("window.stayed === true")).isTrue();
    }

    private static void isPassedAndQueuesAgain(
            CitizenPhone phone,
            Map<String, Object> terminal,
            Map<String, Object> slot,
            String session,
            String booking) {
        tell(terminal, session, "passed", booking);
        state(phone, "PASSED");
        phone.wholeShot("queue-06-passed");
        phone.tap("check-in").fill("place-code", placeCode(terminal, slot)).tap("confirm-check-in");
        state(phone, "WAITING");
    }

    /** The stream breaks, and the screen asks instead; large letters. */
    private static void isSeen(CitizenPhone phone, Map<String, Object> terminal, String session, String booking) {
        phone.page().route("**/queue/events", Route::abort);
        phone.open("/me").sees("elder").tap("elder");
        phone.open("/appointments/" + booking).sees("ticket").settled().wholeShot("queue-07-elder");
        call(terminal, session);
        state(phone, "CALLED");
        phone.wholeShot("queue-08-called-elder");
        tell(terminal, session, "done", booking);
        state(phone, "DONE");
        phone.wholeShot("queue-09-done");
    }

    private static void sees(CitizenPhone phone, String testid, String text) {
        assertThat(phone.at(testid))
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(SOON.toMillis()));
    }

    private static void state(CitizenPhone phone, String state) {
        assertThat(phone.at("queue"))
                .hasAttribute(
                        "data-state", state, new LocatorAssertions.HasAttributeOptions().setTimeout(SOON.toMillis()));
    }
}
