package cn.kangka.api.callcentre;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Rows;
import cn.kangka.api.testing.Schedules;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class CallTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    Rows rows;

    @Inject
    Patients patients;

    @Inject
    MovableClock clock;

    @Inject
    Calls calls;

    /** An agent has one open call, so every test has an agent of its own. */
    private Agent agent;

    @BeforeEach
    void a_new_agent() {
        agent = Agent.named("agent-" + Ids.next());
        Neighbours.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    @Test
    void a_search_gives_what_the_index_masked_and_is_audited() {
        UUID person = Ids.next();
        String phone = "13912340000";
        Neighbours.EMPI.answer(
                "POST",
                "/v1/persons/search",
                asked -> asked.body().contains(phone),
                asked -> new Neighbours.Answer(200, """
                        {"items":[{"person":"%s","name":"张*","sex":"MALE","birthDate":"1990-**-**",
                         "phone":"139****0000","idNumber":"110***********0011"}]}""".formatted(person)));

        JsonPath found = agent.search(Map.of("phone", phone))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(found.getString("items[0].person")).isEqualTo(person.toString());
        assertThat(found.getString("items[0].phone")).isEqualTo("139****0000");
        assertThat(found.getMap("items[0]").keySet())
                .isEqualTo(Set.of("person", "name", "sex", "birthDate", "phone", "idNumber"));
        assertThat(audited("caller.search", "ALLOWED")).isEqualTo(1);
        assertThat(rows.<Long>one("select count(*) from audit_entry where object like '%" + phone + "%'"))
                .as("what was searched for is in no audit entry")
                .isZero();
    }

    @Test
    void a_search_that_the_index_refuses_is_refused_and_still_audited() {
        Neighbours.EMPI.answer(
                "POST",
                "/v1/persons/search",
                asked -> asked.body().contains("只有名字"),
                asked -> new Neighbours.Answer(422, "{\"type\":\"/problems/invalid\",\"status\":422}"));

        agent.search(Map.of("name", "只有名字")).then().statusCode(422);

        assertThat(audited("caller.search", "ALLOWED")).isEqualTo(1);
    }

    @Test
    void two_right_items_are_not_enough_and_three_are() {
        UUID person = Ids.next();
        String call = agent.open(person);

        Agent.indexFinds(person, 5, 2);
        agent.check(call).then().statusCode(200).body("level", equalTo(0)).body("triesLeft", equalTo(2));
        Agent.indexFinds(person, 5, 3);
        JsonPath passed = agent.check(call).then().statusCode(200).extract().jsonPath();

        assertThat(passed.getInt("level")).isEqualTo(1);
        assertThat(passed.getInt("triesLeft")).isEqualTo(2);
        assertThat(passed.getMap("").keySet())
                .as("which item was wrong is never told")
                .isEqualTo(Set.of("id", "person", "level", "triesLeft", "expiresAt"));
        assertThat(audited("call.check", "DENIED")).isEqualTo(1);
        assertThat(audited("call.check", "ALLOWED")).isEqualTo(1);
    }

    @Test
    void three_failed_checks_are_a_supervisor_s_and_the_index_is_not_asked_again() {
        UUID person = Ids.next();
        Agent.indexFinds(person, 5, 0);
        String call = agent.open(person);
        for (int left = 2; left >= 0; left--) {
            agent.check(call).then().statusCode(200).body("triesLeft", equalTo(left));
        }
        Agent.indexFinds(person, 5, 5);

        agent.check(call)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/call-needs-supervisor"))
                .body("rule", equalTo("call-centre.tries-per-person"))
                .body("liftsAt", notNullValue());

        assertThat(asked(person)).isEqualTo(3);
        assertThat(audited("call.check", "DENIED")).as("the refusal too").isEqualTo(4);
        assertThat(rows.<Long>one("select count(*) from audit_entry where actor = '" + agent.username()
                        + "' and reason = 'call-centre.tries-per-person'"))
                .isEqualTo(1);
    }

    @Test
    void a_new_call_gives_no_new_tries_nor_does_another_agent() {
        UUID person = Ids.next();
        Agent.indexFinds(person, 5, 0);
        agent.check(agent.open(person)).then().body("triesLeft", equalTo(2));
        agent.check(agent.open(person)).then().body("triesLeft", equalTo(1));

        Agent other = Agent.named("agent-" + Ids.next());
        other.check(other.open(person)).then().body("triesLeft", equalTo(0));

        other.check(other.open(person)).then().statusCode(409);
        agent.check(agent.open(person)).then().statusCode(409);
        assertThat(asked(person)).isEqualTo(3);
    }

    @Test
    void fifty_wrong_checks_at_once_in_several_calls_are_three() throws InterruptedException, ExecutionException {
        UUID person = Ids.next();
        CountDownLatch slow = new CountDownLatch(1);
        Neighbours.EMPI.answer("POST", "/v1/persons/" + person + "/checks", question -> {
            waitFor(slow);
            return new Neighbours.Answer(200, "{\"asked\":5,\"passed\":0}");
        });
        List<Callable<Integer>> checks = new ArrayList<>();
        for (int each = 0; each < 5; each++) {
            Agent one = Agent.named("agent-" + Ids.next());
            String call = one.open(person);
            checks.addAll(Collections.nCopies(10, () -> one.check(call).statusCode()));
        }

        ExecutorService lines = Executors.newFixedThreadPool(checks.size());
        List<Integer> answers = new ArrayList<>();
        try {
            List<Future<Integer>> running = checks.stream().map(lines::submit).toList();
            Eventually.isTrue("three checks reach the index", () -> asked(person) == 3);
            slow.countDown();
            for (Future<Integer> each : running) {
                answers.add(each.get());
            }
        } finally {
            lines.shutdown();
        }

        assertThat(answers).filteredOn(status -> status == 200).hasSize(3);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(47);
        assertThat(asked(person)).isEqualTo(3);
        assertThat(used("PERSON", person.toString())).isEqualTo(3);
    }

    @Test
    void a_silent_index_costs_no_try_and_neither_does_a_right_answer() {
        UUID person = Ids.next();
        Neighbours.EMPI.answer(
                "POST", "/v1/persons/" + person + "/checks", question -> new Neighbours.Answer(500, "{}"));
        String call = agent.open(person);

        agent.check(call).then().statusCode(503);
        assertThat(used("PERSON", person.toString())).isZero();
        assertThat(used("AGENT", agent.username())).isZero();

        Agent.indexFinds(person, 5, 3);
        agent.check(call).then().statusCode(200).body("level", equalTo(1)).body("triesLeft", equalTo(3));
        assertThat(used("AGENT", agent.username())).isZero();
    }

    @Test
    void failed_checks_count_for_a_day() {
        UUID person = Ids.next();
        blocked(person);

        clock.move(Duration.ofHours(23));
        agent.check(agent.open(person)).then().statusCode(409);
        clock.move(Duration.ofHours(1).plusSeconds(1));
        agent.check(agent.open(person)).then().statusCode(200).body("triesLeft", equalTo(2));
    }

    @Test
    void what_no_window_reaches_is_forgotten_and_nothing_else() {
        UUID old = Ids.next();
        blocked(old);
        clock.move(Duration.ofHours(24).plusSeconds(1));
        UUID recent = Ids.next();
        blocked(recent);

        calls.forget().await().atMost(Duration.ofSeconds(5));

        assertThat(rows.<Long>one("select count(*) from check_tries where subject = '" + old + "'"))
                .isZero();
        assertThat(used("PERSON", recent.toString())).isEqualTo(3);
    }

    @Test
    void an_agent_cannot_go_on_from_person_to_person() {
        for (int failed = 0; failed < 10; failed++) {
            UUID person = Ids.next();
            Agent.indexFinds(person, 5, 0);
            agent.check(agent.open(person)).then().statusCode(200);
        }
        UUID next = Ids.next();
        Agent.indexFinds(next, 5, 5);

        agent.check(agent.open(next)).then().statusCode(409).body("rule", equalTo("call-centre.tries-per-agent"));
        assertThat(asked(next)).isZero();
        assertThat(used("PERSON", next.toString())).as("the person lost no try").isZero();

        clock.move(Duration.ofMinutes(61));
        agent.check(agent.open(next)).then().statusCode(200).body("level", equalTo(1));
    }

    @Test
    void a_supervisor_lifts_the_block_and_says_why() {
        UUID person = Ids.next();
        String blocked = blocked(person);
        agent.lift(blocked, "我要再试").then().statusCode(403);
        Agent supervisor = Agent.supervisor("supervisor-" + Ids.next());
        supervisor.lift(blocked, "别人的通话").then().statusCode(404);
        String call = supervisor.open(person);
        supervisor.lift(call, " ").then().statusCode(400);
        supervisor.check(call).then().statusCode(409);

        supervisor
                .lift(call, "已视频核实本人")
                .then()
                .statusCode(200)
                .body("triesLeft", equalTo(3))
                .body("level", equalTo(0));

        assertThat(rows.<String>one("select reason from audit_entry where actor = '" + supervisor.username()
                        + "' and action = 'call.lift' and person = '" + person + "'"))
                .isEqualTo("已视频核实本人");
        agent.check(agent.open(person)).then().statusCode(200).body("triesLeft", equalTo(2));
    }

    @Test
    void a_merge_gives_no_new_tries() {
        UUID loser = patients.adult().person();
        UUID survivor = patients.adult().person();
        rows.change("update person set status = 'MERGED', merged_into = '" + survivor + "' where id = '" + loser + "'");
        blocked(survivor);

        agent.check(agent.open(loser)).then().statusCode(409);
    }

    @Test
    void a_booking_takes_a_passed_check_of_an_open_call_with_that_person() {
        Patient patient = patients.adult();
        String slot = slot();
        agent.book(slot, patient.person()).then().statusCode(403);
        String unchecked = agent.open(patient.person());
        agent.book(slot, patient.person()).then().statusCode(403);
        bookings(patient).then().statusCode(403);

        String call = agent.believes(patient.person());
        agent.book(slot, patients.adult().person()).then().statusCode(403);
        String booked = agent.book(slot, patient.person())
                .then()
                .statusCode(201)
                .body("channel", equalTo("call-centre"))
                .extract()
                .path("id");
        bookings(patient).then().statusCode(200).body("items[0].id", equalTo(booked));

        agent.end(call).then().statusCode(204);
        bookings(patient).then().statusCode(403);
        agent.call().post("/v1/appointments/" + booked + "/cancel").then().statusCode(403);
        agent.end(unchecked).then().statusCode(404);
    }

    @Test
    void a_call_that_nobody_ended_ends_by_itself() {
        Patient patient = patients.adult();
        String call = agent.believes(patient.person());
        bookings(patient).then().statusCode(200);

        clock.move(Duration.ofMinutes(31));

        bookings(patient).then().statusCode(403);
        agent.check(call).then().statusCode(404);
    }

    @Test
    void another_agent_s_call_does_not_exist() {
        UUID person = Ids.next();
        Agent.indexFinds(person, 5, 5);
        String call = agent.open(person);
        Agent other = Agent.named("agent-" + Ids.next());

        other.check(call).then().statusCode(404);
        other.end(call).then().statusCode(404);

        agent.check(call).then().statusCode(200).body("level", equalTo(1));
    }

    @Test
    void an_agent_has_one_call_at_a_time() {
        String first = agent.open(Ids.next());
        agent.open(Ids.next());

        agent.check(first).then().statusCode(404);
    }

    @Test
    void citizens_have_no_console() {
        String citizen = patients.adult().token();
        String call = agent.open(Ids.next());
        for (String path : new String[] {"/candidates", "", "/" + call + "/checks", "/" + call + "/end"}) {
            given().auth()
                    .oauth2(citizen)
                    .contentType(ContentType.JSON)
                    .body(Map.of("person", Ids.next(), "phone", "13912340000"))
                    .post("/v1/calls" + path)
                    .then()
                    .statusCode(403);
        }
    }

    /** Three failed checks about the person; gives the agent's call. */
    private String blocked(UUID person) {
        Agent.indexFinds(person, 5, 0);
        String call = agent.open(person);
        for (int left = 2; left >= 0; left--) {
            agent.check(call).then().statusCode(200).body("triesLeft", equalTo(left));
        }
        return call;
    }

    private static int asked(UUID person) {
        return Neighbours.EMPI
                .asked("POST", "/v1/persons/" + person + "/checks")
                .size();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int used(String kind, String subject) {
        Number used =
                rows.one("select used from check_tries where kind = '" + kind + "' and subject = '" + subject + "'");
        return used == null ? 0 : used.intValue();
    }

    private Response bookings(Patient patient) {
        return agent.call().get("/v1/persons/" + patient.person() + "/appointments?upcoming=true");
    }

    private static String slot() {
        Schedules hospital = Schedules.fresh()
                .morning(LocalDate.now(ZONE).plusDays(3), 7, 10)
                .say();
        return given().get("/v1/slots?limit=200&hospital=" + hospital.source())
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id");
    }

    private long audited(String action, String outcome) {
        return rows.<Long>one("select count(*) from audit_entry where actor = '" + agent.username() + "' and action = '"
                + action + "' and outcome = '" + outcome + "'");
    }
}
