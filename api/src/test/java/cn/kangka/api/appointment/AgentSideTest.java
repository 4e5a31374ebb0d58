package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent sees of the caller, and finishes for them. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class AgentSideTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    private LocalDate today;

    @BeforeEach
    void late_in_the_day() {
        today = LocalDate.now(ZONE);
        at(today, 16);
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void at(LocalDate day, int hour) {
        clock.set(day.atTime(hour, 0).atZone(ZONE).toInstant());
    }

    private String slot(int daysAhead) {
        return slots(Schedules.fresh().morning(today.plusDays(daysAhead), 1, 5).say())
                .get(0);
    }

    /** Cancelled after 15:00 the day before. */
    private String lateCancel(Patient patient) {
        String id = booked(patient, slot(1));
        cancel(patient.token(), id).then().statusCode(200);
        return id;
    }

    private static Response ask(String token, String path) {
        return given().auth().oauth2(token).get(path);
    }

    private static List<Map<String, Object>> items(String token, String path) {
        return ask(token, path).then().statusCode(200).extract().jsonPath().getList("items");
    }

    private static Response appeal(String token, String appointment, String words) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("appointment", appointment, "words", words))
                .post("/v1/appeals");
    }

    private long audited(Agent agent, String action, UUID person, String outcome) {
        return pool.query("select count(*) from audit_entry where actor = '" + agent.username() + "' and action = '"
                        + action + "' and person = '" + person + "' and outcome = '" + outcome + "'")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void an_agent_sees_the_limits_that_the_caller_sees_and_only_after_a_check() {
        Patient caller = patients.adult();
        lateCancel(caller);
        lateCancel(caller);
        lateCancel(caller);
        String wanted = slot(3);
        Agent agent = Agent.named("limits-agent");
        String path = "/v1/persons/" + caller.person() + "/booking-limits";
        ask(agent.token(), path).then().statusCode(403);
        ask(caller.token(), path).then().statusCode(403);
        assertThat(audited(agent, "appointment.book", caller.person(), "DENIED"))
                .isEqualTo(1);

        agent.believes(caller.person());
        assertThat(items(agent.token(), path)).isEqualTo(items(caller.token(), "/v1/me/booking-limits"));
        String ofSlot = "?slot=" + wanted;
        List<Map<String, Object>> limits = items(agent.token(), path + ofSlot);
        assertThat(limits).hasSize(6).isEqualTo(items(caller.token(), "/v1/me/booking-limits" + ofSlot));
        assertThat(limits).anySatisfy(rule -> assertThat(rule)
                .containsEntry("rule", "appointment.late-cancel-pause")
                .containsEntry("stops", true)
                .containsEntry("count", 3)
                .containsKey("liftsAt"));
        assertThat(audited(agent, "limits.read", caller.person(), "ALLOWED")).isEqualTo(2);
        agent.book(wanted, caller.person())
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.late-cancel-pause"))
                .body("liftsAt", notNullValue());

        ask(agent.token(), path + "?slot=" + UUID.randomUUID()).then().statusCode(404);
        ask(agent.token(), path + "?slot=tomorrow").then().statusCode(422);
    }

    @Test
    void an_agent_sees_marks_without_the_words_of_appeals_and_appeals_for_the_caller() {
        Patient caller = patients.adult();
        String first = lateCancel(caller);
        String second = lateCancel(caller);
        appeal(caller.token(), first, "家人突然住院").then().statusCode(201).body("appeal.words", equalTo("家人突然住院"));
        Agent agent = Agent.named("marks-agent");
        String path = "/v1/persons/" + caller.person() + "/marks";
        ask(agent.token(), path).then().statusCode(403);

        agent.believes(caller.person());
        ask(agent.token(), path)
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items.find { it.appointment == '" + first + "' }.appeal.status", equalTo("OPEN"))
                .body("items.find { it.appointment == '" + first + "' }.appeal.words", nullValue())
                .body("items.find { it.appointment == '" + second + "' }.appeal", nullValue());
        assertThat(audited(agent, "mark.list", caller.person(), "ALLOWED")).isEqualTo(1);
        // Asked for again, it is still the caller's own appeal, and their words are not the agent's to read.
        appeal(agent.token(), first, "再说一次").then().statusCode(201).body("appeal.words", nullValue());
        appeal(agent.token(), second, "来电说明").then().statusCode(201).body("appeal.status", equalTo("OPEN"));
        assertThat(ask(caller.token(), "/v1/me/marks").jsonPath().getList("items.appeal.words", String.class))
                .containsExactlyInAnyOrder("家人突然住院", "来电说明");

        JsonPath page = ask(agent.token(), path + "?limit=1").jsonPath();
        assertThat(items(agent.token(), path + "?limit=1&cursor=" + page.getString("next")))
                .extracting(each -> each.get("appointment"))
                .doesNotContain(page.getString("items[0].appointment"))
                .hasSize(1);
    }

    @Test
    void an_agent_sees_what_was_stopped_refused_or_missed_for_thirty_days() {
        Patient caller = patients.adult();
        Schedules stopped = Schedules.fresh().morning(today.plusDays(2), 1, 5).say();
        String missed = booked(caller, slot(1));
        String stop = booked(caller, slots(stopped).get(0));
        String refused = booked(caller, slot(3));
        String open = booked(caller, slot(12));
        given().auth()
                .oauth2(Agent.supervisor("failed-supervisor").token())
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "hospital",
                        stopped.source(),
                        "from",
                        today.plusDays(2).toString(),
                        "to",
                        today.plusDays(2).toString(),
                        "reason",
                        "设备检修"))
                .post("/v1/stops")
                .then()
                .statusCode(201);
        BookingDesk.answer(refused, "REFUSED");
        Agent agent = Agent.named("failed-agent");
        String path = "/v1/persons/" + caller.person() + "/appointments?failed=true";
        ask(agent.token(), path).then().statusCode(403);
        agent.believes(caller.person());
        ask(agent.token(), path)
                .then()
                .statusCode(200)
                .body("items.id", contains(refused, stop))
                .body("items.status", contains("REFUSED", "STOPPED"))
                .body("items[0].reason", equalTo("医生停诊"));

        at(today.plusDays(2), 9);
        MissedVisits.mark();
        agent.believes(caller.person());
        ask(agent.token(), path).then().body("items.id", contains(refused, stop, missed));
        JsonPath page = ask(agent.token(), path + "&limit=2").jsonPath();
        assertThat(page.getList("items.id")).containsExactly(refused, stop);
        ask(agent.token(), path + "&cursor=" + page.getString("next"))
                .then()
                .body("items.id", contains(missed))
                .body("next", nullValue());
        ask(agent.token(), "/v1/persons/" + caller.person() + "/appointments?upcoming=true")
                .then()
                .body("items.id", contains(open));
        ask(agent.token(), path + "&upcoming=true").then().statusCode(422);

        at(today.plusDays(1 + 30), 23);
        agent.believes(caller.person());
        assertThat(items(agent.token(), path))
                .extracting(each -> each.get("id"))
                .contains(missed);
        at(today.plusDays(2 + 30), 1);
        agent.believes(caller.person());
        assertThat(items(agent.token(), path))
                .extracting(each -> each.get("id"))
                .contains(stop)
                .doesNotContain(missed);
    }

    @Test
    void an_agent_books_what_a_waiting_caller_is_offered_without_naming_the_hold() {
        at(today, 10);
        String slot = slot(3);
        Patient holder = patients.adult();
        String held = booked(holder, slot);
        Response more = book(patients.adult(), slot);
        while (more.statusCode() == 201) {
            more = book(patients.adult(), slot);
        }
        Patient caller = patients.adult();
        given().auth()
                .oauth2(caller.token())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot))
                .post("/v1/waiting-entries")
                .then()
                .statusCode(201);
        cancel(holder.token(), held).then().statusCode(200);
        Agent agent = Agent.named("offer-agent");
        agent.believes(caller.person());
        String path = "/v1/persons/" + caller.person() + "/waiting-entries";
        String offered = ask(agent.token(), path)
                .then()
                .body("items[0].status", equalTo("OFFERED"))
                .extract()
                .path("items[0].offer.slotId");

        String id = agent.book(offered, caller.person())
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        ask(agent.token(), path).then().body("items[0].status", equalTo("BOOKED"));
        // The app's unit that was kept, not one of the call centre's own.
        ask(caller.token(), "/v1/appointments/" + id)
                .then()
                .body("status", equalTo("BOOKED"))
                .body("channel", equalTo("app"));
    }

    @Test
    void a_screen_that_asks_again_learns_of_an_offer_and_looks_at_nothing_in_between() {
        at(today, 10);
        String slot = slot(3);
        Patient holder = patients.adult();
        String held = booked(holder, slot);
        while (book(patients.adult(), slot).statusCode() == 201) {}
        Patient caller = patients.adult();
        given().auth()
                .oauth2(caller.token())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot))
                .post("/v1/waiting-entries")
                .then()
                .statusCode(201);
        Agent agent = Agent.named("asking-agent");
        String path = "/v1/persons/" + caller.person() + "/waiting-entries";
        again(agent, path, "\"none\"").then().statusCode(403);
        agent.believes(caller.person());
        String version = again(agent, path, "\"none\"")
                .then()
                .statusCode(200)
                .body("items[0].status", equalTo("WAITING"))
                .extract()
                .header("ETag");
        for (int i = 0; i < 3; i++) {
            again(agent, path, version).then().statusCode(304).header("ETag", equalTo(version));
        }
        assertThat(audited(agent, "waiting.list", caller.person(), "ALLOWED")).isEqualTo(1);

        cancel(holder.token(), held).then().statusCode(200);
        again(agent, path, version).then().statusCode(200).body("items[0].status", equalTo("OFFERED"));
        assertThat(audited(agent, "waiting.list", caller.person(), "ALLOWED")).isEqualTo(2);
    }

    private static Response again(Agent agent, String path, String seen) {
        return given().auth()
                .oauth2(agent.token())
                .header("If-None-Match", seen)
                .get(path);
    }
}
