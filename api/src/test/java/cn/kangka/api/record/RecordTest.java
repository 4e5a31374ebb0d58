package cn.kangka.api.record;

import static cn.kangka.api.testing.Clinic.eventually;
import static cn.kangka.api.testing.Clinic.notices;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.Clinic.Link;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class RecordTest {
    private static final String WBC = "6690-2";

    @Inject
    Clinic clinic;

    @Inject
    MovableClock clock;

    @Inject
    ReportReleases releases;

    private final String run = Ids.next() + "-";
    private final Link first = Link.at("H001");
    private final Link second = Link.at("H002");

    @AfterEach
    void settle() {
        clock.reset();
    }

    @Test
    void a_final_report_is_listed_and_read_and_both_are_in_the_access_audit() {
        UUID account = clinic.account(clinic.person(first), 2);

        clinic.says(
                first,
                report(first, "A1").value(WBC, "白细胞", 11.2, "10*9/L", "H").resources());

        UUID id = only(account);
        list(account)
                .body("items[0].hospital.id", equalTo("H001"))
                .body("items[0].hospital.name", equalTo("市第一人民医院"))
                .body("items[0].title", equalTo("血常规"))
                .body("items[0].category", equalTo("LAB"))
                .body("items[0].status", equalTo("FINAL"))
                .body("items[0].issuedAt", equalTo("2026-11-20T10:00:00+08:00"))
                .body("items[0].abnormal", equalTo(1))
                .body("items[0].read", equalTo(false))
                .body("items[0].version", equalTo(1))
                .body("next", nullValue());
        read(account, id)
                .statusCode(200)
                .header("Cache-Control", containsString("no-store"))
                .body("observations[0].code", equalTo(WBC))
                .body("observations[0].name", equalTo("白细胞"))
                .body("observations[0].value", equalTo(11.2f))
                .body("observations[0].unit", equalTo("10*9/L"))
                .body("observations[0].flag", equalTo("H"))
                .body("observations[0].referenceRange.low", equalTo(3.5f))
                .body("observations[0].referenceRange.text", equalTo("3.5-9.5"))
                .body("observations[0].article.id", equalTo("blood-count"))
                .body("observations[0].trend", hasSize(0))
                .body("article.id", equalTo("blood-count"))
                .body("earlier", hasSize(0));
        list(account).body("items[0].read", equalTo(true));
        assertThat(clinic.audited(account, id.toString())).containsExactly("report.read ALLOWED");
        assertThat(clinic.audited(account, null))
                .containsOnly("report.list ALLOWED")
                .hasSize(3);
    }

    @Test
    void nobody_else_reads_it_and_the_attempt_is_in_the_audit_of_whose_it_is() {
        UUID person = clinic.person(first);
        UUID owner = clinic.account(person, 2);
        UUID stranger = clinic.account(clinic.person(second), 3);
        clinic.says(first, report(first, "A1").resources());
        UUID id = only(owner);

        read(stranger, id).statusCode(404).body("type", equalTo("/problems/not-found"));
        read(stranger, Ids.next()).statusCode(404).body("type", equalTo("/problems/not-found"));

        list(stranger).body("items", hasSize(0));
        assertThat(clinic.audited(stranger, id.toString())).containsExactly("report.read DENIED");
        assertThat(clinic.rows(
                        "select 1 from audit_entry where person = $1 and actor = $2 and outcome = 'DENIED'",
                        Tuple.of(person, stranger.toString())))
                .hasSize(1);
    }

    @Test
    void reading_takes_level_2_an_active_account_and_a_citizens_token() {
        UUID named = clinic.account(clinic.person(first), 1);
        UUID suspended = clinic.account(clinic.person(second), 2);
        clinic.suspend(suspended);

        list(named)
                .statusCode(403)
                .body("type", equalTo("/problems/level-required"))
                .body("required", equalTo(2));
        read(named, Ids.next()).statusCode(403);
        list(suspended).statusCode(403).body("type", equalTo("/problems/account-suspended"));
        given().get("/v1/me/reports").then().statusCode(401);
        given().header("Authorization", "Bearer " + TestTokens.staff("agent1", "agent"))
                .get("/v1/me/reports")
                .then()
                .statusCode(403);
    }

    @Test
    void the_list_goes_by_pages_over_all_hospitals_newest_first() {
        UUID account = clinic.account(clinic.person(first, second), 2);
        for (int day = 10; day < 15; day++) {
            clinic.says(first, report(first, "A" + day).at("2026-10-" + day).resources());
            clinic.says(second, report(second, "B" + day).at("2026-10-" + day).resources());
        }

        List<String> times = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = as(account)
                    .queryParams(cursor == null ? Map.of("limit", 3) : Map.of("limit", 3, "cursor", cursor))
                    .get("/v1/me/reports")
                    .jsonPath();
            times.addAll(page.getList("items.issuedAt"));
            ids.addAll(page.getList("items.id"));
            cursor = page.getString("next");
        } while (cursor != null);

        assertThat(ids).hasSize(10).doesNotHaveDuplicates();
        assertThat(times)
                .isSortedAccordingTo(java.util.Comparator.<String>naturalOrder().reversed());
    }

    @Test
    void the_same_message_again_changes_nothing_and_gives_one_notice() {
        UUID account = clinic.account(clinic.person(first), 2);

        clinic.says(
                first, report(first, "A1").value(WBC, "白细胞", 5, "10*9/L", "N").resources());
        clinic.says(
                first,
                report(first, "A1")
                        .with("issued", "2026-11-20T11:00:00+08:00")
                        .value(WBC, "白细胞", 5, "10*9/L", "N")
                        .resources());

        UUID id = only(account);
        eventually(() -> !notices(account, "report-ready").isEmpty());
        Clinic.pause(Duration.ofSeconds(1));
        assertThat(notices(account, "report-ready")).singleElement().satisfies(notice -> {
            assertThat(notice.getString("key")).isEqualTo("report-ready:" + id);
            assertThat(notice.getString("link")).isEqualTo("/reports/" + id);
            assertThat(notice.getJsonObject("params").getString("hospital")).isEqualTo("市第一人民医院");
            assertThat(notice.encode()).doesNotContain("血常规", "白细胞");
        });
    }

    @Test
    void a_corrected_report_supersedes_and_the_earlier_version_stays_readable() {
        UUID account = clinic.account(clinic.person(first), 2);
        clinic.says(
                first, report(first, "A1").value(WBC, "白细胞", 50, "10*9/L", "HH").resources());
        UUID wrong = only(account);

        clinic.says(
                first,
                report(first, "A1")
                        .with("status", "corrected")
                        .with("issued", "2026-11-20T12:00:00+08:00")
                        .value(WBC, "白细胞", 5.0, "10*9/L", "N")
                        .resources());

        UUID right = only(account);
        assertThat(right).isNotEqualTo(wrong);
        list(account).body("items[0].status", equalTo("CORRECTED")).body("items[0].version", equalTo(2));
        read(account, right)
                .body("observations[0].value", equalTo(5.0f))
                .body("observations[0].trend", hasSize(0))
                .body("earlier.id", contains(wrong.toString()));
        read(account, wrong)
                .statusCode(200)
                .body("status", equalTo("SUPERSEDED"))
                .body("supersededBy", equalTo(right.toString()))
                .body("observations[0].value", equalTo(50f));
        eventually(() -> notices(account, "report-ready").size() == 2);
    }

    @Test
    void a_preliminary_result_stays_hidden_until_the_final_one() {
        UUID account = clinic.account(clinic.person(first), 2);

        clinic.says(first, report(first, "A1").with("status", "preliminary").resources());
        list(account).body("items", hasSize(0));

        clinic.says(
                first,
                report(first, "A1").with("issued", "2026-11-20T12:00:00+08:00").resources());
        UUID id = only(account);
        read(account, id).body("earlier", hasSize(0)).body("version", equalTo(2));
    }

    @Test
    void pathology_is_shown_and_told_after_three_days() {
        UUID account = clinic.account(clinic.person(first), 2);
        clinic.says(
                first,
                report(first, "P1").titled("胃镜活检病理").text("诊断", "慢性浅表性胃炎").resources());
        UUID id = idOf(first);

        clock.move(Duration.ofDays(3).minusMinutes(1));
        releases.run().await().atMost(Duration.ofSeconds(5));
        list(account).body("items", hasSize(0));
        read(account, id).statusCode(404);
        assertThat(notices(account, "report-ready")).isEmpty();

        clock.move(Duration.ofMinutes(2));
        releases.run().await().atMost(Duration.ofSeconds(5));
        list(account).body("items.id", contains(id.toString()));
        read(account, id).body("observations[0].value", equalTo("慢性浅表性胃炎"));
        eventually(() -> notices(account, "report-ready").size() == 1);
    }

    @Test
    void hiv_is_shown_only_when_a_clinician_of_that_hospital_releases_it() {
        UUID account = clinic.account(clinic.person(first), 2);
        clinic.says(first, report(first, "V1").titled("HIV 抗体").text("结果", "阴性").resources());
        UUID id = idOf(first);

        clock.move(Duration.ofDays(400));
        releases.run().await().atMost(Duration.ofSeconds(5));
        read(account, id).statusCode(404);
        release("H002", "V1").statusCode(404);
        read(account, id).statusCode(404);

        release("H001", "V1").statusCode(204);
        release("H001", "V1").statusCode(204);
        read(account, id).statusCode(200);
        eventually(() -> notices(account, "report-ready").size() == 1);
        assertThat(notices(account, "report-ready").get(0).encode()).doesNotContain("HIV");
    }

    @Test
    void a_trend_joins_earlier_values_of_the_same_code_and_unit_of_every_hospital() {
        UUID account = clinic.account(clinic.person(first, second), 2);
        clinic.says(
                first,
                report(first, "A1")
                        .at("2026-01-10")
                        .value(WBC, "白细胞", 4, "10*9/L", "N")
                        .resources());
        clinic.says(
                second,
                report(second, "B1")
                        .at("2026-03-10")
                        .value(WBC, "WBC", 5, "10*9/L", "N")
                        .resources());
        clinic.says(
                second,
                report(second, "B2")
                        .at("2026-04-10")
                        .value(WBC, "WBC", 5000, "/uL", "N")
                        .resources());
        clinic.says(
                first,
                report(first, "A2")
                        .at("2026-05-10")
                        .value(WBC, "白细胞", 6, "10*9/L", "N")
                        .resources());
        clinic.says(
                first,
                report(first, "A3")
                        .at("2026-06-10")
                        .value(WBC, "白细胞", 7, "10*9/L", "N")
                        .resources());

        UUID middle = UUID.fromString(list(account).extract().path("items[1].id"));

        read(account, middle)
                .body("observations[0].trend.value", contains(4f, 5f, 6f))
                .body("observations[0].trend[1].at", equalTo("2026-03-10T08:00:00+08:00"))
                .body("observations[0].trend[1].hospital", notNullValue());
    }

    @Test
    void a_trend_has_at_most_twenty_points_and_the_newest_of_them() {
        UUID account = clinic.account(clinic.person(first), 2);
        for (int day = 1; day <= 25; day++) {
            String date = "2026-05-%02d".formatted(day);
            clinic.says(
                    first,
                    report(first, "A" + day)
                            .at(date)
                            .value(WBC, "白细胞", day, "10*9/L", "N")
                            .resources());
        }

        UUID newest = UUID.fromString(list(account).extract().path("items[0].id"));

        read(account, newest)
                .body("observations[0].trend", hasSize(20))
                .body("observations[0].trend[0].value", equalTo(6f))
                .body("observations[0].trend[19].value", equalTo(25f));
    }

    @Test
    void a_merge_and_a_split_move_reports_by_themselves() {
        UUID survivor = clinic.person(first);
        UUID loser = clinic.person(second);
        UUID account = clinic.account(survivor, 2);
        UUID other = clinic.account(clinic.person(), 2);
        clinic.says(
                first,
                report(first, "A1")
                        .at("2026-01-10")
                        .value(WBC, "白细胞", 4, "10*9/L", "N")
                        .resources());
        clinic.says(
                second,
                report(second, "B1")
                        .at("2026-02-10")
                        .value(WBC, "白细胞", 5, "10*9/L", "N")
                        .resources());
        UUID moving = idOf(second);
        read(account, moving).statusCode(404);

        clinic.changed(survivor, 2, null, first, second.next());
        clinic.changed(loser, 2, survivor);

        list(account).body("items", hasSize(2)).body("items[0].id", equalTo(moving.toString()));
        read(account, moving).statusCode(200).body("observations[0].trend.value", contains(4f, 5f));

        UUID apart = Ids.next();
        clinic.changed(apart, 1, null, second.next().next());
        clinic.changed(survivor, 3, null, first);
        UUID owner = clinic.account(apart, 2);

        list(account).body("items", hasSize(1));
        read(account, moving).statusCode(404);
        list(owner).body("items.id", contains(moving.toString()));
        read(owner, moving).body("observations[0].trend", hasSize(0));
        read(other, moving).statusCode(404);
    }

    @Test
    void a_report_that_comes_before_its_identity_is_kept_and_told_once_it_is_known() {
        UUID account = clinic.account(Ids.next(), 2);
        UUID person = clinic.rows("select person from account where id = $1", Tuple.of(account))
                .get(0)
                .getUUID(0);
        clinic.says(first, report(first, "A1").resources());
        releases.run().await().atMost(Duration.ofSeconds(5));
        list(account).body("items", hasSize(0));

        clinic.changed(person, 1, null, first);
        releases.run().await().atMost(Duration.ofSeconds(5));
        releases.run().await().atMost(Duration.ofSeconds(5));

        only(account);
        eventually(() -> !notices(account, "report-ready").isEmpty());
        assertThat(notices(account, "report-ready")).hasSize(1);
    }

    @Test
    void a_report_that_the_hospital_gives_to_another_patient_is_readable_by_that_one_only() {
        UUID wrong = clinic.account(clinic.person(first), 2);
        Link neighbour = Link.at("H001");
        UUID right = clinic.account(clinic.person(neighbour), 2);
        clinic.says(first, report(first, "A1").resources());
        UUID before = only(wrong);

        clinic.says(
                neighbour, report(neighbour, "A1").with("status", "corrected").resources());

        list(wrong).body("items", hasSize(0));
        read(wrong, before).statusCode(404);
        read(right, only(right)).statusCode(200).body("earlier", hasSize(0));
    }

    @Test
    void reports_of_two_hospitals_with_the_same_number_are_two() {
        UUID account = clinic.account(clinic.person(first, second), 2);

        clinic.says(first, report(first, "SAME").resources());
        clinic.says(second, report(second, "SAME").resources());

        list(account).body("items", hasSize(2));
    }

    @Test
    void a_bundle_about_another_subject_or_without_a_number_is_parked() {
        JsonObject foreign = report(second, "X").resources()[0];
        JsonObject numberless =
                report(first, "X").with("identifier", new JsonArray()).resources()[0];

        assertThat(outcome(foreign.put(
                        "identifier",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("system", "urn:kangka:report:H001")
                                        .put("value", "X")))))
                .isEqualTo("PARK");
        assertThat(outcome(numberless)).isEqualTo("PARK");
    }

    @Test
    void the_newest_report_is_on_the_summary_of_its_person_only() {
        UUID account = clinic.account(clinic.person(first), 2);
        UUID stranger = clinic.account(clinic.person(second), 2);
        clinic.says(first, report(first, "A1").at("2026-01-10").resources());
        clinic.says(first, report(first, "A2").at("2026-02-10").titled("肝功能").resources());

        as(account).get("/v1/me/summary").then().statusCode(200).body("newestReport.title", equalTo("肝功能"));
        as(stranger).get("/v1/me/summary").then().statusCode(200).body("newestReport", nullValue());
    }

    @Test
    void free_text_is_sealed_in_the_database() {
        clinic.person(first);
        clinic.says(
                first,
                report(first, "SECRET-7")
                        .with("conclusion", "张三丰")
                        .text("所见", "张三丰")
                        .resources());

        assertThat(clinic.rows(
                        "select r::text || coalesce(o::text, '') from report r left join observation o"
                                + " on o.report = r.id where r.identity = $1",
                        Tuple.of(first.identity())))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.getString(0)).doesNotContain("张三丰", "SECRET-7"));
    }

    private String outcome(JsonObject resource) {
        return Clinic.send(
                "clinical.bundle",
                first.identity(),
                1,
                new JsonObject()
                        .put("identity", first.identity().toString())
                        .put("source", "H001")
                        .put(
                                "bundle",
                                new JsonObject()
                                        .put(
                                                "entry",
                                                new JsonArray().add(new JsonObject().put("resource", resource)))));
    }

    /** A number of a report is unique at its hospital; each test has its own. */
    private TestReport report(Link link, String number) {
        return TestReport.of(link, run + number);
    }

    private ValidatableResponse release(String hospital, String number) {
        return given().header(
                        "Authorization",
                        "Bearer " + TestTokens.client("his", "hospital", "", Map.of("source", hospital)))
                .contentType("application/json")
                .body(Map.of("number", run + number, "by", "D007"))
                .post("/v1/reports/releases")
                .then();
    }

    private UUID idOf(Link link) {
        return clinic.rows("select id from report where identity = $1", Tuple.of(link.identity()))
                .get(0)
                .getUUID(0);
    }

    private UUID only(UUID account) {
        return UUID.fromString(list(account)
                .statusCode(200)
                .body("items", hasSize(1))
                .extract()
                .path("items[0].id"));
    }

    private static ValidatableResponse list(UUID account) {
        return as(account).get("/v1/me/reports").then();
    }

    private static ValidatableResponse read(UUID account, UUID id) {
        return as(account).get("/v1/me/reports/" + id).then();
    }

    private static io.restassured.specification.RequestSpecification as(UUID account) {
        return given().header("Authorization", "Bearer " + TestTokens.citizen(account, 2));
    }
}
