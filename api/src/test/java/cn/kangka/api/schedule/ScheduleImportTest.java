package cn.kangka.api.schedule;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions as a file, from the upload to what can be booked. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ScheduleImportTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String SUPERVISOR =
            Agent.supervisor("import-supervisor").token();

    @Inject
    MovableClock clock;

    private LocalDate day;
    private Schedules hospital;

    @BeforeEach
    void ten_in_the_morning() {
        LocalDate today = LocalDate.now(ZONE);
        day = today.plusDays(3);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        hospital = Schedules.fresh().hospital("文件医院").say();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private String file(String doctorName, String start, int units) {
        return "日期,科室代码,科室名称,诊疗科目,医生代码,医生姓名,职称,开始,时段分钟,时段数,每段号数,挂号费\n"
                + "%s,NK,内科,03,D001,%s,主任医师,%s,30,4,%d,25\n".formatted(day, doctorName, start, units);
    }

    private Response send(String token, String more, byte[] file) {
        return given().auth()
                .oauth2(token)
                .contentType("text/csv")
                .body(file)
                .post("/v1/schedule-imports?hospital=" + hospital.source() + more);
    }

    private Response slots() {
        return given().get("/v1/slots?hospital=" + hospital.source());
    }

    @Test
    void a_file_brings_departments_doctors_and_sessions_and_again_changes_nothing() {
        byte[] file = file("陈晓明", "08:30", 5).getBytes(GB18030);
        send(SUPERVISOR, "&dryRun=true", file)
                .then()
                .statusCode(200)
                .body("saved", equalTo(false))
                .body("created", equalTo(1))
                .body("errors", hasSize(0));
        slots().then().body("items", hasSize(0));

        send(SUPERVISOR, "", file)
                .then()
                .statusCode(200)
                .body("saved", equalTo(true))
                .body("departments", equalTo(1))
                .body("doctors", equalTo(1));
        slots().then()
                .body("items", hasSize(4))
                .body("items[0].doctorName", equalTo("陈晓明"))
                .body("items[0].doctorTitle", equalTo("主任医师"))
                .body("items[0].free", equalTo(5));
        given().get("/v1/hospitals/" + hospital.source() + "/departments")
                .then()
                .body("items[0].standardCode", equalTo("03"));

        send(TestTokens.client("his", "hospital", "", Map.of("source", hospital.source())), "", file)
                .then()
                .statusCode(200)
                .body("created", equalTo(0));
        slots().then().body("items", hasSize(4));
    }

    @Test
    void a_workbook_is_taken_like_text_and_its_faults_are_told_in_the_same_way() {
        String[] header = "日期,科室代码,科室名称,医生代码,医生姓名,开始,时段分钟,时段数,每段号数,挂号费".split(",");
        String[] good = {day.toString(), "NK", "内科", "D001", "陈晓明", "08:30", "30", "4", "5", "25"};
        String[] bad = {day.toString(), "NK", "内科", "D002", "林", "25:00", "30", "4", "5", "25"};

        send(SUPERVISOR, "", TestWorkbook.of(header, good, bad))
                .then()
                .statusCode(422)
                .body("errors", hasSize(1))
                .body("errors[0].row", equalTo(3))
                .body("errors[0].column", equalTo("开始"))
                .body("errors[0].rule", equalTo("format"));
        send(SUPERVISOR, "", TestWorkbook.of(header, good))
                .then()
                .statusCode(200)
                .body("saved", equalTo(true))
                .body("created", equalTo(1));
        slots().then().body("items", hasSize(4)).body("items[0].doctorName", equalTo("陈晓明"));

        byte[] broken = Arrays.copyOf(TestWorkbook.of(header, good), 300);
        send(SUPERVISOR, "&dryRun=true", broken)
                .then()
                .statusCode(200)
                .body("errors", hasSize(1))
                .body("errors[0].rule", equalTo("unreadable"))
                .body("errors[0].message", startsWith("无法读取"));
    }

    @Test
    void a_file_may_be_as_large_as_is_said_and_no_larger() {
        byte[] file = Arrays.copyOf(file("陈晓明", "08:30", 5).getBytes(UTF_8), 2 << 20);
        Arrays.fill(file, file("陈晓明", "08:30", 5).getBytes(UTF_8).length, file.length, (byte) ' ');

        send(SUPERVISOR, "&dryRun=true", file).then().statusCode(200).body("created", equalTo(1));
        send(SUPERVISOR, "&dryRun=true", Arrays.copyOf(file, file.length + 1))
                .then()
                .statusCode(413)
                .body("type", endsWith("/problems/too-large"));
    }

    @Test
    void one_fault_and_nothing_is_saved() {
        String bad = file("陈晓明", "08:30", 5) + day + ",NK,内科,03,D002,林,主任医师,25:00,30,4,5,25\n";
        given().header("Accept-Language", "en")
                .auth()
                .oauth2(SUPERVISOR)
                .contentType("text/csv")
                .body(bad.getBytes(UTF_8))
                .post("/v1/schedule-imports?hospital=" + hospital.source())
                .then()
                .statusCode(422)
                .body("type", endsWith("/problems/schedule-file-refused"))
                .body("errors", hasSize(1))
                .body("errors[0].row", equalTo(3))
                .body("errors[0].column", equalTo("开始"))
                .body("errors[0].rule", equalTo("format"))
                .body("errors[0].message", equalTo("has the wrong format"));
        slots().then().body("items", hasSize(0));
        send(SUPERVISOR, "&dryRun=true", bad.getBytes(UTF_8))
                .then()
                .statusCode(200)
                .body("errors", hasSize(1));
    }

    @Test
    void what_is_known_is_neither_renamed_nor_moved() {
        send(SUPERVISOR, "", file("陈晓明", "08:30", 5).getBytes(UTF_8)).then().statusCode(200);
        send(SUPERVISOR, "", file("陈小明", "08:30", 5).getBytes(UTF_8))
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("another-name"));
        send(SUPERVISOR, "", file("陈晓明", "09:00", 5).getBytes(UTF_8))
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("published"));
        send(SUPERVISOR, "", file("陈晓明", "08:30", 10).getBytes(UTF_8)).then().statusCode(200);
        assertThat(slots().jsonPath().getInt("items[0].free")).isEqualTo(10);
    }

    @Test
    void others_and_too_much_are_refused() {
        byte[] file = file("陈晓明", "08:30", 5).getBytes(UTF_8);
        send(TestTokens.client("his", "hospital", "", Map.of("source", "H-OTHER")), "", file)
                .then()
                .statusCode(404);
        send(Agent.named("import-agent").token(), "", file).then().statusCode(403);
        send(SUPERVISOR, "", new byte[(2 << 20) + 1]).then().statusCode(413);
    }
}
