package cn.kangka.api.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Search of the directory, and the nearest free bands. Every test uses codes and names of its own. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class SearchTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    private LocalDate day;

    @BeforeEach
    void ten_in_the_morning() {
        LocalDate today = LocalDate.now(ZONE);
        day = today.plusDays(3);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private static JsonPath search(Map<String, ?> query) {
        return given().queryParams(query)
                .get("/v1/directory/search")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath nearest(Map<String, ?> query) {
        return given().queryParams(query)
                .get("/v1/slots/nearest")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** A hospital at a place, with one department and a doctor who has a morning there. */
    private Schedules hospital(String name, String standard, String doctor, LocalDate date, double latitude) {
        Schedules hospital = Schedules.fresh();
        return hospital.hospital(name)
                .campus("EAST", "东院区", latitude, 121.0)
                .department("DEP", "钡餐琥珀科", standard, "EAST")
                .doctor("D1", doctor, "主任医师")
                .role("D1", "DEP", "琥珀症、疑难钛病")
                .session("S1", "D1", "DEP", date, true)
                .bands("S1", date, true, 3, 3)
                .say();
    }

    @Test
    void doctors_departments_and_hospitals_are_found_by_any_part_of_their_name() {
        Schedules hospital = hospital("云江璀璨医院", "88.01", "欧阳翡翠", day, 30);

        JsonPath byName = search(Map.of("q", "翡翠"));
        assertThat(byName.getList("items.name")).containsExactly("欧阳翡翠");
        assertThat(byName.getString("items[0].kind")).isEqualTo("DOCTOR");
        assertThat(byName.getString("items[0].departmentName")).isEqualTo("钡餐琥珀科");
        assertThat(byName.getString("items[0].campus")).isEqualTo("东院区");
        assertThat(byName.getString("items[0].nearestFree")).startsWith(day + "T08:30");
        assertThat(search(Map.of("q", "欧阳翡翠")).getList("items.name")).containsExactly("欧阳翡翠");
        assertThat(search(Map.of("q", "璀璨")).getList("items.id")).containsExactly(hospital.source());
        assertThat(search(Map.of("q", "璀璨")).getString("items[0].nearestFree")).startsWith(day + "T08:30");
        assertThat(search(Map.of("q", "疑难钛病")).getList("items.name")).contains("欧阳翡翠");
        assertThat(search(Map.of("q", "钛病 璀")).getList("items")).isEmpty();
    }

    @Test
    void initials_find_from_any_character_on() {
        hospital("云江啾啾医院", "88.02", "司徒静静静", day, 30);
        assertThat(search(Map.of("q", "stjjj")).getList("items.name")).containsExactly("司徒静静静");
        assertThat(search(Map.of("q", "TJJJ")).getList("items.name")).contains("司徒静静静");
    }

    @Test
    void a_symptom_leads_to_departments_the_nearest_first_and_a_red_flag_to_120() {
        Schedules far = hospital("远医院", "03.08", "张远", day, 31);
        Schedules near = hospital("近医院", "03.08", "张近", day, 30.01);
        JsonPath found = search(Map.of("q", "痛风", "near", "30,121", "limit", "50"));
        List<String> hospitals = found.getList("items.findAll { it.standardCode == '03.08' }.hospital");
        assertThat(hospitals).containsSubsequence(near.source(), far.source());
        assertThat(found.getInt("items.find { it.hospital == '" + near.source() + "' }.distance"))
                .isBetween(1_100, 1_125);
        assertThat(found.getList("symptoms.name")).containsExactly("痛风");
        assertThat(found.getString("symptoms[0].departments[0].code")).isEqualTo("03.08");
        assertThat(found.getString("urgent")).isNull();

        given().header("Accept-Language", "en")
                .queryParam("q", "chest pain")
                .get("/v1/directory/search")
                .then()
                .body("urgent", startsWith("This may be an emergency: call 120"))
                .body("symptoms[0].urgent", equalTo(true))
                .body("symptoms[0].departments[0].name", equalTo("Emergency medicine"));
        given().queryParam("q", "胸痛").get("/v1/directory/search").then().body("urgent", startsWith("可能需要急救"));
    }

    @Test
    void pages_go_on_where_the_last_one_ended() {
        Schedules hospital = Schedules.fresh().hospital("分页馥郁医院");
        for (int i = 0; i < 7; i++) {
            hospital.department("F" + i, "馥郁科" + i);
        }
        hospital.say();
        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page = search(Map.of("q", "馥郁", "limit", "3", "cursor", next));
            seen.addAll(page.getList("items.name"));
            next = page.getString("next");
        }
        assertThat(seen).hasSize(8).doesNotHaveDuplicates().contains("分页馥郁医院", "馥郁科6");
    }

    @Test
    void nearest_free_passes_over_what_this_channel_cannot_book() {
        Schedules hospital = hospital("满医院", "88.03", "夏侯满", day, 30);
        hospital.session("S2", "D1", "DEP", day.plusDays(1), false)
                .bands("S2", day.plusDays(1), false, 1, 5)
                .say();
        assertThat(search(Map.of("q", "夏侯满")).getString("items[0].nearestFree")).startsWith(day + "T08:30");
        pool.query("update clinic_session set taken = quota, taken_total = bookable where hospital = '"
                        + hospital.source() + "' and code = 'S1'")
                .execute()
                .await()
                .indefinitely();
        assertThat(search(Map.of("q", "夏侯满")).getString("items[0].nearestFree")).startsWith(day.plusDays(1) + "T14:00");
        assertThat(search(Map.of("q", "夏侯满", "from", day.plusDays(2).toString()))
                        .getString("items[0].nearestFree"))
                .isNull();
        assertThat(nearest(Map.of("department-code", "88.03")).getList("items.start"))
                .containsExactly(day.plusDays(1) + "T14:00:00+08:00");
    }

    @Test
    void first_free_bands_come_from_all_hospitals_and_the_nearest_place_gives_its_first() {
        Schedules late = hospital("后医院", "89.01", "张后", day.plusDays(1), 30.001);
        Schedules early = hospital("先医院", "89.02", "张先", day, 30.5);
        JsonPath first = nearest(Map.of("department-code", "89.01"));
        assertThat(first.getList("items.hospital")).containsOnly(late.source()).hasSize(3);
        assertThat(first.getInt("items[0].free")).isEqualTo(3);
        assertThat(first.getString("items[0].distance")).isNull();

        JsonPath near = nearest(Map.of("near", "30,121", "kind", "HOSPITAL", "limit", "50"));
        assertThat(near.getList("items.hospital", String.class))
                .containsSubsequence(late.source(), early.source())
                .doesNotHaveDuplicates();
        String doctor = nearest(Map.of("hospital", early.source())).getString("items[0].doctor");
        assertThat(nearest(Map.of("doctor", doctor, "near", "30,121", "limit", "2"))
                        .getList("items.start"))
                .containsExactly(day + "T08:30:00+08:00", day + "T09:00:00+08:00");
    }

    @Test
    void what_cannot_be_read_is_named() {
        given().get("/v1/directory/search").then().statusCode(400);
        given().queryParam("q", "头痛")
                .queryParam("near", "91,0")
                .get("/v1/directory/search")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("near"));
        given().get("/v1/slots/nearest").then().statusCode(422).body("violations[0].field", equalTo("department-code"));
        given().get("/v1/slots/nearest?hospital=H1&order=distance")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("near"));
        given().queryParam("q", "'\\&|!:*()")
                .get("/v1/directory/search")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void campuses_and_codes_are_shown_and_stay_when_they_are_not_said_again() {
        Schedules hospital = hospital("双院医院", "03.01", "张双", day, 30.25);
        hospital.campus("WEST", "西院区", 30.5, 121.5).department("DEP", "改名科").say();

        given().get("/v1/hospitals/" + hospital.source())
                .then()
                .body("campuses.name", equalTo(List.of("东院区", "西院区")))
                .body("position.latitude", equalTo(30.25f));
        given().get("/v1/hospitals/" + hospital.source() + "/departments")
                .then()
                .body("items[0].name", equalTo("改名科"))
                .body("items[0].standardCode", equalTo("03.01"))
                .body("items[0].campus", equalTo("东院区"));
    }
}
