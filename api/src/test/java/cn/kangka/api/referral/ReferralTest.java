package cn.kangka.api.referral;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.record.TestReport;
import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.OwnRules;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A community centre refers somebody who is registered there to a hospital that keeps some of its units. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ReferralTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Clinic clinic;

    @Inject
    ReferralUpkeep upkeep;

    private Schedules centre;
    private Schedules hospital;
    private Clinic.Link chart;
    private UUID person;
    private String citizen;
    private List<String> slots;

    @BeforeEach
    void a_centre_a_hospital_and_somebody() {
        LocalDate day = LocalDate.now(ZONE).plusDays(3);
        clock.set(LocalDate.now(ZONE).atTime(10, 0).atZone(ZONE).toInstant());
        Neighbours.ordersAreTaken();
        centre = Schedules.fresh().hospital("东街社区卫生服务中心").say();
        hospital = Schedules.fresh().hospital("市第一医院" + UUID.randomUUID()).say();
        OwnRules.onlyTheApp(pool, hospital.source(), 20);
        hospital.department("CARD", "心血管内科")
                .doctor("D1", "王建国", "主任医师")
                .role("D1", "CARD")
                .session("S1", "D1", "CARD", day, true)
                .bands("S1", day, true, 2, 5)
                .say();
        chart = Clinic.Link.at(centre.source());
        person = clinic.person(chart);
        UUID account = clinic.account(person, 2);
        citizen = TestTokens.citizen(account, 2);
        slots = given().get("/v1/slots?hospital=" + hospital.source())
                .then()
                .extract()
                .path("items.id");
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void run(String sql, Object parameter) {
        pool.preparedQuery(sql).execute(Tuple.of(parameter)).await().indefinitely();
    }

    private static RequestSpecification as(Schedules institution) {
        String source = institution.source();
        return given().auth()
                .oauth2(TestTokens.client("his-" + source, "hospital", "", Map.of("source", source)))
                .contentType(ContentType.JSON);
    }

    private RequestSpecification me() {
        return given().auth().oauth2(citizen).contentType(ContentType.JSON);
    }

    private Map<String, Object> wish(Object... more) {
        Map<String, Object> wish = new HashMap<>(Map.of(
                "toHospital", hospital.source(),
                "personId", person.toString(),
                "direction", "UP",
                "urgency", "ROUTINE",
                "reason", "胸闷三月,需冠脉造影",
                "icd10", "I20.9"));
        for (int i = 0; i < more.length; i += 2) {
            wish.put((String) more[i], more[i + 1]);
        }
        return wish;
    }

    private Response make(Map<String, Object> wish) {
        return as(centre)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(wish)
                .post("/v1/referrals");
    }

    private String made(Object... more) {
        return make(wish(more)).then().statusCode(201).extract().path("id");
    }

    private ValidatableResponse act(Schedules by, String id, String act, Map<String, ?> with) {
        return as(by).body(new HashMap<>(with))
                .post("/v1/referrals/" + id + "/" + act)
                .then();
    }

    private String status(String id) {
        return me().get("/v1/me/referrals/" + id)
                .then()
                .statusCode(200)
                .extract()
                .path("status");
    }

    @Test
    void from_the_centre_to_the_hospital_and_back() {
        String id = make(wish())
                .then()
                .statusCode(201)
                .body("status", is("REQUESTED"))
                .body("from.id", is(centre.source()))
                .body("to.id", is(hospital.source()))
                .body("reason.code", is("I20.9"))
                .body("consent", is("NONE"))
                .extract()
                .path("id");

        as(hospital)
                .get("/v1/referrals?to=" + hospital.source() + "&status=REQUESTED")
                .then()
                .statusCode(200)
                .body("items.id", contains(id))
                .body("items[0].reason", nullValue());
        as(hospital).get("/v1/referrals/" + id).then().statusCode(200).body("reason.text", equalTo("胸闷三月,需冠脉造影"));
        act(hospital, id, "accept", Map.of()).statusCode(200).body("status", is("ACCEPTED"));
        act(hospital, id, "accept", Map.of("slotId", slots.get(0)))
                .statusCode(200)
                .body("status", is("BOOKED"))
                .body("visit.status", is("BOOKED"));
        act(hospital, id, "seen", Map.of()).statusCode(200).body("status", is("SEEN"));
        act(hospital, id, "report-back", Map.of("text", "造影未见狭窄,建议随访"))
                .statusCode(200)
                .body("status", is("REPORTED_BACK"));

        as(centre)
                .get("/v1/referrals/" + id)
                .then()
                .statusCode(200)
                .body("reply", equalTo("造影未见狭窄,建议随访"))
                .body("steps.status", contains("REQUESTED", "ACCEPTED", "BOOKED", "SEEN", "REPORTED_BACK"))
                .body("steps.by", contains("SENDER", "RECEIVER", "RECEIVER", "RECEIVER", "RECEIVER"));
        as(centre)
                .get("/v1/referrals?from=" + centre.source())
                .then()
                .statusCode(200)
                .body("items.id", contains(id))
                .body("items[0].reply", nullValue());
        me().get("/v1/me/referrals")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].status", is("REPORTED_BACK"));
    }

    @Test
    void with_a_slot_it_is_booked_at_once_from_what_is_reserved() {
        String id = make(wish("slotId", slots.get(0)))
                .then()
                .statusCode(201)
                .body("status", is("BOOKED"))
                .body("visit.start", notNullValue())
                .extract()
                .path("id");
        String appointment = me().get("/v1/me/referrals/" + id).then().extract().path("visit.appointment");

        me().get("/v1/appointments/" + appointment)
                .then()
                .statusCode(200)
                .body("kind", is("REFERRAL"))
                .body("status", is("BOOKED"));
        assertThat(pool.preparedQuery("select reserved_taken from clinic_session where hospital = $1")
                        .execute(Tuple.of(hospital.source()))
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getInteger(0))
                .isEqualTo(1);
        me().get("/v1/me/booking-limits")
                .then()
                .statusCode(200)
                .body("items.find { it.rule == 'appointment.max-per-7-days' }.count", is(0));
    }

    @Test
    void another_institution_knows_nothing_of_it() {
        Schedules third = Schedules.fresh().hospital("第三家医院").say();
        String id = made();

        as(third).get("/v1/referrals/" + id).then().statusCode(404);
        act(third, id, "accept", Map.of()).statusCode(404);
        as(third).get("/v1/referrals?to=" + hospital.source()).then().statusCode(422);
        as(third)
                .get("/v1/referrals/" + id + "/documents/" + UUID.randomUUID())
                .then()
                .statusCode(404);
        String other = TestTokens.citizen(clinic.account(clinic.person(), 2), 2);
        given().auth().oauth2(other).get("/v1/me/referrals/" + id).then().statusCode(404);
    }

    @Test
    void each_side_does_its_own_acts() {
        String id = made();

        act(centre, id, "accept", Map.of()).statusCode(403);
        act(hospital, id, "cancel", Map.of()).statusCode(403);
        act(hospital, id, "report-back", Map.of("text", "早了")).statusCode(409).body("rule", is("referral.state"));
        act(hospital, id, "decline", Map.of()).statusCode(422);
        act(hospital, id, "decline", Map.of("text", "请转肿瘤专科"))
                .statusCode(200)
                .body("status", is("DECLINED"))
                .body("reason", nullValue());
        act(hospital, id, "decline", Map.of("text", "again")).statusCode(200).body("answer", nullValue());
        as(centre).get("/v1/referrals/" + id).then().body("answer", equalTo("请转肿瘤专科"));
        as(centre)
                .get("/v1/referrals?from=" + centre.source())
                .then()
                .body("items.id", contains(id))
                .body("items[0].answer", nullValue());
        act(centre, id, "cancel", Map.of()).statusCode(409);
        act(centre, id, "nonsense", Map.of()).statusCode(404);
    }

    @Test
    void only_somebody_registered_there_is_referred_and_only_by_that_institution() {
        UUID stranger = clinic.person(Clinic.Link.at(hospital.source()));

        make(wish("personId", stranger.toString())).then().statusCode(404);
        make(wish("fromHospital", hospital.source())).then().statusCode(422);
        make(wish("toHospital", centre.source())).then().statusCode(422);
        make(wish("toHospital", "H999999")).then().statusCode(422);
    }

    @Test
    void documents_are_shared_only_while_the_person_agrees() {
        clinic.says(
                chart,
                TestReport.of(chart, "R-7")
                        .value("718-7", "血红蛋白", 130, "g/L", "N")
                        .resources());
        String id = make(wish("reports", List.of("R-7")))
                .then()
                .statusCode(201)
                .body("consent", is("ASKED"))
                .body("documents", is(1))
                .extract()
                .path("id");
        String report = me().get("/v1/me/referrals/" + id).then().extract().path("shared[0].report");
        String document = "/v1/referrals/" + id + "/documents/" + report;

        as(hospital).get("/v1/referrals/" + id).then().body("shared", empty()).body("documents", is(1));
        as(hospital).get(document).then().statusCode(404);

        consent(id, true).body("consent", is("GIVEN"));
        as(hospital).get("/v1/referrals/" + id).then().body("shared.report", contains(report));
        as(hospital)
                .get(document)
                .then()
                .statusCode(200)
                .body("observations[0].name", is("血红蛋白"))
                .body("observations[0].trend", empty());
        as(centre).get(document).then().statusCode(404);

        consent(id, false).body("consent", is("REFUSED"));
        as(hospital).get(document).then().statusCode(404);
        me().get("/v1/me/access-log?limit=100")
                .then()
                .statusCode(200)
                .body("items.action", hasItem("referral.document"));
    }

    private ValidatableResponse consent(String id, boolean agree) {
        return me().body(Map.of("agree", agree))
                .post("/v1/me/referrals/" + id + "/consent")
                .then()
                .statusCode(200);
    }

    @Test
    void what_was_signed_on_paper_is_consent_and_unknown_reports_are_refused() {
        clinic.says(chart, TestReport.of(chart, "R-8").resources());

        make(wish("reports", List.of("R-8"), "consentOnPaper", true))
                .then()
                .statusCode(201)
                .body("consent", is("PAPER"));
        make(wish("reports", List.of("R-8", "R-9"))).then().statusCode(422);
    }

    @Test
    void a_person_refuses_and_the_unit_comes_back_without_a_mark() {
        String id = made("slotId", slots.get(0));
        String appointment = me().get("/v1/me/referrals/" + id).then().extract().path("visit.appointment");

        me().post("/v1/me/referrals/" + id + "/refuse").then().statusCode(200).body("status", is("CANCELLED"));
        me().post("/v1/me/referrals/" + id + "/refuse").then().statusCode(200);
        me().get("/v1/appointments/" + appointment).then().body("status", is("CANCELLED"));
        me().get("/v1/me/marks").then().body("items", empty());
        as(hospital).get("/v1/referrals/" + id).then().statusCode(200).body("reason", nullValue());
        act(hospital, id, "accept", Map.of()).statusCode(409);
    }

    @Test
    void bookings_and_time_move_it() {
        String cancelled = made("slotId", slots.get(0));
        String appointment =
                me().get("/v1/me/referrals/" + cancelled).then().extract().path("visit.appointment");
        me().post("/v1/appointments/" + appointment + "/cancel").then().statusCode(200);
        upkeep.run().await().indefinitely();
        assertThat(status(cancelled)).isEqualTo("ACCEPTED");

        act(hospital, cancelled, "accept", Map.of("slotId", slots.get(1))).statusCode(200);
        String second =
                me().get("/v1/me/referrals/" + cancelled).then().extract().path("visit.appointment");
        String moved = me().header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("slotId", slots.get(0)))
                .post("/v1/appointments/" + second + "/reschedule")
                .then()
                .statusCode(201)
                .body("kind", is("REFERRAL"))
                .extract()
                .path("id");
        upkeep.run().await().indefinitely();
        me().get("/v1/me/referrals/" + cancelled)
                .then()
                .body("status", is("BOOKED"))
                .body("visit.appointment", is(moved));

        run("update appointment set status = 'CHECKED_IN' where id = $1", UUID.fromString(moved));
        upkeep.run().await().indefinitely();
        assertThat(status(cancelled)).isEqualTo("SEEN");

        String waits = made();
        clock.move(Duration.ofDays(31));
        upkeep.run().await().indefinitely();
        assertThat(status(waits)).isEqualTo("EXPIRED");
    }

    @Test
    void one_key_makes_one_referral_and_one_notice() {
        String key = UUID.randomUUID().toString();
        Map<String, Object> wish = wish();
        List<String> ids = List.of(1, 2).stream()
                .map(i -> as(centre)
                        .header("Idempotency-Key", key)
                        .body(wish)
                        .post("/v1/referrals")
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id"))
                .distinct()
                .toList();

        assertThat(ids).hasSize(1);
        assertThat(told("referral-made")).isEqualTo(1);
    }

    @Test
    void a_kept_answer_tells_nobody_why_but_is_answered_whole() {
        String key = UUID.randomUUID().toString();
        clinic.says(chart, TestReport.of(chart, "R-17").resources());
        Map<String, Object> wish = wish("reports", List.of("R-17"), "consentOnPaper", true);
        String title = "";
        for (int i = 0; i < 2; i++) {
            title = as(centre)
                    .header("Idempotency-Key", key)
                    .body(wish)
                    .post("/v1/referrals")
                    .then()
                    .statusCode(201)
                    .body("reason.text", equalTo("胸闷三月,需冠脉造影"))
                    .body("reason.code", equalTo("I20.9"))
                    .extract()
                    .path("shared[0].title");
            assertThat(title).isNotBlank();
        }

        assertThat(one("select body from idempotency_key where key = $1", key)).doesNotContain("胸闷", "I20.9", title);
    }

    private String one(String sql, Object parameter) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(parameter))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getValue(0)
                .toString();
    }

    @Test
    void neither_carers_nor_accounts_that_may_not_read_it_are_told() {
        UUID named = clinic.person(Clinic.Link.at(centre.source()));
        clinic.account(named, 1);
        UUID cared = clinic.person(Clinic.Link.at(centre.source()));
        UUID carer = clinic.account(clinic.person(), 2);
        pool.preparedQuery("insert into dependant (id, account, person, relation, kind, status, made_at, agreed_at)"
                        + " values ($1, $2, $3, 'PARENT', 'CONSENT', 'ACTIVE', now(), now())")
                .execute(Tuple.of(UUID.randomUUID(), carer, cared))
                .await()
                .indefinitely();
        made("personId", named.toString());
        made("personId", cared.toString());
        made();

        assertThat(told("referral-made")).isEqualTo(1);
        assertThat(Neighbours.NOTIFICATION.asked("POST", "/v1/notices"))
                .noneMatch(asked -> asked.body().contains("referral-made")
                        && (asked.body().contains(named.toString())
                                || asked.body().contains(cared.toString())));
    }

    private String move(String appointment, String slot) {
        return me().header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("slotId", slot))
                .post("/v1/appointments/" + appointment + "/reschedule")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String visitOf(String id) {
        return me().get("/v1/me/referrals/" + id).then().extract().path("visit.appointment");
    }

    private String statusOf(String appointment) {
        return me().get("/v1/appointments/" + appointment)
                .then()
                .statusCode(200)
                .extract()
                .path("status");
    }

    private String slotElsewhere() {
        Schedules other =
                Schedules.fresh().morning(LocalDate.now(ZONE).plusDays(4), 1, 2).say();
        return given().get("/v1/slots?hospital=" + other.source())
                .then()
                .extract()
                .path("items[0].id");
    }

    @Test
    void what_the_person_moved_elsewhere_is_none_of_the_institutions_business() {
        String id = made("slotId", slots.get(0));
        String elsewhere = move(visitOf(id), slotElsewhere());

        upkeep.run().await().indefinitely();
        as(hospital)
                .get("/v1/referrals/" + id)
                .then()
                .statusCode(200)
                .body("status", is("ACCEPTED"))
                .body("visit", nullValue());
        act(centre, id, "cancel", Map.of()).statusCode(200).body("status", is("CANCELLED"));
        assertThat(statusOf(elsewhere)).isEqualTo("BOOKED");
    }

    @Test
    void a_referral_that_is_cancelled_right_after_a_move_elsewhere_leaves_that_booking_be() {
        String id = made("slotId", slots.get(0));
        String elsewhere = move(visitOf(id), slotElsewhere());

        act(hospital, id, "decline", Map.of("text", "无床位")).statusCode(200).body("status", is("DECLINED"));
        assertThat(statusOf(elsewhere)).isEqualTo("BOOKED");
    }

    @Test
    void a_referral_that_is_cancelled_right_after_a_move_takes_the_new_booking_with_it() {
        String id = made("slotId", slots.get(0));
        String moved = move(visitOf(id), slots.get(1));

        act(centre, id, "cancel", Map.of()).statusCode(200).body("status", is("CANCELLED"));
        assertThat(statusOf(moved)).isEqualTo("CANCELLED");
        me().get("/v1/me/marks").then().body("items", empty());
    }

    @Test
    void titles_of_reports_that_are_somebody_elses_now_are_not_shown() {
        clinic.says(chart, TestReport.of(chart, "R-7").resources());
        String id = made("reports", List.of("R-7"), "consentOnPaper", true);
        as(hospital).get("/v1/referrals/" + id).then().body("shared", hasSize(1));

        UUID right = clinic.person();
        clinic.changed(right, 2, null, chart.next());
        as(hospital).get("/v1/referrals/" + id).then().statusCode(200).body("shared", empty());
        as(centre).get("/v1/referrals/" + id).then().statusCode(200).body("shared", empty());
    }

    @Test
    void told_by_hl7_while_the_person_is_merged_it_is_the_survivors() throws Exception {
        UUID survivor = clinic.person();
        CompletableFuture<Void> said = new CompletableFuture<>();
        pool.withTransaction(tx -> tx.preparedQuery("select 1 from person where id = $1 for update")
                        .execute(Tuple.of(person))
                        .invoke(() -> said.completeAsync(() -> {
                            clinic.says(chart, told("ZZ-7", "active", hospital.source()));
                            return null;
                        }))
                        .chain(() -> tx.query("select pg_sleep(1)").execute())
                        .chain(() -> tx.preparedQuery(
                                        "update person set status = 'MERGED', merged_into = $2 where id = $1")
                                .execute(Tuple.of(person, survivor))))
                .await()
                .indefinitely();
        said.get();

        assertThat(one("select person from referral where from_source = $1", centre.source()))
                .isEqualTo(survivor.toString());
    }

    /** Notices about this person that notification was, or will be, asked to tell. */
    private long told(String template) {
        return cn.kangka.api.testing.Eventually.get("the notice", () -> {
            long sent = Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                    .flatMap(asked -> List.of(asked.body().split("(?=\"key\")")).stream())
                    .filter(body -> body.contains("\"" + template + "\"") && body.contains(person.toString()))
                    .map(body -> body.substring(0, Math.min(120, body.length())))
                    .distinct()
                    .count();
            return sent == 0 ? null : sent;
        });
    }

    @Test
    void told_by_hl7_it_is_made_once_and_cancelled_once() {
        JsonObject request = told("ZZ-1", "active", hospital.source());
        clinic.says(chart, request);
        clinic.says(chart, request);

        String id = as(hospital)
                .get("/v1/referrals?to=" + hospital.source())
                .then()
                .body("items", hasSize(1))
                .body("items[0].status", is("REQUESTED"))
                .body("items[0].urgency", is("URGENT"))
                .extract()
                .path("items[0].id");
        as(hospital).get("/v1/referrals/" + id).then().body("reason.code", is("I20.9"));

        clinic.says(chart, told("ZZ-1", "revoked", hospital.source()));
        assertThat(status(id)).isEqualTo("CANCELLED");
        clinic.says(chart, told("ZZ-2", "active", "没有这家医院"));
        as(hospital).get("/v1/referrals?to=" + hospital.source()).then().body("items", hasSize(1));
    }

    private JsonObject told(String number, String status, String receiver) {
        return new JsonObject()
                .put("resourceType", "ServiceRequest")
                .put(
                        "identifier",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("system", "urn:kangka:referral:" + centre.source())
                                        .put("value", number)))
                .put("status", status)
                .put("category", new JsonArray().add(Clinic.concept("http://snomed.info/sct", "3457005", null)))
                .put("priority", "asap")
                .put(
                        "performer",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put(
                                                "identifier",
                                                new JsonObject()
                                                        .put("system", "urn:kangka:source")
                                                        .put("value", receiver))))
                .put(
                        "reasonCode",
                        new JsonArray()
                                .add(Clinic.concept("http://hl7.org/fhir/sid/icd-10", "I20.9", "心绞痛")
                                        .put("text", "心绞痛")));
    }

    @Test
    void a_merged_persons_referral_is_the_survivors() {
        UUID other = clinic.person(Clinic.Link.at(centre.source()));
        String id = made("personId", other.toString());
        UUID survivor = clinic.person();
        clinic.changed(other, 2, survivor);

        String token = TestTokens.citizen(clinic.account(survivor, 2), 2);
        given().auth()
                .oauth2(token)
                .get("/v1/me/referrals/" + id)
                .then()
                .statusCode(200)
                .body("person", is(survivor.toString()));
    }

    @Test
    void nobody_takes_a_referral_back_once_the_person_was_there() {
        String id = made("slotId", slots.get(0));
        String appointment = me().get("/v1/me/referrals/" + id).then().extract().path("visit.appointment");
        run("update appointment set status = 'CHECKED_IN' where id = $1", UUID.fromString(appointment));

        act(centre, id, "cancel", Map.of()).statusCode(409).body("rule", is("referral.state"));
        me().post("/v1/me/referrals/" + id + "/refuse").then().statusCode(409);
        act(hospital, id, "decline", Map.of("text", "太晚")).statusCode(409);
        act(hospital, id, "seen", Map.of()).statusCode(200).body("status", is("SEEN"));
    }

    @Test
    void a_full_hospital_is_said_so_and_nothing_is_made() {
        String first = made("slotId", slots.get(0));
        assertThat(first).isNotNull();
        UUID other = clinic.person(Clinic.Link.at(centre.source()));
        run("update slot set status = 'CLOSED' where id = $1", UUID.fromString(slots.get(1)));

        make(wish("personId", other.toString(), "slotId", slots.get(1)))
                .then()
                .statusCode(409)
                .body("rule", is("appointment.slot-closed"));
        as(centre).get("/v1/referrals?from=" + centre.source()).then().body("items", hasSize(1));
    }
}
