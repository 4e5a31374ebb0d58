package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;

import cn.kangka.sandbox.testing.Chromium;
import com.microsoft.playwright.Route;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A visit by video: found, booked, and joined when its time has come; target/screenshots. */
@StartedRegion.Use
@Order(14)
class RemoteWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String HOSPITAL = "H001";
    /** Sees people by video in the afternoon. */
    private static final String DOCTOR = "D0001";

    private static final String VIDEO = "https://video.example.org/**";

    @Test
    void a_remote_visit_is_joined_when_its_time_has_come() throws SQLException {
        Map<String, Object> slot = remote();
        Citizen citizen = Citizen.next();
        List<String> joined = new ArrayList<>();
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), citizen)) {
            phone.context().route(VIDEO, route -> {
                joined.add(route.request().url());
                route.fulfill(
                        new Route.FulfillOptions().setContentType("text/html").setBody("<title>video</title>"));
            });
            phone.logIn().proveIdentity().sees("home-card");
            citizen.useToken(phone.token());
            int day = (int) (LocalDate.parse(Slots.day(slot)).toEpochDay()
                    - LocalDate.now(ZONE).toEpochDay());
            phone.open("/book/" + HOSPITAL + "/" + Slots.departmentCode(slot))
                    .tap("day-" + day)
                    .sees("slot-" + slot.get("id"));
            assertThat(phone.at("slot-" + slot.get("id"))).containsText("远程");
            phone.settled().wholeShot("remote-01-slots");
            phone.tap("slot-" + slot.get("id"))
                    .sees("confirm-booking")
                    .shot("remote-02-confirm")
                    .tap("confirm-booking");
            phone.sees("booked");
            String id = phone.page().url().replaceAll(".*/appointments/([0-9a-f-]+).*", "$1");

            phone.open("/appointments/" + id).tap("join");
            assertThat(phone.at("join-refused")).not().isEmpty();
            phone.settled().wholeShot("remote-03-too-early");
            assertThat(joined).isEmpty();

            ApiRows.update(
                    "update appointment set start_at = now() + interval '5 minutes', end_at = now() + interval '35 minutes'"
                            + " where id = ?::uuid",
                    id);
            phone.tap("join").page().waitForURL(VIDEO);
            assertThat(joined).hasSize(1);
            assertThat(joined.get(0))
                    .contains("visit=" + id)
                    .containsPattern("token=[\\w-]+\\.[\\w-]+\\.[\\w-]+")
                    .doesNotContain(citizen.person.get("idNumber"), citizen.phone());
            ApiRows.update(
                    "update appointment a set start_at = s.start_at, end_at = s.end_at from slot s"
                            + " where s.id = a.slot_id and a.id = ?::uuid",
                    id);
            citizen.api().post("/v1/appointments/" + id + "/cancel").then().statusCode(200);
        }
    }

    private static Map<String, Object> remote() {
        String doctor = Doors.api()
                .get("/v1/hospitals/" + HOSPITAL + "/doctors?limit=200")
                .jsonPath()
                .getString("items.find { it.code == '" + DOCTOR + "' }.id");
        LocalDate today = LocalDate.now(ZONE);
        List<Map<String, Object>> slots = Doors.api()
                .get("/v1/slots?limit=200&hospital=" + HOSPITAL + "&doctor=" + doctor + "&from=" + today.plusDays(2)
                        + "&to=" + today.plusDays(12))
                .then()
                .body("items.modality", hasItem("REMOTE"))
                .extract()
                .jsonPath()
                .getList("items");
        return slots.stream()
                .filter(each -> "REMOTE".equals(each.get("modality")) && ((Number) each.get("free")).intValue() > 0)
                .findFirst()
                .orElseThrow();
    }
}
