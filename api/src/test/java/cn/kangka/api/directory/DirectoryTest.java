package cn.kangka.api.directory;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class DirectoryTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    private LocalDate today;

    @BeforeEach
    void ten_in_the_morning() {
        today = LocalDate.now(ZONE);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    @Test
    void shows_what_a_hospital_said_of_itself() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 2, 3).say();

        get("/v1/hospitals/" + hospital.source())
                .then()
                .statusCode(200)
                .body("id", equalTo(hospital.source()))
                .body("kind", equalTo("HOSPITAL"))
                .body("booking.horizonDays", equalTo(14));
        get("/v1/hospitals/" + hospital.source() + "/departments")
                .then()
                .statusCode(200)
                .body("items.name", contains("心血管内科"))
                .body("next", equalTo(null));
        get("/v1/hospitals/" + hospital.source() + "/doctors?department=CARD&q=wjg")
                .then()
                .statusCode(200)
                .body("items.name", contains("王建国"))
                .body("items[0].departments.name", contains("心血管内科"));
    }

    @Test
    void order_of_the_bundles_does_not_matter() {
        LocalDate day = today.plusDays(4);
        Schedules hospital = Schedules.fresh();

        hospital.bands("S1", day, true, 3, 2).say();
        hospital.session("S1", "D1", "CARD", day, true).say();
        hospital.role("D1", "CARD").say();
        hospital.doctor("D1", "李娜", "副主任医师").say();
        hospital.department("CARD", "心内科").say();
        hospital.hospital("后到的医院").say();

        get("/v1/slots?hospital=" + hospital.source() + "&department=CARD")
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body("items[0].doctorName", equalTo("李娜"))
                .body("items[0].departmentName", equalTo("心内科"))
                .body("items[0].free", equalTo(2))
                .body("items[0].fee", equalTo(25.5f));
    }

    @Test
    void a_hospital_speaks_of_itself_only() {
        Schedules other = Schedules.fresh().hospital("别家医院").say();

        Schedules.fresh()
                .hospital("本院")
                .hospital(other.source(), "冒名医院")
                .hospital("H-INVENTED", "虚构医院")
                .say();

        get("/v1/hospitals/" + other.source()).then().body("name", equalTo("别家医院"));
        get("/v1/hospitals/H-INVENTED").then().statusCode(404);
    }

    @Test
    void what_no_database_takes_is_the_clients_fault() {
        given().urlEncodingEnabled(false)
                .get("/v1/slots?hospital=H001%00")
                .then()
                .statusCode(400);
        given().urlEncodingEnabled(false)
                .get("/v1/slots?hospital=H001&from=%2B999999999-12-31")
                .then()
                .statusCode(422);
        get("/v1/slots?hospital=" + "H".repeat(101)).then().statusCode(400);
    }

    @Test
    void placeholders_are_not_shown() {
        Schedules hospital = Schedules.fresh().role("D1", "CARD").say();

        get("/v1/hospitals/" + hospital.source()).then().statusCode(404);
        get("/v1/hospitals/" + hospital.source() + "/departments").then().statusCode(404);
    }

    @Test
    void the_same_bundle_again_changes_nothing() {
        LocalDate day = today.plusDays(5);
        Schedules hospital = Schedules.fresh().morning(day, 7, 3).say();
        List<String> before = slots(hospital);

        hospital.morning(day, 7, 3).say();

        assertThat(slots(hospital)).hasSize(7).isEqualTo(before);
    }

    @Test
    void a_shrunken_schedule_shows_fewer_units() {
        LocalDate day = today.plusDays(5);
        Schedules hospital = Schedules.fresh().morning(day, 1, 30).say();
        hospital.bands("S1", day, true, 1, 10).say();

        get("/v1/slots?hospital=" + hospital.source()).then().body("items[0].free", equalTo(5));
    }

    @Test
    void finds_departments_by_name_and_initials_and_pages_through_them() {
        Schedules hospital = Schedules.fresh().hospital("翻页医院");
        for (int i = 0; i < 5; i++) {
            hospital.department("P" + i, "口腔科" + i);
        }
        hospital.say();
        String path = "/v1/hospitals/" + hospital.source() + "/departments?limit=2&q=kqk";

        String next = get(path).then().body("items", hasSize(2)).extract().path("next");
        get(path + "&cursor=" + next).then().body("items.code", contains("P2", "P3"));
        given().queryParam("q", "口腔科4").get("/v1/departments").then().body("items[0].code", equalTo("P4"));
        given().queryParam("q", "%").get("/v1/departments").then().body("items", hasSize(0));
    }

    @Test
    void says_which_parameter_is_wrong() {
        get("/v1/hospitals?kind=X").then().statusCode(400);
        get("/v1/hospitals?limit=201").then().statusCode(400);
        get("/v1/hospitals?cursor=%21").then().statusCode(422).body("violations[0].field", equalTo("cursor"));
        get("/v1/slots?hospital=H1&from=tomorrow").then().statusCode(422).body("violations[0].field", equalTo("from"));
        get("/v1/slots").then().statusCode(422).body("violations[0].field", equalTo("hospital"));
    }

    @Test
    void a_schedule_of_ten_thousand_bands_is_there_in_seconds() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(1), 1, 3).say();
        Instant start = Instant.now();
        for (int day = 1; day <= 14; day++) {
            for (int part = 0; part < 4; part++) {
                for (int session = 0; session < 25; session++) {
                    String code = "M" + day + "-" + part + "-" + session;
                    hospital.session(code, "D1", "CARD", today.plusDays(day), true)
                            .bands(code, today.plusDays(day), true, 7, 3);
                }
                hospital.say();
            }
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(pool.query("select count(*) from slot where hospital = '" + hospital.source() + "'")
                        .execute()
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getLong(0))
                .isEqualTo(14 * 4 * 25 * 7 + 1);
    }

    private static List<String> slots(Schedules hospital) {
        return get("/v1/slots?hospital=" + hospital.source()).then().extract().path("items.id");
    }
}
