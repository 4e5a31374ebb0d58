package cn.kangka.api.fhir;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SMART Scheduling Links: the manifest and its files. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class BulkPublishTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String EXTENSIONS = "http://fhir-registry.smarthealthit.org/StructureDefinition/";
    private static final AtomicInteger LATER = new AtomicInteger();
    private static FhirValidator validator;

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    private LocalDate day;
    private Instant ten;
    private Instant now;

    @BeforeAll
    static void definitions() {
        FhirContext context = FhirContext.forR4Cached();
        validator = context.newValidator()
                .registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                        new DefaultProfileValidationSupport(context),
                        new CommonCodeSystemsTerminologyService(context),
                        new InMemoryTerminologyServerValidationSupport(context))));
    }

    @BeforeEach
    void ten_in_the_morning() {
        LocalDate today = LocalDate.now(ZONE);
        day = today.plusDays(3);
        ten = today.atTime(10, 0).atZone(ZONE).toInstant();
        later();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    /** Whatever was published before is too old. */
    private void later() {
        now = ten.plus(Duration.ofMinutes(2L * LATER.incrementAndGet()));
        clock.set(now);
    }

    private Schedules hospital() {
        return Schedules.fresh()
                .hospital("公开医院")
                .campus("EAST", "东院区", 30.1, 120.2)
                .department("CARD/1", "心血管内科", "03.04", "EAST")
                .doctor("D1", "王建国", "主任医师")
                .role("D1", "CARD/1")
                .session("S1", "D1", "CARD/1", day, true)
                .bands("S1", day, true, 4, 3)
                .say();
    }

    @Test
    void whoever_asks_only_whether_a_file_changed_gets_no_file() {
        String source = hospital().source();
        String url = "/fhir/bulk/" + source + "/Slot.ndjson";
        lines(url);
        given().head(url)
                .then()
                .statusCode(200)
                .contentType(startsWith("application/fhir+ndjson"))
                .header("ETag", notNullValue())
                .body(emptyString());
        given().head("/fhir/bulk/NOWHERE/Slot.ndjson").then().statusCode(404);
    }

    private static List<JsonObject> lines(String url) {
        byte[] bytes = given().urlEncodingEnabled(false)
                .get(url)
                .then()
                .statusCode(200)
                .contentType(startsWith("application/fhir+ndjson"))
                .extract()
                .asByteArray();
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(BulkPublishTest::valid)
                .toList();
    }

    private static JsonObject valid(String line) {
        List<String> errors = validator.validateWithResult(line).getMessages().stream()
                .filter(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
                .map(SingleValidationMessage::toString)
                // Extensions of others are not among the definitions that the validator has.
                .filter(message -> !message.contains(EXTENSIONS))
                .toList();
        assertThat(errors).as(line).isEmpty();
        return new JsonObject(line);
    }

    private static JsonPath manifest() {
        return given().urlEncodingEnabled(false)
                .get("/fhir/$bulk-publish")
                .then()
                .statusCode(200)
                .contentType(startsWith("application/json"))
                .header("Cache-Control", "public, max-age=60")
                .extract()
                .jsonPath();
    }

    private static String url(JsonPath manifest, Schedules hospital, String type) {
        List<String> urls = manifest.getList("output.findAll { it.type == '" + type + "' }.url");
        return urls.stream()
                .filter(url -> url.contains("/" + hospital.source() + "/"))
                .findFirst()
                .orElseThrow();
    }

    private static Object extension(JsonObject slot, String name, String value) {
        return slot.getJsonArray("extension").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("url").equals(EXTENSIONS + name))
                .map(each -> each.getValue(value))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_manifest_leads_to_places_sessions_and_bands_that_refer_to_each_other() {
        Schedules hospital = hospital();
        JsonPath manifest = manifest();
        assertThat(manifest.getString("request")).endsWith("/fhir/$bulk-publish");
        assertThat(Instant.parse(manifest.getString("transactionTime"))).isBetween(now.minusSeconds(60), now);

        List<JsonObject> places = lines(url(manifest, hospital, "Location"));
        assertThat(places).extracting(place -> place.getString("name")).containsExactly("公开医院", "公开医院 东院区");
        assertThat(places.get(1).getJsonObject("position").getDouble("latitude"))
                .isEqualTo(30.1);
        assertThat(places.get(1).getJsonObject("partOf").getString("reference"))
                .isEqualTo("Location/" + hospital.source());

        List<JsonObject> sessions = lines(url(manifest, hospital, "Schedule"));
        assertThat(sessions).hasSize(1);
        JsonArray actors = sessions.get(0).getJsonArray("actor");
        assertThat(actors.getJsonObject(0).getString("reference"))
                .isEqualTo("Location/" + places.get(1).getString("id"));
        assertThat(actors.getJsonObject(1).getString("display")).isEqualTo("王建国 主任医师");

        List<JsonObject> bands = lines(url(manifest, hospital, "Slot"));
        assertThat(bands).hasSize(4).allSatisfy(band -> {
            assertThat(band.getJsonObject("schedule").getString("reference"))
                    .isEqualTo("Schedule/" + sessions.get(0).getString("id"));
            assertThat(band.getString("status")).isEqualTo("free");
            assertThat(extension(band, "slot-capacity", "valueInteger")).isEqualTo(3);
            assertThat((String) extension(band, "booking-deep-link", "valueUrl"))
                    .contains("/book/" + hospital.source() + "/CARD%2F1?date=" + day + "&slot=" + band.getString("id"));
        });
    }

    @Test
    void a_file_is_made_once_a_minute_and_not_sent_again_unchanged() {
        Schedules hospital = hospital();
        String url = url(manifest(), hospital, "Slot");
        Response first = given().get(url);
        String tag = first.header("ETag");
        pool.query("update slot set status = 'CLOSED' where hospital = '" + hospital.source() + "'")
                .execute()
                .await()
                .indefinitely();

        assertThat(given().get(url).asString()).isEqualTo(first.asString());
        Response unchanged = given().header("If-None-Match", tag).get(url);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.header("ETag")).isEqualTo(tag);
        assertThat(unchanged.asByteArray()).isEmpty();
        later();
        given().header("If-None-Match", tag).get(url).then().statusCode(200);
        assertThat(lines(url)).extracting(band -> band.getString("status")).containsOnly("busy");
        String manifestTag =
                given().urlEncodingEnabled(false).get("/fhir/$bulk-publish").header("ETag");
        given().urlEncodingEnabled(false)
                .header("If-None-Match", manifestTag)
                .get("/fhir/$bulk-publish")
                .then()
                .statusCode(304);
    }

    @Test
    void a_file_of_several_pages_is_whole_with_and_without_compression() {
        Schedules hospital = hospital();
        for (int session = 0; session < 150; session++) {
            hospital.session("M" + session, "D1", "CARD/1", day.plusDays(1), true)
                    .bands("M" + session, day.plusDays(1), true, 7, 3);
        }
        hospital.say();
        String url = url(manifest(), hospital, "Slot");
        String plain = given().config(io.restassured.RestAssured.config()
                        .decoderConfig(io.restassured.config.DecoderConfig.decoderConfig()
                                .noContentDecoders()))
                .get(url)
                .asString();
        assertThat(plain.lines()
                        .map(line -> new JsonObject(line).getString("id"))
                        .distinct())
                .hasSize(150 * 7 + 4);
        Response zipped = given().header("Accept-Encoding", "gzip").get(url);
        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(zipped.headers().getValues("Content-Encoding")).hasSize(1);
        assertThat(zipped.asString()).isEqualTo(plain);
        assertThat(given().header("Accept-Encoding", "gzip;q=0, br;q=0")
                        .get(url)
                        .header("Content-Encoding"))
                .isNotEqualTo("gzip");
    }

    @Test
    void sessions_that_were_moved_end_no_file_too_early_or_never() {
        Schedules hospital = hospital();
        for (int session = 0; session < 1_005; session++) {
            hospital.session("M" + session, "D1", "CARD/1", day.plusDays(1), true)
                    .bands("M" + session, day.plusDays(1), true, 1, 3);
        }
        hospital.say();
        pool.query("update clinic_session set visit_date = visit_date + 1 where code like 'M%' and hospital = '"
                        + hospital.source() + "'")
                .execute()
                .await()
                .indefinitely();
        later();

        assertThat(given().get(url(manifest(), hospital, "Schedule")).asString().lines())
                .hasSize(1_006);
    }

    @Test
    void an_unknown_hospital_has_no_file() {
        given().get("/fhir/bulk/nobody/Slot.ndjson").then().statusCode(404);
        given().get("/fhir/bulk/nobody/Patient.ndjson").then().statusCode(404);
    }
}
