package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.launch.Region;
import cn.kangka.sandbox.testing.Chromium;
import cn.kangka.sandbox.testing.TestTokens;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody books for an adult who agreed, and answers a referral; target/screenshots. */
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
        phone.at("for-whom").selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
        phone.shot("family-04-for-whom").tap("confirm-booking").sees("booked");
        phone.open("/appointments").sees("appointment").wholeShot("family-05-appointments");
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
