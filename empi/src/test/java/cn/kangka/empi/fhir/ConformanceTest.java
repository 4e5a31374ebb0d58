package cn.kangka.empi.fhir;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Region;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What this server answers, by HL7's own definitions of FHIR R4. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class ConformanceTest {
    private static FhirValidator validator;

    @Inject
    Region region;

    @BeforeAll
    static void definitions() {
        FhirContext context = FhirContext.forR4Cached();
        ValidationSupportChain chain = new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context));
        validator = context.newValidator().registerValidatorModule(new FhirInstanceValidator(chain));
    }

    private static List<String> errors(String resource) {
        return validator.validateWithResult(resource).getMessages().stream()
                .filter(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
                .map(SingleValidationMessage::toString)
                .toList();
    }

    private static RequestSpecification asks() {
        return given().auth().oauth2(TestTokens.client("client-H001", "hospital", "", Map.of("source", "H001")));
    }

    /** The golden files of the mappings: a validator reads them by HL7's own definitions. */
    @ParameterizedTest
    @ValueSource(strings = {"oru", "allergy", "rde", "mfn", "order", "orm", "rds", "mdm", "ref", "siu"})
    void what_api_is_handed_keeps_the_definitions(String golden) throws Exception {
        JsonObject bundle = new JsonObject(Files.readString(Path.of("src/test/resources/fhir/" + golden + ".json")));
        assertThat(bundle.getJsonArray("entry").stream()
                        .map(entry ->
                                ((JsonObject) entry).getJsonObject("resource").encode())
                        .flatMap(resource -> errors(resource).stream()))
                .isEmpty();
    }

    static Stream<String> questions() {
        return Stream.of(
                "/fhir/metadata",
                "/fhir/Patient?family=司空&_count=1",
                "/fhir/Patient?family=司空&birthdate=lt2000",
                "/fhir/Patient?family=nobody",
                "/fhir/Patient/$ihe-pix?sourceIdentifier=urn:oid:2.999.1.1|CF-1",
                "/fhir/Patient/$ihe-pix?sourceIdentifier=x",
                "/fhir/Patient",
                "/fhir/Patient/nobody",
                "/fhir/Device/1");
    }

    @ParameterizedTest
    @MethodSource("questions")
    void every_answer_keeps_the_definitions_in_both_formats(String question) throws Exception {
        region.send(Adt.register("H001", "A28", "CF-1", "", "司空摘星", "19770707", Adt.phone()));
        region.send(Adt.register("H001", "A28", "CF-2", "", "司空见惯", "19770708", Adt.phone()));
        Response json = asks().urlEncodingEnabled(true).get(question);
        assertThat(json.contentType()).startsWith("application/fhir+json");
        assertThat(errors(json.asString())).as(json.asString()).isEmpty();
        Response xml = asks().accept("application/fhir+xml").get(question);
        if (xml.statusCode() != 404 || !question.contains("Device")) {
            assertThat(xml.contentType()).startsWith("application/fhir+xml");
            assertThat(errors(xml.asString())).as(xml.asString()).isEmpty();
        }
        assertThat(xml.statusCode()).isEqualTo(json.statusCode());
    }

    @Test
    void the_validator_would_notice() {
        assertThat(errors("{\"resourceType\":\"Patient\",\"gender\":\"man\"}")).isNotEmpty();
        assertThat(errors("{\"resourceType\":\"OperationOutcome\"}")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /fhir/Patient?family=x, text/csv, application/fhir+json, 406",
        "POST, /fhir/Patient, application/fhir+json, text/csv, 415",
        "DELETE, /fhir/Patient/1, application/fhir+json, application/fhir+json, 405",
        "PUT, /fhir/Patient/1, application/fhir+json, application/fhir+json, 405",
        "GET, /fhir/Device, application/fhir+json, application/fhir+json, 404"
    })
    void every_refusal_is_an_operation_outcome(
            String method, String path, String accept, String contentType, int status) {
        asks().accept(accept)
                .header("Content-Type", contentType)
                .body(method.equals("GET") ? "" : "{}")
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType(startsWith("application/fhir+json"))
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].severity", equalTo("error"));
    }

    @Test
    void who_is_nobody_or_no_hospital_hears_so_in_fhir() {
        given().get("/fhir/Patient?family=x").then().statusCode(401).body("resourceType", equalTo("OperationOutcome"));
        given().auth()
                .oauth2(TestTokens.client("bank", "partner", "", Map.of()))
                .get("/fhir/Patient?family=x")
                .then()
                .statusCode(403)
                .body("resourceType", equalTo("OperationOutcome"));
    }
}
