package cn.kangka.empi.booking;

import static cn.kangka.empi.testing.HospitalsResource.K001;
import static cn.kangka.empi.testing.HospitalsResource.K002;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.v25.group.SIU_S12_RESOURCES;
import ca.uhn.hl7v2.model.v25.message.SIU_S12;
import ca.uhn.hl7v2.model.v25.segment.SCH;
import ca.uhn.hl7v2.parser.CanonicalModelClassFactory;
import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.Received;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.HapiHospital;
import cn.kangka.empi.testing.HospitalsResource;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Until;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.sandbox.hl7.Answers;
import cn.kangka.sandbox.hl7.HospitalDouble;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(HospitalsResource.class)
class BookingTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Inject
    Region region;

    @Inject
    Sealer sealer;

    @Inject
    ScheduleResponseHandler responses;

    @Inject
    Database database;

    @Inject
    Sources sources;

    private final UUID appointment = UUID.randomUUID();

    @BeforeEach
    void everybody_listens() {
        for (HospitalDouble hospital : List.of(K001, K002)) {
            hospital.answer(Answers.accept());
            hospital.forget();
        }
    }

    @Test
    void a_hospital_whose_pool_is_ours_is_informed_and_accepts_by_taking_the_message() throws Exception {
        UUID person = person("K001", "B1");
        order("K001", person, 1, "BOOK").body("results[0].outcome", equalTo("DONE"));
        Hl7Message told = Hl7Message.of(received(K001, 1).get(0));
        assertThat(told.code() + told.trigger()).isEqualTo("SIUS12");
        assertThat(told.segment("SCH").orElseThrow().value(1)).isEqualTo(appointment.toString());
        assertThat(told.segment("SCH").orElseThrow().value(25)).isEqualTo("Booked");
        assertThat(told.segment("TQ1").orElseThrow().value(7)).isEqualTo("20261201093000+0800");
        assertThat(told.segment("PID").orElseThrow().repetition(3, 2).component(1))
                .isEqualTo("B1");
        assertThat(told.segment("AIS").orElseThrow().value(3)).isEqualTo("0301");
        assertThat(told.segment("AIP").orElseThrow().value(3, 2)).isEqualTo("华医生");
        assertThat(told.segment("ZTR").orElseThrow().value(1)).isEqualTo(TRACE);
        JsonObject answer = answers(1).get(0);
        assertThat(answer.getString("outcome")).isEqualTo("ACCEPTED");
        assertThat(answer.getString("appointment")).isEqualTo(appointment.toString());
    }

    @Test
    void the_same_or_an_older_order_again_changes_nothing() throws Exception {
        UUID person = person("K001", "B2");
        order("K001", person, 5, "BOOK");
        order("K001", person, 5, "BOOK").body("results[0].outcome", equalTo("DONE"));
        order("K001", person, 4, "CANCEL").body("results[0].outcome", equalTo("DONE"));
        answers(1);
        order("K001", person, 6, "CANCEL");
        assertThat(received(K001, 2)).hasSize(2);
        Hl7Message cancel = Hl7Message.of(K001.received().get(1));
        assertThat(cancel.trigger()).isEqualTo("S15");
        assertThat(cancel.segment("SCH").orElseThrow().value(25)).isEqualTo("Cancelled");
        answers(2);
        assertThat(region.rows("select 1 from booking_order where appointment = $1", appointment))
                .hasSize(2);
    }

    @Test
    void a_refusal_is_an_answer_with_the_hospitals_reason() throws Exception {
        K001.answer(Answers.reject("医生停诊"));
        order("K001", person("K001", "B3"), 1, "BOOK");
        JsonObject answer = answers(1).get(0);
        assertThat(answer.getString("outcome")).isEqualTo("REFUSED");
        assertThat(answer.getString("reason")).isEqualTo("医生停诊");
        assertThat(state()).isEqualTo("REFUSED");
        assertThat(waiting()).isZero();
    }

    @Test
    void a_hospital_that_fills_its_own_pool_is_asked_and_decides_by_its_srr() throws Exception {
        K002.answer(Answers.schedule("YY-2026-77", null));
        UUID person = person("H001", "B4");
        order("K002", person, 1, "BOOK");
        Hl7Message asked = Hl7Message.of(received(K002, 1).get(0));
        assertThat(asked.code() + asked.trigger()).isEqualTo("SRMS01");
        assertThat(asked.segment("ARQ").orElseThrow().value(1)).isEqualTo(appointment.toString());
        assertThat(asked.segment("ARQ").orElseThrow().value(11, 2)).isEqualTo("20261201100000+0800");
        assertThat(asked.segment("PID").orElseThrow().repetition(3, 1).component(1))
                .isEqualTo(person.toString());
        JsonObject answer = answers(1).get(0);
        assertThat(answer.getString("outcome")).isEqualTo("ACCEPTED");
        assertThat(answer.getString("hospitalReference")).isEqualTo("YY-2026-77");
        order("K002", person, 2, "CANCEL");
        Hl7Message cancel = Hl7Message.of(received(K002, 2).get(1));
        assertThat(cancel.trigger()).isEqualTo("S04");
        assertThat(cancel.segment("ARQ").orElseThrow().value(2)).isEqualTo("YY-2026-77");
    }

    @Test
    void a_refused_request_is_refused() throws Exception {
        K002.answer(Answers.schedule(null, "号源已满"));
        order("K002", person("K002", "B5"), 1, "BOOK");
        JsonObject answer = answers(1).get(0);
        assertThat(answer.getString("outcome")).isEqualTo("REFUSED");
        assertThat(answer.getString("reason")).isEqualTo("号源已满");
    }

    @Test
    void a_request_that_is_only_received_stays_pending_until_the_srr_comes() throws Exception {
        order("K002", person("K002", "B6"), 1, "BOOK");
        Hl7Message asked = Hl7Message.of(received(K002, 1).get(0));
        Until.good(this::waiting, waiting -> waiting == 0);
        assertThat(state()).isEqualTo("PENDING");
        String header = "MSH|^~\\&|HIS|K002|KANGKA|KANGKA|20261123||SRR^S01^SRR_S01|R1|P|2.5.1\r";
        String unknown = header + "MSA|AA|NOSUCH\rSCH|" + UUID.randomUUID() + "|YY-1\r";
        assertThat(handle("K002", unknown)).isInstanceOf(HandlerOutcome.Refused.class);
        String decided = header + "MSA|AA|" + asked.controlId() + "\rSCH||YY-2|||||||||||||||||||||||Booked\r";
        assertThat(handle("K001", decided)).isInstanceOf(HandlerOutcome.Refused.class);
        assertThat(state()).isEqualTo("PENDING");
        assertThat(handle("K002", decided)).isInstanceOf(HandlerOutcome.Accepted.class);
        assertThat(handle("K002", decided)).isInstanceOf(HandlerOutcome.Accepted.class);
        assertThat(answers(1)).hasSize(1);
        assertThat(state()).isEqualTo("ACCEPTED");
    }

    @Test
    void silence_decides_nothing_and_the_order_reaches_the_hospital_when_it_is_back() throws Exception {
        UUID person = person("K001", "B7");
        K001.goDown();
        order("K001", person, 1, "BOOK");
        Until.good(
                () -> region.rows(
                        "select id from message where person = $1 and direction = 'OUT' and code = 'SIU'", person),
                tried -> !tried.isEmpty());
        assertThat(state()).isEqualTo("PENDING");
        K001.comeUp();
        assertThat(answers(1).get(0).getString("outcome")).isEqualTo("ACCEPTED");
    }

    @Test
    void what_no_retry_can_heal_is_parked() {
        order("NOBODY", UUID.randomUUID(), 1, "BOOK").body("results[0].outcome", equalTo("PARK"));
        order("K001", UUID.randomUUID(), 1, "BOOK").body("results[0].outcome", equalTo("PARK"));
        post("{\"events\":[{\"id\":\"" + UUID.randomUUID()
                        + "\",\"version\":1,\"type\":\"booking.order\",\"data\":{\"action\":\"BOOK\"}}]}")
                .statusCode(200)
                .body("results", hasSize(1))
                .body("results[0].outcome", equalTo("PARK"));
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/v1/booking-orders")
                .then()
                .statusCode(401);
    }

    @Test
    void a_hospital_without_connection_leaves_the_booking_pending_and_says_so() throws Exception {
        order("H003", person("H003", "B8"), 1, "BOOK").body("results[0].outcome", equalTo("DONE"));
        assertThat(answers(1).get(0).getString("outcome")).isEqualTo("PENDING");
        assertThat(state()).isEqualTo("PENDING");
    }

    @Test
    void who_came_is_told_as_a_modification_and_the_answer_decides_nothing() throws Exception {
        UUID person = person("K001", "B9");
        order("K001", person, 1, "BOOK");
        answers(1);
        order("K001", person, 2, "ARRIVED").body("results[0].outcome", equalTo("DONE"));
        order("K001", person, 2, "ARRIVED").body("results[0].outcome", equalTo("DONE"));

        SIU_S12 told = parsed(received(K001, 2).get(1));
        assertThat(told.getMSH().getMessageType().encode()).isEqualTo("SIU^S14^SIU_S12");
        SCH schedule = told.getSCH();
        assertThat(schedule.getPlacerAppointmentID().getEntityIdentifier().getValue())
                .isEqualTo(appointment.toString());
        assertThat(schedule.getFillerStatusCode().encode()).isEqualTo("Arrived^^HL70278");
        assertThat(schedule.getEventReason().getIdentifier().getValue()).isEqualTo("ARRIVED");
        assertThat(schedule.getAppointmentTimingQuantity(0).encode())
                .isEqualTo("^^^20261201093000+0800^20261201100000+0800");
        assertThat(told.getTQ1().getStartDateTime().getTime().getValue()).isEqualTo("20261201093000+0800");
        assertThat(told.getPATIENT()
                        .getPID()
                        .getPatientIdentifierList(0)
                        .getIDNumber()
                        .getValue())
                .isEqualTo(person.toString());
        assertThat(told.getPATIENT()
                        .getPID()
                        .getPatientIdentifierList(1)
                        .getIDNumber()
                        .getValue())
                .isEqualTo("B9");
        SIU_S12_RESOURCES resources = told.getRESOURCES();
        assertThat(resources.getRGS().getSegmentActionCode().getValue()).isEqualTo("X");
        assertThat(resources.getSERVICE().getAIS().encode()).startsWith("AIS|1|X|0301^心血管内科|20261201093000+0800");
        assertThat(resources
                        .getPERSONNEL_RESOURCE()
                        .getAIP()
                        .getPersonnelResourceID(0)
                        .getIDNumber()
                        .getValue())
                .isEqualTo("D77");
        Until.good(this::state, state -> state.equals("ACCEPTED"));
        assertThat(answers(1)).hasSize(1);
        assertThat(received(K001, 2)).hasSize(2);
    }

    @Test
    void who_did_not_come_is_told_also_where_the_hospital_fills_and_its_refusal_holds_nothing_back() throws Exception {
        K002.answer(Answers.schedule("YY-2026-78", null));
        UUID person = person("K002", "B10");
        order("K002", person, 1, "BOOK");
        answers(1);
        K002.answer(Answers.error("没有这个预约"));
        order("K002", person, 2, "MISSED");

        SIU_S12 told = parsed(received(K002, 2).get(1));
        assertThat(told.getMSH().getMessageType().encode()).isEqualTo("SIU^S26^SIU_S12");
        assertThat(told.getSCH().getFillerStatusCode().encode()).isEqualTo("Noshow^^HL70278");
        assertThat(told.getSCH().getFillerAppointmentID().getEntityIdentifier().getValue())
                .isEqualTo("YY-2026-78");
        Until.good(this::state, state -> state.equals("REFUSED"));
        assertThat(waiting()).isZero();
        assertThat(answers(1)).hasSize(1);

        K002.answer(Answers.schedule("YY-2026-78", null));
        order("K002", person, 3, "CANCEL");
        Hl7Message cancel = Hl7Message.of(received(K002, 3).get(2));
        assertThat(cancel.trigger()).isEqualTo("S04");
        assertThat(cancel.segment("ARQ").orElseThrow().value(2)).isEqualTo("YY-2026-78");
        assertThat(answers(2).get(1).getString("action")).isEqualTo("CANCEL");
    }

    @Test
    void a_booking_that_is_answered_after_the_arrival_was_told_is_answered() throws Exception {
        UUID person = person("K001", "B11");
        K001.goDown();
        order("K001", person, 1, "BOOK");
        order("K001", person, 2, "ARRIVED");
        K001.comeUp();

        List<String> told = received(K001, 2);
        assertThat(told).map(each -> Hl7Message.of(each).trigger()).containsExactly("S12", "S14");
        JsonObject answer = answers(1).get(0);
        assertThat(answer.getString("outcome")).isEqualTo("ACCEPTED");
        assertThat(answer.getString("action")).isEqualTo("BOOK");
    }

    @Test
    void a_srr_that_names_the_appointment_answers_the_booking_not_the_arrival() throws Exception {
        UUID person = person("K002", "B12");
        order("K002", person, 1, "BOOK");
        Until.good(this::waiting, waiting -> waiting == 0);
        order("K002", person, 2, "ARRIVED");
        Until.good(this::state, state -> state.equals("ACCEPTED"));
        String decided = "MSH|^~\\&|HIS|K002|KANGKA|KANGKA|20261123||SRR^S01^SRR_S01|R2|P|2.5.1\rMSA|AA|UNKNOWN\rSCH|"
                + appointment + "|YY-3|||||||||||||||||||||||Booked\r";
        assertThat(handle("K002", decided)).isInstanceOf(HandlerOutcome.Accepted.class);
        JsonObject answer = answers(1).get(0);
        assertThat(answer.getString("outcome")).isEqualTo("ACCEPTED");
        assertThat(answer.getString("hospitalReference")).isEqualTo("YY-3");
        assertThat(answer.getString("action")).isEqualTo("BOOK");
    }

    /** As HAPI, which is in many hospitals' interface engines, reads it. */
    private static SIU_S12 parsed(String message) throws HL7Exception, IOException {
        try (HapiContext context = HapiHospital.context()) {
            context.setModelClassFactory(new CanonicalModelClassFactory("2.5"));
            return (SIU_S12) context.getPipeParser().parse(message);
        }
    }

    private HandlerOutcome handle(String source, String message) {
        Received received = new Received(
                UUID.randomUUID(), sources.byId(source).orElseThrow(), Hl7Message.of(message), Instant.now());
        return database.write(tx -> responses.handle(tx, received)).await().atMost(Duration.ofSeconds(10));
    }

    private UUID person(String source, String localId) throws IOException {
        return region.personOf(region.send(
                Adt.register(source, "A28", localId, Adt.residentId("19800517"), "约医医", "19800517", Adt.phone())));
    }

    private ValidatableResponse order(String source, UUID person, long version, String action) {
        JsonObject data = new JsonObject()
                .put("appointment", appointment.toString())
                .put("action", action)
                .put("source", source)
                .put("person", person.toString())
                .put("department", new JsonObject().put("code", "0301").put("name", "心血管内科"))
                .put("practitioner", new JsonObject().put("code", "D77").put("name", "华医生"))
                .put("session", new JsonObject().put("date", "2026-12-01").put("half", "AM"))
                .put(
                        "slot",
                        new JsonObject()
                                .put("id", UUID.randomUUID().toString())
                                .put("start", "2026-12-01T09:30:00+08:00")
                                .put("end", "2026-12-01T02:00:00Z"))
                .put("channel", "app")
                .put("bookedAt", "2026-11-23T10:00:00+08:00");
        JsonObject event = new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("aggregate", appointment.toString())
                .put("version", version)
                .put("type", "booking.order")
                .put("at", "2026-11-23T10:00:00+08:00")
                .put("trace", TRACE)
                .put("data", data);
        return post("{\"events\":[" + event.encode() + "]}").statusCode(200);
    }

    private static ValidatableResponse post(String body) {
        return given().auth()
                .oauth2(TestTokens.service("api", "empi"))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/booking-orders")
                .then();
    }

    private List<String> received(HospitalDouble hospital, int atLeast) {
        return Until.good(
                () -> hospital.received().stream()
                        .filter(message -> message.contains(appointment.toString()))
                        .toList(),
                messages -> messages.size() >= atLeast);
    }

    /** What api is told, at least so many. */
    private List<JsonObject> answers(int atLeast) {
        return Until.good(
                () -> region
                        .rows(
                                "select payload from outbox where destination = 'api' and aggregate = $1 order by id",
                                appointment.toString())
                        .stream()
                        .map(row -> new JsonObject(new String(
                                sealer.openBytes("outbox", row.getBuffer(0).getBytes()), StandardCharsets.UTF_8)))
                        .toList(),
                answers -> answers.size() >= atLeast);
    }

    private String state() {
        return region.rows(
                        "select outcome from booking_order where appointment = $1 order by version desc limit 1",
                        appointment)
                .get(0)
                .getString(0);
    }

    private long waiting() {
        return region.rows(
                        "select count(*) from outbox where aggregate = $1 and destination like 'hospital:%'",
                        appointment.toString())
                .get(0)
                .getLong(0);
    }
}
