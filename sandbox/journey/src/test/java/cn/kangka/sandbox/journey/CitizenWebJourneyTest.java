package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.sandbox.testing.Chromium;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.Geolocation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A citizen's day on their phone: the web app in Chromium before the started region, pictures in target/screenshots. */
@StartedRegion.Use
@Order(7)
class CitizenWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String HOSPITAL = "H002";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void a_citizen_s_day_in_chinese_and_english() {
        Citizen citizen = Studies.nextOwner();
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), citizen)) {
            phone.logIn().sees("go-identity").wholeShot("citizen-01-home-phone-only");
            phone.proveIdentity().sees("home-card").openUntil("/", "show-code");
            citizen.useToken(phone.token());
            showsTheCode(phone);
            findsACentreNearby(phone);
            String booking = books(phone, citizen);
            readsAReport(phone, citizen);
            seesAnImage(phone);
            phone.openUntil("/", "home-appointment").wholeShot("citizen-09-home");
            assertThat(phone.at("home-appointment"))
                    .hasAttribute("href", Pattern.compile("/appointments/" + booking + "$"));
            inEnglish(phone, booking);
            cancels(phone, citizen, booking);
        }
    }

    /** The code that the camera reads is the code that a terminal takes, once. */
    private static void showsTheCode(CitizenPhone phone) {
        phone.tap("show-code").sees("qr");
        String code = phone.scanned();
        phone.wholeShot("citizen-02-card");
        Map<String, Object> terminal = Clients.find("/clients", "terminal");
        Clients.as(terminal)
                .body(Map.of("code", code, "scene", "REGISTRATION"))
                .post("/v1/card-codes/verify")
                .then()
                .statusCode(200);
        Clients.as(terminal)
                .body(Map.of("code", code, "scene", "REGISTRATION"))
                .post("/v1/card-codes/verify")
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/card-code-used"));
        phone.open("/card").sees("card-uses").settled();
        assertThat(phone.at("card-uses")).containsText("挂号");
    }

    private static void findsACentreNearby(CitizenPhone phone) {
        phone.context().grantPermissions(List.of("geolocation"));
        phone.context().setGeolocation(new Geolocation(30.25, 120.16));
        phone.open("/book").tap("kind-CENTRE").tap("nearby");
        phone.page().locator("[data-testid^=nearest-]").first().waitFor();
        phone.wholeShot("citizen-10-nearby");
        assertThat(phone.page().locator("[data-testid^=nearest-]").first()).containsText("公里");
    }

    /** From the list of hospitals to the hospital's own word. */
    private static String books(CitizenPhone phone, Citizen citizen) {
        Map<String, Object> slot = Slots.free(HOSPITAL).get(0);
        phone.tap("tab-book").sees("hospital-" + HOSPITAL).shot("citizen-03-hospitals");
        phone.tap("hospital-" + HOSPITAL)
                .sees("department-" + Slots.departmentCode(slot))
                .shot("citizen-04-departments");
        phone.tap("department-" + Slots.departmentCode(slot))
                .tap("day-" + daysAhead(slot))
                .sees("slot-" + slot.get("id"));
        phone.wholeShot("citizen-05-slots");
        phone.tap("slot-" + slot.get("id")).sees("confirm-booking").shot("citizen-06-confirm");
        phone.tap("confirm-booking").sees("booked");
        String id = phone.page().url().replaceAll(".*/appointments/([0-9a-f-]+).*", "$1");
        await().atMost(SOON).untilAsserted(() -> citizen.api()
                .get("/v1/appointments/" + id)
                .then()
                .statusCode(200)
                .body("slotId", equalTo(slot.get("id")))
                .body("hospitalStatus", equalTo("ACCEPTED")));
        assertThat(new SimulatedHospital(HOSPITAL).received("SRM^S01", id)).hasSize(1);
        phone.open("/appointments/" + id).settled().wholeShot("citizen-07-booked");
        assertThat(phone.at("screen-appointment")).containsText("医院已确认");
        return id;
    }

    private static long daysAhead(Map<String, Object> slot) {
        LocalDate day = OffsetDateTime.parse(slot.get("start").toString())
                .atZoneSameInstant(ZONE)
                .toLocalDate();
        return ChronoUnit.DAYS.between(LocalDate.now(ZONE), day);
    }

    /** Two blood counts from the hospital's laboratory: the second has a curve. */
    private static void readsAReport(CitizenPhone phone, Citizen citizen) {
        int before = CitizenJourneyTest.reports(citizen).size();
        CitizenJourneyTest.sendBloodCount(citizen);
        long second = Instant.now().getEpochSecond();
        await().atMost(SOON).until(() -> CitizenJourneyTest.reports(citizen).size() == before + 1);
        // Times in HL7 messages are whole seconds; a curve needs two of them.
        await().until(() -> Instant.now().getEpochSecond() > second);
        CitizenJourneyTest.sendBloodCount(citizen);
        await().atMost(SOON).until(() -> CitizenJourneyTest.reports(citizen).size() == before + 2);
        phone.openUntil("/", "home-report")
                .tap("home-report")
                .sees("observations")
                .settled();
        Locator trend = phone.page().locator("[data-testid^=trend-]").first();
        if (trend.getAttribute("open") == null) {
            trend.locator("summary").click();
        }
        assertThat(trend.locator(".chart")).isVisible();
        assertThat(trend.locator("summary")).containsText(Pattern.compile("\\d"));
        phone.wholeShot("citizen-08-report");
        if (phone.at("article-link").count() > 0) {
            phone.tap("article-link");
        } else {
            phone.open("/articles").sees("article").fill("article-search", "血压");
            assertThat(phone.at("article").first()).containsText("血压");
            phone.tap("article");
        }
        phone.sees("article-text").wholeShot("citizen-08-article");
        assertThat(phone.at("article-text")).containsText(Pattern.compile("[\\u4e00-\\u9fff]{4,}"));
    }

    private static void seesAnImage(CitizenPhone phone) {
        phone.open("/")
                .sees("action-imaging")
                .tap("action-imaging")
                .tap("study")
                .sees("film-image");
        phone.holds("document.querySelector('[data-testid=film-image]').naturalWidth === 256");
        phone.wholeShot("citizen-08-image");
    }

    private static void inEnglish(CitizenPhone phone, String booking) {
        phone.english().wholeShot("citizen-10-me-en");
        phone.open("/").sees("home-card").wholeShot("citizen-11-home-en");
        assertThat(phone.at("show-code")).containsText(Pattern.compile("[A-Za-z]{3,}"));
        phone.tap("home-report").sees("observations").wholeShot("citizen-12-report-en");
        phone.open("/card").sees("qr");
        phone.scanned();
        phone.wholeShot("citizen-13-card-en");
        phone.open("/appointments/" + booking).sees("cancel").wholeShot("citizen-14-appointment-en");
        phone.open("/articles").sees("article").shot("citizen-15-articles-en");
    }

    private static void cancels(CitizenPhone phone, Citizen citizen, String booking) {
        phone.open("/appointments/" + booking).tap("cancel").tap("confirm-cancel");
        assertThat(phone.at("cancel")).hasCount(0);
        citizen.api().get("/v1/appointments/" + booking).then().statusCode(200).body("status", equalTo("CANCELLED"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(new SimulatedHospital(HOSPITAL).received("SRM^S04", booking))
                        .hasSize(1));
    }
}
