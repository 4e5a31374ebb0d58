package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.departments;
import static cn.kangka.api.appointment.BookingDesk.free;
import static cn.kangka.api.appointment.BookingDesk.read;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.units;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class BookingTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    AppointmentJobs jobs;

    @Inject
    Holds holds;

    private LocalDate today;

    @BeforeEach
    void ten_in_the_morning() {
        today = LocalDate.now(ZONE);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    @Test
    void a_citizen_books_and_hospital_and_citizen_are_told() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 7, 3).say();
        Patient patient = patients.adult();
        String slot = slots(hospital).get(2);

        Response answer = book(patient, slot);

        String id = answer.then()
                .statusCode(201)
                .body("slotId", equalTo(slot))
                .body("status", equalTo("BOOKED"))
                .body("hospitalStatus", equalTo("PENDING"))
                .body("hospital", equalTo(hospital.source()))
                .body("departmentName", equalTo("心血管内科"))
                .body("doctorName", equalTo("王建国"))
                .body("start", endsWith("+08:00"))
                .body("channel", equalTo("app"))
                .body("person", equalTo(patient.person().toString()))
                .extract()
                .path("id");
        assertThat(free(slot, hospital, null)).isEqualTo(2);
        Neighbours.Asked order = asked(Neighbours.EMPI, "/v1/booking-orders", id);
        assertThat(order.body())
                .contains(
                        "\"action\":\"BOOK\"",
                        "\"half\":\"AM\"",
                        "\"code\":\"CARD\"",
                        patient.person().toString());
        Neighbours.Asked notice = asked(Neighbours.NOTIFICATION, "/v1/notices", id);
        assertThat(notice.body()).contains("booking-made", patient.account().toString());
        given().auth()
                .oauth2(patient.token())
                .get("/v1/me/summary")
                .then()
                .statusCode(200)
                .body("nextAppointment.id", equalTo(id));
    }

    private static Neighbours.Asked asked(Neighbours.Fake neighbour, String path, String about) {
        return Eventually.get("a message about " + about, () -> neighbour.asked("POST", path).stream()
                .filter(asked -> asked.body().contains(about))
                .findFirst()
                .orElse(null));
    }

    @Test
    void the_same_key_gives_the_same_booking_and_another_body_is_refused() {
        Schedules hospital = departments(today.plusDays(3), 2, 1, 3);
        Patient patient = patients.adult();
        List<String> slots = slots(hospital);
        String key = UUID.randomUUID().toString();

        String first =
                book(patient.token(), key, Map.of("slotId", slots.get(0))).asString();

        assertThat(book(patient.token(), key, Map.of("slotId", slots.get(0))).asString())
                .isEqualTo(first);
        book(patient.token(), key, Map.of("slotId", slots.get(1))).then().statusCode(422);
        assertThat(units(pool, hospital).used()).isEqualTo(1);
    }

    @Test
    void refuses_without_key_token_level_or_slot() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 1, 3).say();
        String slot = slots(hospital).get(0);
        Patient patient = patients.adult();

        given().auth()
                .oauth2(patient.token())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot))
                .post("/v1/appointments")
                .then()
                .statusCode(400)
                .body("type", endsWith("/problems/idempotency-key-missing"));
        given().contentType(ContentType.JSON)
                .body(Map.of("slotId", slot))
                .post("/v1/appointments")
                .then()
                .statusCode(401);
        book(patients.nobody().token(), "k", Map.of("slotId", slot)).then().statusCode(403);
        book(patient, UUID.randomUUID().toString()).then().statusCode(404);
        book(patient.token(), "k", Map.of())
                .then()
                .statusCode(400)
                .body("violations[0].field", containsString("slotId"));
        given().auth().oauth2("not-a-token").get("/v1/slots?hospital=H1").then().statusCode(401);
    }

    @Test
    void nobody_books_for_somebody_else() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 1, 3).say();
        Patient patient = patients.adult();

        book(
                        patient.token(),
                        "k",
                        Map.of(
                                "slotId", slots(hospital).get(0),
                                "personId", patients.adult().person().toString()))
                .then()
                .statusCode(404);
        assertThat(units(pool, hospital).used()).isZero();
    }

    @Test
    void a_full_slot_is_full_and_nothing_else() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 7, 1).say();
        String slot = slots(hospital).get(0);
        booked(patients.adult(), slot);

        book(patients.adult(), slot)
                .then()
                .statusCode(409)
                .contentType(startsWith("application/problem+json"))
                .body("type", endsWith("/problems/slot-full"))
                .body("rule", equalTo("appointment.slot-full"))
                .body("detail", notNullValue());
    }

    @Test
    void an_ordinary_session_has_units_for_the_bank_as_well() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 7, 3).say();
        String slot = slots(hospital).get(0);
        String bank = TestTokens.client("bank-1", "partner", "appointments:write", Map.of("channel", "bank"));

        assertThat(free(slot, hospital, bank)).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            Map<String, String> body =
                    Map.of("slotId", slot, "personId", patients.adult().person().toString());
            book(bank, UUID.randomUUID().toString(), body)
                    .then()
                    .statusCode(201)
                    .body("channel", equalTo("bank"));
        }
        assertThat(free(slots(hospital).get(1), hospital, bank)).isZero();
        assertThat(free(slots(hospital).get(1), hospital, null)).isEqualTo(3);
    }

    @Test
    void unsold_quotas_flow_back_the_evening_before() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(1), 1, 10).say();
        String slot = slots(hospital).get(0);
        String web = TestTokens.client("web-1", "partner", "appointments:write", Map.of("channel", "web"));
        assertThat(free(slot, hospital, web)).isZero();

        clock.set(today.atTime(18, 0).atZone(ZONE).toInstant());

        assertThat(free(slot, hospital, web)).isEqualTo(8);
    }

    @Test
    void partners_need_the_scope_and_a_channel_and_see_only_their_own() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 7, 3).say();
        Patient patient = patients.adult();
        Map<String, String> body = Map.of(
                "slotId", slots(hospital).get(0), "personId", patient.person().toString());
        String bank = TestTokens.client("bank-2", "partner", "appointments:write", Map.of("channel", "bank"));
        String reader = TestTokens.client("bank-3", "partner", "slots:read", Map.of("channel", "bank"));
        String other = TestTokens.client("bank-4", "partner", "appointments:write", Map.of("channel", "bank"));

        book(reader, "k", body).then().statusCode(403);
        book(bank, "none", Map.of("slotId", slots(hospital).get(0))).then().statusCode(422);
        book(
                        bank,
                        "unknown",
                        Map.of(
                                "slotId",
                                slots(hospital).get(0),
                                "personId",
                                UUID.randomUUID().toString()))
                .then()
                .statusCode(404);
        String id = book(bank, "k", body).then().statusCode(201).extract().path("id");

        read(bank, id).then().statusCode(200);
        read(other, id).then().statusCode(404);
        cancel(other, id).then().statusCode(404);
        read(patient.token(), id).then().statusCode(200);
        cancel(bank, id).then().statusCode(200).body("status", equalTo("CANCELLED"));
    }

    @Test
    void a_partner_books_with_the_code_of_a_card_used_once() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 7, 3).say();
        Patient patient = patients.adult();
        String code = UUID.randomUUID().toString();
        Neighbours.EMPI.answer(
                "POST",
                "/v1/card-codes/verify",
                asked -> asked.body().contains(code)
                        ? new Neighbours.Answer(200, "{\"person\":\"" + patient.person() + "\"}")
                        : new Neighbours.Answer(409, "{\"type\":\"/problems/card-code-used\",\"status\":409}"));
        String bank = TestTokens.client("bank-5", "partner", "appointments:write", Map.of("channel", "bank"));
        Map<String, String> body = Map.of("slotId", slots(hospital).get(0), "cardCode", code);

        String first = book(bank, "k", body).then().statusCode(201).extract().asString();

        assertThat(book(bank, "k", body).asString()).isEqualTo(first);
        assertThat(Neighbours.EMPI.asked("POST", "/v1/card-codes/verify").stream()
                        .filter(asked -> asked.body().contains(code)))
                .hasSize(1);
        book(bank, "other", Map.of("slotId", slots(hospital).get(0), "cardCode", "used"))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/card-code-refused"));
    }

    @Test
    void an_agent_books_reads_and_cancels_for_a_caller() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 7, 3).say();
        Patient patient = patients.adult();
        String agent = Agent.named("agent-li").token();
        Agent.named("agent-li").believes(patient.person());
        Map<String, String> body = Map.of(
                "slotId", slots(hospital).get(0), "personId", patient.person().toString());

        String id = book(agent, "k" + patient.person(), body)
                .then()
                .statusCode(201)
                .body("channel", equalTo("call-centre"))
                .extract()
                .path("id");

        given().auth()
                .oauth2(agent)
                .get("/v1/persons/" + patient.person() + "/appointments")
                .then()
                .statusCode(200)
                .body("items.id", contains(id));
        given().auth()
                .oauth2(patient.token())
                .get("/v1/persons/" + patient.person() + "/appointments")
                .then()
                .statusCode(403);
        cancel(agent, id).then().statusCode(200);
        assertThat(pool.query("select count(*) from audit_entry where person = '" + patient.person() + "'"
                                + " and actor = 'agent-li'")
                        .execute()
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getLong(0))
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void the_limits_name_themselves_and_say_when_they_lift() {
        Schedules first = departments(today.plusDays(3), 3, 7, 3);
        Schedules second = departments(today.plusDays(4), 2, 7, 3);
        Patient patient = patients.adult();
        booked(patient, slots(first, "DEP0").get(0));

        book(patient, slots(first, "DEP0").get(1))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.max-per-department-day"))
                .body("type", endsWith("/problems/max-per-department-day"))
                .body("liftsAt", startsWith(today.plusDays(4).toString()));
        booked(patient, slots(first, "DEP1").get(0));
        book(patient, slots(first, "DEP2").get(0))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.max-per-visit-day"));
        booked(patient, slots(second, "DEP0").get(0));
        book(patient, slots(second, "DEP1").get(0))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.max-per-7-days"));
        given().auth()
                .oauth2(patient.token())
                .get("/v1/me/booking-limits?slot=" + slots(second, "DEP1").get(0))
                .then()
                .statusCode(200)
                .body("items", hasSize(6))
                .body("items.find { it.stops }.rule", equalTo("appointment.max-per-7-days"));
    }

    @Test
    void cancelling_gives_the_unit_back_at_once_and_is_idempotent() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 7, 1).say();
        String slot = slots(hospital).get(0);
        Patient patient = patients.adult();
        String id = booked(patient, slot);
        assertThat(free(slot, hospital, null)).isZero();

        cancel(patient.token(), id).then().statusCode(200).body("status", equalTo("CANCELLED"));
        cancel(patient.token(), id).then().statusCode(200).body("status", equalTo("CANCELLED"));

        assertThat(free(slot, hospital, null)).isEqualTo(1);
        assertThat(units(pool, hospital).taken()).isZero();
        asked(Neighbours.NOTIFICATION, "/v1/notices", "booking-cancelled:" + id);
        Eventually.isTrue("the hospital is told", () -> Neighbours.orders(id).contains("CANCEL"));
        booked(patients.adult(), slot);
        cancel(patients.adult().token(), id).then().statusCode(404);
        cancel(patient.token(), UUID.randomUUID().toString()).then().statusCode(404);
    }

    @Test
    void three_late_cancels_pause_booking() {
        Patient patient = patients.adult();
        clock.set(today.atTime(16, 0).atZone(ZONE).toInstant());
        for (int i = 0; i < 3; i++) {
            Schedules hospital =
                    Schedules.fresh().morning(today.plusDays(1), 7, 3).say();
            cancel(patient.token(), booked(patient, slots(hospital).get(0)))
                    .then()
                    .statusCode(200);
        }
        Schedules hospital = Schedules.fresh().morning(today.plusDays(1), 7, 3).say();

        book(patient, slots(hospital).get(0))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.late-cancel-pause"))
                .body("liftsAt", startsWith(today.plusDays(30).toString()));
    }

    @Test
    void a_hold_keeps_the_unit_and_comes_back_by_itself() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 7, 1).say();
        String slot = slots(hospital).get(0);
        Patient patient = patients.adult();
        String hold = hold(patient, slot).then().statusCode(201).extract().path("id");
        book(patients.adult(), slot).then().statusCode(409).body("type", endsWith("/problems/slot-full"));
        assertThat(units(pool, hospital).held()).isEqualTo(1);

        clock.move(Duration.ofMinutes(5).plusSeconds(1));

        assertThat(free(slot, hospital, null)).isEqualTo(1);
        book(patient.token(), "late", Map.of("slotId", slot, "holdId", hold))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/hold-expired"));
        booked(patients.adult(), slot);
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(7, 1, 0, 0, 1));
    }

    @Test
    void a_hold_is_confirmed_by_its_holder_only_or_given_back() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 7, 2).say();
        List<String> slots = slots(hospital);
        Patient patient = patients.adult();
        String hold =
                hold(patient, slots.get(0)).then().statusCode(201).extract().path("id");
        Map<String, String> body = Map.of("slotId", slots.get(0), "holdId", hold);

        book(patients.adult().token(), "theirs", body).then().statusCode(409);
        book(patient.token(), "mine" + hold, body).then().statusCode(201);
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(14, 1, 0, 0, 1));

        Patient other = patients.adult();
        String second =
                hold(other, slots.get(1)).then().statusCode(201).extract().path("id");
        hold(other, slots.get(1)).then().statusCode(201);
        hold(other, slots.get(1)).then().statusCode(409).body("type", endsWith("/problems/too-many-holds"));
        given().auth()
                .oauth2(patients.adult().token())
                .delete("/v1/holds/" + second)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(other.token())
                .delete("/v1/holds/" + second)
                .then()
                .statusCode(204);
        assertThat(free(slots.get(1), hospital, null)).isEqualTo(1);
        holds.sweep().await().indefinitely();
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(14, 1, 1, 0, 2));
    }

    private static Response hold(Patient patient, String slot) {
        return given().auth()
                .oauth2(patient.token())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot))
                .post("/v1/holds");
    }

    @Test
    void slots_of_the_past_and_of_the_far_future_cannot_be_booked() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(14), 7, 1).say();
        assertThat(slots(hospital)).isEmpty();
        String slot = pool.query("select id::text from slot where hospital = '" + hospital.source() + "' limit 1")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString(0);
        Patient patient = patients.adult();

        book(patient, slot)
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/slot-not-released"))
                .body("liftsAt", startsWith(today + "T18:00"));
        clock.set(today.atTime(18, 0).atZone(ZONE).toInstant());
        assertThat(slots(hospital)).hasSize(7);
        clock.set(today.plusDays(14).atTime(20, 0).atZone(ZONE).toInstant());
        book(patient, slot).then().statusCode(409).body("type", endsWith("/problems/slot-past"));
        assertThat(slots(hospital)).isEmpty();
    }

    @Test
    void my_bookings_are_paged_and_upcoming_ones_come_first_by_time() {
        Schedules hospital = departments(today.plusDays(3), 2, 7, 3);
        Patient patient = patients.adult();
        String later = booked(patient, slots(hospital, "DEP0").get(6));
        clock.move(Duration.ofSeconds(1));
        String sooner = booked(patient, slots(hospital, "DEP1").get(0));

        String next = mine(patient, "?limit=1")
                .then()
                .body("items.id", contains(sooner))
                .extract()
                .path("next");
        mine(patient, "?limit=1&cursor=" + next)
                .then()
                .body("items.id", contains(later))
                .body("next", equalTo(null));
        mine(patient, "?upcoming=true").then().body("items.id", contains(sooner, later));
    }

    private static Response mine(Patient patient, String query) {
        return given().auth().oauth2(patient.token()).get("/v1/me/appointments" + query);
    }
}
