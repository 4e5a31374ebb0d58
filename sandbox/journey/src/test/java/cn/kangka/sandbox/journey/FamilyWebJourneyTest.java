package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import cn.kangka.sandbox.launch.Region;
import cn.kangka.sandbox.testing.Chromium;
import cn.kangka.sandbox.testing.TestTokens;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.SelectOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody books for an adult who agreed, appeals for them when they are paused, and answers a referral; target/screenshots. */
@StartedRegion.Use
@Order(10)
class FamilyWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String HOSPITAL = "H003";

    @Test
    void a_citizen_books_for_family_and_decides_about_a_referral(Region region) throws SQLException {
        TestTokens.useKeys(region.options().data().resolve("keys"));
        Citizen carer = Citizen.next();
        Citizen relative = Citizen.next();
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), carer)) {
            phone.logIn().proveIdentity().sees("home-card");
            carer.useToken(phone.token());
            adds(phone, relative);
            books(phone);
            appealsForThePaused(phone, carer);
            referral(phone, carer);
        }
    }

    private static void adds(CitizenPhone phone, Citizen relative) {
        phone.open("/family").sees("add-dependant").tap("add-dependant").sees("confirm-dependant");
        phone.at("relation").selectOption("PARENT");
        phone.fill("dependant-name", relative.person.get("name"));
        phone.at("dependant-type").selectOption(relative.person.get("idType"));
        phone.fill("dependant-number", relative.person.get("idNumber"));
        phone.fill("dependant-phone", relative.phone()).shot("family-01-add");
        phone.tap("confirm-dependant").sees("agreement-code");
        phone.fill("agreement-code", relative.newestCode()).shot("family-02-code");
        phone.tap("confirm-code");
        assertThat(phone.at("dependant")).hasAttribute("data-status", "ACTIVE");
        phone.settled().wholeShot("family-03-added");
    }

    private static void books(CitizenPhone phone) {
        Map<String, Object> slot = Slots.free(HOSPITAL, 3, 9).get(0);
        String day = slot.get("start").toString().substring(0, 10);
        phone.open("/book/" + HOSPITAL + "/" + Slots.departmentCode(slot) + "?date=" + day)
                .tap("slot-" + slot.get("id"))
                .sees("for-whom");
        choose(phone, 1)
                .sees("hold-left")
                .shot("family-04-for-whom")
                .tap("confirm-booking")
                .sees("booked");
        phone.open("/appointments").sees("appointment").wholeShot("family-05-appointments");
    }

    /** Three late cancels pause the relative; the carer sees why at once, books for themselves no less, and appeals. */
    private static void appealsForThePaused(CitizenPhone phone, Citizen carer) throws SQLException {
        String relative = carer.dependant();
        List<Map<String, Object>> slots = Slots.free(HOSPITAL, 3, 9);
        Map<String, Object> slot = slots.get(slots.size() - 1);
        for (int i = 0; i < 3; i++) {
            String booking = carer.api()
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .body(Map.of("slotId", slot.get("id"), "personId", relative))
                    .post("/v1/appointments")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            carer.api().post("/v1/appointments/" + booking + "/cancel").then().statusCode(200);
        }
        late(relative);
        phone.open("/book/" + HOSPITAL + "/" + Slots.departmentCode(slot) + "?date="
                        + slot.get("start").toString().substring(0, 10))
                .tap("slot-" + slot.get("id"))
                .sees("hold-left")
                .sees("for-whom");
        choose(phone, 1).tap("confirm-booking");
        assertThat(phone.at("booking-refused")).containsText("临近取消");
        assertThat(phone.at("confirm-booking")).isHidden();
        choose(phone, 0);
        assertThat(phone.at("booking-refused")).isEmpty();
        assertThat(phone.at("confirm-booking")).isVisible();
        phone.shot("family-06-oneself").tap("close-sheet");
        phone.tap("slot-" + slot.get("id")).sees("hold-left").sees("for-whom");
        choose(phone, 1).tap("confirm-booking").sees("see-limits").shot("family-07-paused");
        phone.tap("see-limits").sees("behind").wholeShot("family-08-why");
        assertThat(phone.page()).hasURL(Pattern.compile(".*person=" + relative + "&slot=" + slot.get("id")));
        assertThat(phone.at("mark")).hasCount(3);
        phone.tap("appeal")
                .sees("confirm-appeal")
                .fill("appeal-words", "住院，不能按时取消")
                .tap("confirm-appeal");
        assertThat(phone.at("mark").filter(new Locator.FilterOptions().setHasText("申诉处理中")))
                .hasCount(1);
        phone.settled().wholeShot("family-09-appealed");
        choose(phone, 0).sees("no-marks");
        carer.api()
                .get("/v1/me/marks?personId=" + relative)
                .then()
                .body("items.findAll { it.appeal != null }.appeal.status", contains("OPEN"));
    }

    private static CitizenPhone choose(CitizenPhone phone, int who) {
        phone.at("for-whom").selectOption(new SelectOption().setIndex(who));
        return phone;
    }

    /** A mark, which only tomorrow's bookings get after three in the afternoon. */
    private static void late(String person) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + Doors.ports().postgres() + "/kangka";
        try (Connection connection = DriverManager.getConnection(url, "api", "api");
                Statement statement = connection.createStatement()) {
            statement.execute("update appointment set late_cancel = true where status = 'CANCELLED' and person = '"
                    + person + "'");
        }
    }

    /** By an institution where the citizen is registered, to another one. */
    private static void referral(CitizenPhone phone, Citizen citizen) throws SQLException {
        String person = person(citizen);
        String from = registeredAt(person);
        String to = from.equals("H001") ? "H002" : "H001";
        Doors.api()
                .auth()
                .oauth2(TestTokens.client("his-" + from, "hospital", "", Map.of("source", from)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of(
                        "toHospital", to,
                        "personId", person,
                        "direction", "UP",
                        "urgency", "ROUTINE",
                        "reason", "反复胸闷,建议上级医院进一步检查",
                        "icd10", "I20.9"))
                .post("/v1/referrals")
                .then()
                .statusCode(201);
        phone.open("/referrals").sees("refuse-referral").wholeShot("referral-01-made");
        assertThat(phone.at("referral")).hasAttribute("data-status", "REQUESTED");
        phone.tap("refuse-referral")
                .sees("confirm-refuse")
                .shot("referral-02-refuse")
                .tap("confirm-refuse");
        assertThat(phone.at("referral")).hasAttribute("data-status", "CANCELLED");
    }

    private static String person(Citizen citizen) {
        Map<String, Object> slot = Slots.free(HOSPITAL, 3, 9).get(1);
        return citizen.book(slot.get("id").toString())
                .then()
                .statusCode(201)
                .extract()
                .path("person");
    }

    private static String registeredAt(String person) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + Doors.ports().postgres() + "/kangka";
        try (Connection connection = DriverManager.getConnection(url, "api", "api");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select source from identity where person = '" + person + "' order by source limit 1")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
