package cn.kangka.api.fhir;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
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
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** FHIR R4 over appointments, by HL7's own definitions. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class SchedulingFhirTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static FhirValidator validator;

    @Inject
    MovableClock clock;

    @Inject
    Patients patients;

    private LocalDate day;

    @BeforeAll
    static void definitions() {
        FhirContext context = FhirContext.forR4Cached();
        ValidationSupportChain chain = new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context));
        validator = context.newValidator().registerValidatorModule(new FhirInstanceValidator(chain));
    }

    @BeforeEach
    void ten_in_the_morning() {
        day = LocalDate.now(ZONE).plusDays(3);
        clock.set(LocalDate.now(ZONE).atTime(10, 0).atZone(ZONE).toInstant());
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    /** The answer, which keeps HL7's definitions. */
    private static JsonPath valid(Response answer, int status) {
        String text = answer.then()
                .statusCode(status)
                .contentType("application/fhir+json")
                .extract()
                .asString();
        List<String> errors = validator.validateWithResult(text).getMessages().stream()
                .filter(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
                .map(SingleValidationMessage::toString)
                // Extensions of others are not among the definitions that the validator has.
                .filter(message -> !message.contains("slot-capacity"))
                .toList();
        assertThat(errors).as(text).isEmpty();
        return new JsonPath(text);
    }

    private static String department(Schedules hospital) {
        return given().get("/v1/hospitals/" + hospital.source() + "/departments")
                .jsonPath()
                .getString("items[0].id");
    }

    @Test
    void sessions_and_bands_are_found_and_read() {
        Schedules hospital = Schedules.fresh().morning(day, 7, 3).say();
        String department = department(hospital);
        JsonPath schedules = valid(
                given().get("/fhir/Schedule?actor=HealthcareService/" + department + "&date=ge" + day + "&date=le"
                        + day),
                200);
        assertThat(schedules.getList("entry")).hasSize(1);
        assertThat(schedules.getString("entry[0].resource.actor[0].display")).isEqualTo("王建国 主任医师");
        String schedule = schedules.getString("entry[0].resource.id");
        String doctor = schedules.getString("entry[0].resource.actor[0].reference");
        assertThat(valid(given().get("/fhir/Schedule/" + schedule), 200).getString("planningHorizon.start"))
                .endsWith("08:30:00+08:00");
        assertThat(valid(given().get("/fhir/Schedule?actor=" + doctor), 200).getList("entry"))
                .hasSize(1);

        JsonPath slots = valid(given().get("/fhir/Slot?schedule=Schedule/" + schedule), 200);
        assertThat(slots.getList("entry")).hasSize(7);
        assertThat(slots.getString("entry[0].resource.status")).isEqualTo("free");
        assertThat(slots.getInt("entry[0].resource.extension[0].valueInteger")).isEqualTo(3);
        String slot = slots.getString("entry[0].resource.id");
        assertThat(valid(given().get("/fhir/Slot/" + slot), 200).getString("schedule.reference"))
                .isEqualTo("Schedule/" + schedule);
    }

    @Test
    void pages_follow_the_next_link_without_gaps() {
        Schedules hospital = Schedules.fresh().morning(day, 7, 3).say();
        String next =
                "/fhir/Slot?schedule.actor=HealthcareService/" + department(hospital) + "&start=" + day + "&_count=3";
        List<String> seen = new ArrayList<>();
        while (next != null) {
            JsonPath page = valid(given().urlEncodingEnabled(false).get(next), 200);
            seen.addAll(page.getList("entry.resource.id"));
            next = page.getString("link.find { it.relation == 'next' }.url");
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void an_own_booking_is_an_appointment_and_nobody_elses_is() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 3).say();
        Patient patient = patients.adult();
        String slot = given().get("/v1/slots?hospital=" + hospital.source()).path("items[0].id");
        String id = given().auth()
                .oauth2(patient.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot))
                .post("/v1/appointments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        JsonPath booked = valid(given().auth().oauth2(patient.token()).get("/fhir/Appointment/" + id), 200);
        assertThat(booked.getString("status")).isEqualTo("pending");
        assertThat(booked.getString("slot[0].reference")).isEqualTo("Slot/" + slot);
        assertThat(booked.getString("participant[0].actor.reference")).isEqualTo("Patient/" + patient.person());
        JsonPath own = valid(
                given().auth().oauth2(patient.token()).get("/fhir/Appointment?patient=Patient/" + patient.person()),
                200);
        assertThat(own.getList("entry.resource.id")).containsExactly(id);
        assertThat(valid(given().auth().oauth2(patient.token()).get("/fhir/Appointment?patient=Patient/nobody"), 200)
                        .getList("entry"))
                .isNull();
        Patient other = patients.adult();
        valid(given().auth().oauth2(other.token()).get("/fhir/Appointment/" + id), 404);
        given().get("/fhir/Appointment/" + id).then().statusCode(401);
        assertThat(valid(given().get("/fhir/Slot/" + slot), 200).getInt("extension[0].valueInteger"))
                .isEqualTo(valid(given().get("/fhir/Slot/" + slot), 200).getInt("extension[0].valueInteger"))
                .isLessThan(3);
    }

    @Test
    void what_cannot_be_answered_says_which_parameter_and_why() {
        valid(given().get("/fhir/metadata"), 200);
        for (String bad : List.of(
                "/fhir/Schedule",
                "/fhir/Schedule?actor=Device/1",
                "/fhir/Schedule?actor=HealthcareService/x",
                "/fhir/Slot?schedule=Schedule/" + UUID.randomUUID() + "&start=tomorrow",
                "/fhir/Slot?schedule=Schedule/" + UUID.randomUUID() + "&start=ge2026-01-01&start=le2027-01-01",
                "/fhir/Slot?schedule=Schedule/" + UUID.randomUUID() + "&start=ge%2B999999999-12-30",
                "/fhir/Slot?schedule=Schedule/" + UUID.randomUUID() + "&_count=0")) {
            JsonPath outcome = valid(given().urlEncodingEnabled(false).get(bad), 400);
            assertThat(outcome.getString("resourceType")).as(bad).isEqualTo("OperationOutcome");
            assertThat(outcome.getString("issue[0].diagnostics")).as(bad).contains(":");
        }
        valid(given().get("/fhir/Schedule/" + UUID.randomUUID()), 404);
        valid(given().get("/fhir/Slot/" + UUID.randomUUID()), 404);
        given().get("/fhir/metadata")
                .then()
                .body("rest[0].resource", hasSize(3))
                .body("fhirVersion", equalTo("4.0.1"));
    }
}
