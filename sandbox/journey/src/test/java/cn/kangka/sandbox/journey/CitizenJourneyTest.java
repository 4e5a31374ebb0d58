package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@StartedRegion.Use
@Order(1)
class CitizenJourneyTest {
    @Test
    void a_citizen_logs_in_by_code_and_proves_who_they_are() {
        Citizen citizen = Citizen.next();
        citizen.logIn();
        citizen.api().get("/v1/me").then().statusCode(200).body("level", equalTo(0));
        citizen.api().get("/v1/me/reports").then().statusCode(403);
        citizen.proveIdentity();
        citizen.api().get("/v1/me").then().statusCode(200).body("level", equalTo(2));
        citizen.api().get("/v1/me/reports").then().statusCode(200);
    }

    @Test
    void a_wrong_identity_is_refused_without_saying_which_part_and_three_pause_the_account() {
        Citizen citizen = Citizen.next();
        citizen.logIn();
        Citizen other = Citizen.next();
        List<Map<String, String>> wrong = List.of(
                Map.of(
                        "name",
                        other.person.get("name"),
                        "idType",
                        "RESIDENT_ID",
                        "idNumber",
                        citizen.person.get("idNumber")),
                Map.of(
                        "name",
                        citizen.person.get("name"),
                        "idType",
                        "RESIDENT_ID",
                        "idNumber",
                        other.person.get("idNumber")),
                Map.of("name", "不存在", "idType", "RESIDENT_ID", "idNumber", "440103199001010017"));
        List<String> answers = wrong.stream()
                .map(body -> citizen.api()
                        .body(body)
                        .post("/v1/me/identity")
                        .then()
                        .statusCode(422)
                        .extract()
                        .jsonPath()
                        .getString("detail"))
                .toList();
        assertThat(answers).containsOnly(answers.get(0));
        citizen.api()
                .body(Map.of(
                        "name", citizen.person.get("name"),
                        "idType", citizen.person.get("idType"),
                        "idNumber", citizen.person.get("idNumber")))
                .post("/v1/me/identity")
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue());
    }

    @Test
    void a_used_refresh_token_revokes_the_whole_family() {
        Citizen citizen = Citizen.next();
        citizen.logIn();
        String old = citizen.refreshToken();
        citizen.refresh();
        citizen.api().get("/v1/me").then().statusCode(200);
        Doors.api()
                .body(Map.of("refreshToken", old))
                .post("/v1/login/refresh")
                .then()
                .statusCode(401);
        Doors.api()
                .body(Map.of("refreshToken", citizen.refreshToken()))
                .post("/v1/login/refresh")
                .then()
                .statusCode(401);
        citizen.api().get("/v1/me").then().statusCode(401);
        citizen.api().get("/v1/me/reports").then().statusCode(401);
    }

    @Test
    void the_card_s_code_is_used_once_its_use_is_visible_and_a_lost_card_is_refused() {
        Citizen citizen = Citizen.nextWithRealName();
        String card = regionalCard(citizen);
        Map<String, Object> door = Clients.find("/clients", "terminal");
        String code = code(citizen, card);
        List<Integer> statuses = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> Clients.as(door)
                        .body(Map.of("code", code, "scene", "REGISTRATION"))
                        .post("/v1/card-codes/verify")
                        .statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(7);
        Clients.as(door)
                .body(Map.of("code", code, "scene", "LAB"))
                .post("/v1/card-codes/verify")
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/card-code-used"));
        citizen.api()
                .get("/v1/me/card-uses")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].scene", equalTo("REGISTRATION"));

        String kept = code(citizen, card);
        citizen.api().post("/v1/me/cards/" + card + "/loss").then().statusCode(200);
        // At once, in every hospital.
        for (Map<String, Object> terminal : Clients.all("/clients", "terminal")) {
            Clients.as(terminal)
                    .body(Map.of("code", kept, "scene", "LAB"))
                    .post("/v1/card-codes/verify")
                    .then()
                    .statusCode(409)
                    .body("type", endsWith("/problems/card-lost"));
        }
        citizen.api().post("/v1/me/cards/" + card + "/code").then().statusCode(409);
    }

    @Test
    void a_booking_reaches_the_hospital_the_inbox_and_the_home_screen_and_a_cancel_gives_the_unit_back() {
        Citizen citizen = Citizen.nextWithRealName();
        Map<String, Object> slot = Slots.free("H001").get(0);
        var booked = citizen.book(slot.get("id").toString())
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        assertThat(booked.getString("status")).isEqualTo("BOOKED");
        String id = booked.getString("id");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> citizen.api()
                .get("/v1/me/appointments")
                .then()
                .body("items.find { it.id == '" + id + "' }.hospitalStatus", equalTo("ACCEPTED")));
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> citizen.notification()
                .get("/v1/me/inbox")
                .then()
                .statusCode(200)
                .body("items.link", hasItem("/appointments/" + id)));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        citizen.bff().get("/v1/home").then().statusCode(200).body("nextAppointment.id", equalTo(id)));
        int freeBefore = Slots.free(slot);
        citizen.api().post("/v1/appointments/" + id + "/cancel").then().statusCode(200);
        await().atMost(Duration.ofSeconds(5)).until(() -> Slots.free(slot) == freeBefore + 1);
        citizen.api().post("/v1/appointments/" + id + "/cancel").then().statusCode(200);
        assertThat(Slots.free(slot)).isEqualTo(freeBefore + 1);
    }

    @Test
    void a_booking_needs_a_key_the_same_key_gives_the_same_answer_and_another_body_is_refused() {
        Citizen citizen = Citizen.nextWithRealName();
        List<Map<String, Object>> slots = Slots.free("H001");
        String slot = slots.get(0).get("id").toString();
        citizen.api()
                .body(Map.of("slotId", slot))
                .post("/v1/appointments")
                .then()
                .statusCode(400);
        String key = UUID.randomUUID().toString();
        String first = withKey(citizen, key, slot, 201);
        assertThat(withKey(citizen, key, slot, 201)).isEqualTo(first);
        citizen.api()
                .header("Idempotency-Key", key)
                .body(Map.of("slotId", slots.get(1).get("id").toString()))
                .post("/v1/appointments")
                .then()
                .statusCode(422);
    }

    @Test
    void the_second_booking_of_a_department_and_day_is_stopped_by_its_rule() {
        Citizen citizen = Citizen.nextWithRealName();
        List<Map<String, Object>> slots = Slots.free("H001");
        String day = slots.get(0).get("start").toString().substring(0, 10);
        List<Map<String, Object>> sameDay = slots.stream()
                .filter(slot -> slot.get("start").toString().startsWith(day))
                .toList();
        citizen.book(sameDay.get(0).get("id").toString()).then().statusCode(201);
        citizen.book(sameDay.get(1).get("id").toString())
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("rule", equalTo("appointment.max-per-department-day"));
    }

    @Test
    void a_report_comes_with_its_trend_its_article_a_notice_and_a_line_in_the_access_log() {
        Citizen citizen = Citizen.nextWithRealName();
        Citizen stranger = Citizen.nextWithRealName();
        List<String> before = reports(citizen);
        sendBloodCount(citizen);
        String report = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> reports(citizen).stream()
                                .filter(id -> !before.contains(id))
                                .findFirst()
                                .orElse(null),
                        id -> id != null);
        citizen.api()
                .get("/v1/me/reports/" + report)
                .then()
                .statusCode(200)
                .body("observations.size()", org.hamcrest.Matchers.greaterThan(2))
                .body("observations[0].unit", notNullValue());
        stranger.api().get("/v1/me/reports/" + report).then().statusCode(404);
        Doors.api().get("/v1/me/reports/" + report).then().statusCode(401);
        citizen.api()
                .get("/v1/me/access-log")
                .then()
                .statusCode(200)
                .body("items.action", hasItem(containsString("report")));
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> citizen.notification()
                .get("/v1/me/inbox")
                .then()
                .body("items.link", hasItem("/reports/" + report)));
    }

    @Test
    void education_is_found_by_two_characters_without_a_login() {
        String id = Doors.api()
                .queryParam("q", "血压")
                .get("/v1/education/articles")
                .then()
                .statusCode(200)
                .body("items.size()", org.hamcrest.Matchers.greaterThan(0))
                .extract()
                .jsonPath()
                .getString("items[0].id");
        Doors.api().get("/v1/education/articles/" + id).then().statusCode(200).body("title", not(equalTo("")));
        Doors.api()
                .queryParam("q", "高血压")
                .get("/v1/education/articles")
                .then()
                .body("items.title", hasItem(containsString("高血压")));
    }

    @Test
    void problems_are_told_in_the_caller_s_language_with_a_type_of_their_own() {
        Doors.api()
                .header("Accept-Language", "en")
                .get("/v1/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", endsWith("/problems/unauthorized"))
                .body("title", equalTo("Please log in"));
        Doors.api().get("/v1/me").then().body("title", equalTo("请先登录"));
    }

    private static String withKey(Citizen citizen, String key, String slot, int status) {
        return citizen.api()
                .header("Idempotency-Key", key)
                .body(Map.of("slotId", slot))
                .post("/v1/appointments")
                .then()
                .statusCode(status)
                .extract()
                .jsonPath()
                .getString("id");
    }

    static String regionalCard(Citizen citizen) {
        return await().atMost(Duration.ofSeconds(15))
                .until(
                        () -> citizen.api()
                                .get("/v1/me/cards")
                                .jsonPath()
                                .getString("items.find { it.kind == 'REGIONAL' && it.status == 'ACTIVE' }.id"),
                        id -> id != null);
    }

    static String code(Citizen citizen, String card) {
        return citizen.api()
                .post("/v1/me/cards/" + card + "/code")
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300))
                .body("expiresAt", notNullValue())
                .extract()
                .jsonPath()
                .getString("code");
    }

    static List<String> reports(Citizen citizen) {
        return citizen.api().get("/v1/me/reports?limit=100").jsonPath().getList("items.id");
    }

    /** The laboratory of whichever hospital knows the person sends a blood count now. */
    static void sendBloodCount(Citizen citizen) {
        for (String hospital : List.of("H001", "H002", "H003", "H004", "H005", "H006", "H007", "centres")) {
            int status = Doors.sandbox()
                    .body(Map.of("idNumber", citizen.person.get("idNumber"), "panel", "cbc"))
                    .post("/hospitals/" + hospital + "/results")
                    .statusCode();
            if (status == 200) {
                return;
            }
        }
        throw new AssertionError("no hospital knows the person");
    }
}
