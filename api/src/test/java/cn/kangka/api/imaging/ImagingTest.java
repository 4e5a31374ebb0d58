package cn.kangka.api.imaging;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.api.imaging.FakePacs.Mood;
import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.Clinic.Link;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ImagingTest {
    private static final FakePacs PACS = FakePacs.start();
    private static final AtomicLong NEXT = new AtomicLong(100);

    @Inject
    Clinic clinic;

    @Inject
    MovableClock clock;

    @Inject
    Hospitals hospitals;

    /** Hospitals of their own for each test, so that an open circuit of one test is not another's. */
    private final String firstSource = "P" + NEXT.incrementAndGet();

    private final String secondSource = "P" + NEXT.incrementAndGet();
    private final Link first = Link.at(firstSource);
    private final Link second = Link.at(secondSource);
    private final String firstNumber = "A" + NEXT.incrementAndGet();
    private final String secondNumber = "B" + NEXT.incrementAndGet();
    private final String study = "1.2.826." + NEXT.incrementAndGet();
    private final String other = "1.2.826." + NEXT.incrementAndGet();
    private UUID person;
    private UUID account;

    @BeforeEach
    void aPersonOfTwoHospitals() {
        TestArchives.known(
                hospitals, Map.of(firstSource, PACS.base(firstSource), secondSource, PACS.base(secondSource)));
        person = clinic.person(first, second);
        account = clinic.account(person, 2);
        TestArchives.numbers(person, Map.of(first, firstNumber, second, secondNumber));
    }

    @AfterEach
    void settle() {
        clock.reset();
    }

    @Test
    void studies_of_every_hospital_are_listed() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        PACS.store(secondSource, secondNumber, other, "胸部CT", 1);

        list(account)
                .statusCode(200)
                .header("Cache-Control", containsString("no-store"))
                .body("items", hasSize(2))
                .body("incomplete", hasSize(0))
                .body("items.find { it.hospital.id == '%s' }.description".formatted(firstSource), equalTo("头颅CT平扫"))
                .body(
                        "items.find { it.hospital.id == '%s' }.hospital.name".formatted(firstSource),
                        equalTo("医院" + firstSource))
                .body("items[0].modality", equalTo("CT"))
                .body("items[0].date", equalTo("2026-11-20"))
                .body("items.images.sum()", equalTo(4));
        assertThat(clinic.audited(account, null)).containsExactly("imaging.list ALLOWED");
    }

    @Test
    void an_archive_is_asked_again_only_after_a_minute_and_studies_it_no_longer_has_are_gone() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        UUID id = only(account);
        PACS.remove(study);

        assertThat(only(account)).isEqualTo(id);
        assertThat(PACS.asked("/" + firstSource + "/dicom-web/studies?")).isEqualTo(1);

        clock.move(Duration.ofSeconds(61));
        list(account).body("items", hasSize(0));
    }

    @Test
    void an_archive_that_is_down_costs_its_own_part_only_and_is_named() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        PACS.store(secondSource, secondNumber, other, "胸部CT", 1);
        PACS.mood(secondSource, Mood.DOWN);

        list(account).statusCode(200).body("items", hasSize(1)).body("incomplete", contains(secondSource));

        PACS.mood(secondSource, Mood.WELL);
        list(account).body("items", hasSize(2)).body("incomplete", hasSize(0));
    }

    @Test
    void a_silent_archive_is_given_up_after_its_timeout_and_what_was_known_of_it_is_shown() {
        PACS.store(secondSource, secondNumber, other, "胸部CT", 1);
        only(account);
        PACS.mood(secondSource, Mood.SLOW);
        clock.move(Duration.ofSeconds(61));

        list(account).statusCode(200).body("items", hasSize(1)).body("incomplete", contains(secondSource));
    }

    @Test
    void an_archive_that_keeps_failing_is_left_alone_for_a_while() {
        PACS.mood(secondSource, Mood.DOWN);
        for (int i = 0; i < 8; i++) {
            list(account).body("incomplete", contains(secondSource));
        }
        long asked = PACS.asked("/" + secondSource + "/");

        list(account).body("incomplete", contains(secondSource));

        assertThat(PACS.asked("/" + secondSource + "/")).isEqualTo(asked).isLessThanOrEqualTo(8);
    }

    @Test
    void what_an_archive_tells_of_another_patient_is_not_believed() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        PACS.store(firstSource, "SOMEBODY-ELSE", other, "别人的", 1);
        PACS.mood(firstSource, Mood.TALKATIVE);

        list(account).body("items.description", contains("头颅CT平扫"));
    }

    @Test
    void a_number_with_wildcards_finds_nobody_else() {
        PACS.store(firstSource, "A1", study, "别人的", 1);
        PACS.mood(firstSource, Mood.TALKATIVE);
        TestArchives.numbers(person, Map.of(first, "A*"));

        list(account).body("items", hasSize(0));
    }

    @Test
    void when_the_index_is_silent_the_known_studies_are_shown_and_all_are_named_incomplete() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        only(account);
        Neighbours.EMPI.answer("GET", "/v1/persons/" + person, asked -> new Neighbours.Answer(500, "{}"));
        clock.move(Duration.ofSeconds(61));

        list(account).body("items", hasSize(1)).body("incomplete", contains(firstSource, secondSource));
    }

    @Test
    void a_study_is_opened_with_its_images_in_order() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        UUID id = only(account);

        as(account)
                .get("/v1/me/imaging/" + id)
                .then()
                .statusCode(200)
                .body("hospital.id", equalTo(firstSource))
                .body("series", hasSize(1))
                .body("series[0].uid", equalTo(FakePacs.SERIES))
                .body("series[0].description", equalTo("轴位"))
                .body("series[0].instances.number", contains(1, 2, 3))
                .body("series[0].instances[0].uid", equalTo(FakePacs.image(study, 1)));
        assertThat(clinic.audited(account, id.toString())).containsExactly("imaging.read ALLOWED");
    }

    @Test
    void a_picture_is_streamed_unchanged_and_never_kept() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        UUID id = only(account);

        byte[] picture = picture(account, id, FakePacs.image(study, 2), "rendered")
                .statusCode(200)
                .contentType("image/jpeg")
                .header("Cache-Control", equalTo("private, no-store"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .extract()
                .asByteArray();

        assertThat(picture).isEqualTo(FakePacs.PICTURE);
        assertThat(clinic.audited(account, id + "/" + FakePacs.image(study, 2)))
                .containsExactly("imaging.view ALLOWED");
        picture(account, id, FakePacs.image(study, 2), "thumbnail").statusCode(200);
        assertThat(PACS.asked(FakePacs.image(study, 2) + "/rendered?viewport=160,160"))
                .isEqualTo(1);
    }

    @Test
    void nobody_else_sees_a_study_or_a_picture_and_the_attempts_are_in_the_audit() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        UUID id = only(account);
        String image = FakePacs.image(study, 1);
        UUID stranger = clinic.account(clinic.person(Link.at(firstSource)), 3);

        as(stranger).get("/v1/me/imaging/" + id).then().statusCode(404).body("type", equalTo("/problems/not-found"));
        picture(stranger, id, image, "rendered").statusCode(404);
        picture(stranger, id, image, "thumbnail").statusCode(404);

        assertThat(PACS.asked(study)).isZero();
        assertThat(clinic.audited(stranger, id.toString())).containsExactly("imaging.read DENIED");
        assertThat(clinic.audited(stranger, id + "/" + image))
                .containsExactly("imaging.view DENIED", "imaging.view DENIED");
        given().get("/v1/me/imaging/" + id + "/instances/" + image + "/rendered")
                .then()
                .statusCode(401);
    }

    @Test
    void an_image_of_another_study_is_not_found_through_ones_own() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        PACS.store(firstSource, "SOMEBODY-ELSE", other, "别人的", 1);
        UUID id = only(account);

        picture(account, id, FakePacs.image(other, 1), "rendered").statusCode(404);

        assertThat(PACS.asked(FakePacs.image(other, 1))).isZero();
        as(account)
                .urlEncodingEnabled(false)
                .get("/v1/me/imaging/" + id + "/instances/..%2F..%2Fx/rendered")
                .then()
                .statusCode(400);
    }

    @Test
    void an_archive_that_is_down_or_sends_no_picture_is_503_and_an_endless_one_is_cut_off() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        UUID id = only(account);
        String image = FakePacs.image(study, 1);
        picture(account, id, image, "rendered").statusCode(200);

        PACS.mood(firstSource, Mood.ODD);
        picture(account, id, image, "rendered").statusCode(503).body("type", equalTo("/problems/unavailable"));
        PACS.mood(firstSource, Mood.HUGE);
        picture(account, id, image, "rendered").statusCode(503);
        PACS.mood(firstSource, Mood.ENDLESS);
        assertThatThrownBy(
                        () -> picture(account, id, image, "rendered").extract().asByteArray())
                .isNotInstanceOf(AssertionError.class);
        PACS.mood(firstSource, Mood.DOWN);
        picture(account, id, image, "rendered").statusCode(503);
    }

    @Test
    void a_split_takes_the_images_along() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        UUID id = only(account);
        UUID apart = Ids.next();

        clinic.changed(apart, 1, null, first.next());
        clinic.changed(person, 2, null, second);

        as(account).get("/v1/me/imaging/" + id).then().statusCode(404);
        picture(account, id, FakePacs.image(study, 1), "rendered").statusCode(404);
        list(account).body("items", hasSize(0));
        UUID owner = clinic.account(apart, 2);
        as(owner).get("/v1/me/imaging/" + id).then().statusCode(200);
    }

    @Test
    void it_takes_level_2() {
        UUID named = clinic.account(clinic.person(), 1);

        list(named).statusCode(403).body("type", equalTo("/problems/level-required"));
        picture(named, Ids.next(), "1.2", "rendered").statusCode(403);
    }

    @Test
    void numbers_of_patients_are_sealed_in_the_database() {
        PACS.store(firstSource, firstNumber, study, "头颅CT平扫", 3);
        only(account);

        assertThat(clinic.rows(
                        "select encode(local_id, 'escape') from imaging_patient where identity = $1",
                        io.vertx.mutiny.sqlclient.Tuple.of(first.identity())))
                .singleElement()
                .satisfies(row -> assertThat(row.getString(0)).doesNotContain(firstNumber));
    }

    private UUID only(UUID whose) {
        return UUID.fromString(
                list(whose).statusCode(200).body("items", hasSize(1)).extract().path("items[0].id"));
    }

    private static ValidatableResponse list(UUID account) {
        return as(account).get("/v1/me/imaging").then();
    }

    private static ValidatableResponse picture(UUID account, UUID study, String image, String form) {
        return as(account)
                .get("/v1/me/imaging/" + study + "/instances/" + image + "/" + form)
                .then();
    }

    private static io.restassured.specification.RequestSpecification as(UUID account) {
        return given().header("Authorization", "Bearer " + TestTokens.citizen(account, 2));
    }
}
