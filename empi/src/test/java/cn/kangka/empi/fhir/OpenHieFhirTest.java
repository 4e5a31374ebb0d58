package cn.kangka.empi.fhir;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import cn.kangka.empi.testing.SharedData;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenHIE Client Registry cases in FHIR with the outcomes that the published suite asks for. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class OpenHieFhirTest {
    private static final String IDENTIFIER = "Bundle.entry[1].resource.entry[0].resource.identifier";

    @Test
    void case_1_a_missing_authority_is_rejected() throws Exception {
        feed("01-10").statusCode(422).body("issue[0].expression[0]", startsWith(IDENTIFIER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"02-10", "02-30"})
    void case_2_an_authority_is_known_by_oid_or_by_url(String name) throws Exception {
        feed(name)
                .statusCode(200)
                .body("type", equalTo("message"))
                .body("entry[0].resource.response.code", equalTo("ok"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"03-10", "03-20"})
    void case_3_an_unknown_authority_is_rejected(String name) throws Exception {
        feed(name)
                .statusCode(422)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].expression[0]", startsWith(IDENTIFIER));
    }

    private static ValidatableResponse feed(String name) throws IOException {
        byte[] message = Files.readAllBytes(SharedData.path("ohie-cr-tests/FHIR/OHIE-CR-" + name + ".json"));
        return given().auth()
                .oauth2(TestTokens.client("client-TEST_FHIR", "hospital", "", Map.of("source", "TEST_FHIR")))
                .header("Content-Type", "application/fhir+json")
                .body(message)
                .post("/fhir/$process-message")
                .then();
    }
}
