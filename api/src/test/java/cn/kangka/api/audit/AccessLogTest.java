package cn.kangka.api.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import cn.kangka.api.testing.Citizen;
import cn.kangka.api.testing.Clients;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Rows;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class AccessLogTest {
    @Inject
    Audit audit;

    @Inject
    Rows rows;

    private final UUID person = Ids.next();

    @Test
    void the_own_acts_are_there_and_so_is_who_else_looked() {
        Citizen citizen = Citizen.named(person, 2);
        record(AuditEntry.allowed("AGENT", "zhang.san", "report.read", person, "r1"));
        record(AuditEntry.denied("PARTNER", "some-client", "appointment.book", person, null));
        record(AuditEntry.allowed("CITIZEN", Ids.next().toString(), "report.read", person, "r2"));

        citizen.call()
                .header("Accept-Language", "en")
                .get("/v1/me/access-log")
                .then()
                .statusCode(200)
                .body("items.findAll { it.action == 'identity.bind' }.actor", hasItem("Yourself"))
                .body("items.find { it.object == 'r1' }.actor", equalTo("Call-centre agent"))
                .body("items.find { it.object == 'r2' }.actor", equalTo("A family member or proxy"))
                .body("items.find { it.action == 'appointment.book' }.outcome", equalTo("DENIED"))
                .body("items.actor", everyItem(not(equalTo("zhang.san"))))
                .body("items[0].at", org.hamcrest.Matchers.endsWith("+08:00"));
        citizen.call().get("/v1/me/access-log").then().body("items.find { it.object == 'r1' }.actor", equalTo("客服坐席"));
    }

    @Test
    void a_clerk_is_shown_as_the_institution_they_work_for_never_by_name() {
        Citizen citizen = Citizen.named(person, 2);
        record(AuditEntry.allowed("CLERK", Clients.CLERK, "referral.read", person, "k1"));
        record(AuditEntry.allowed("CLERK", "wang.wu", "referral.read", person, "k2"));

        citizen.call()
                .header("Accept-Language", "en")
                .get("/v1/me/access-log")
                .then()
                .statusCode(200)
                .body("items.find { it.object == 'k1' }.actor", equalTo(Clients.CLERKS_HOSPITAL))
                .body("items.find { it.object == 'k2' }.actor", equalTo("Staff of a hospital or health centre"))
                .body("items.actor", everyItem(not(equalTo(Clients.CLERK))));
    }

    @Test
    void nobody_sees_anybody_elses() {
        Citizen citizen = Citizen.named(person, 2);
        record(AuditEntry.allowed("AGENT", "agent", "report.read", Ids.next(), "elsewhere"));

        citizen.call().get("/v1/me/access-log").then().body("items.object", not(hasItem("elsewhere")));
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition() {
        Citizen citizen = Citizen.named(person, 2);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            record(AuditEntry.allowed("AGENT", "agent", "test", person, "o" + i));
            expected.add(0, "o" + i);
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = citizen.call()
                    .queryParam("limit", 3)
                    .queryParam("cursor", cursor)
                    .get("/v1/me/access-log")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(page.getList("items").size()).isLessThanOrEqualTo(3);
            seen.addAll(page.getList("items.findAll { it.action == 'test' }.object", String.class));
            cursor = page.getString("next");
        }

        assertThat(seen).isEqualTo(expected);
        citizen.call().get("/v1/me/access-log?cursor=rubbish").then().statusCode(422);
    }

    @Test
    void it_takes_level_two() {
        Citizen.named(person, 1).call().get("/v1/me/access-log").then().statusCode(403);
        given().get("/v1/me/access-log").then().statusCode(401);
    }

    @Test
    void who_is_refused_for_the_level_or_the_role_leaves_an_entry() {
        Citizen citizen = Citizen.named(person, 1);
        citizen.call().get("/v1/me/cards").then().statusCode(403);
        citizen.call().get("/v1/audit/verify").then().statusCode(403);

        assertThat(denied(citizen, "account.level")).isEqualTo(1);
        Eventually.isTrue("the role's refusal is noted", () -> denied(citizen, "route.role") == 1);
    }

    private long denied(Citizen citizen, String action) {
        return rows.<Long>one("select count(*) from audit_entry where outcome = 'DENIED' and action = '" + action
                + "' and actor = '" + citizen.account() + "'");
    }

    @Test
    void an_auditor_sees_that_the_chain_is_whole_and_goes_on() {
        record(AuditEntry.allowed("AGENT", "agent", "test", person, "chained"));

        Eventually.isTrue(
                "the entry is chained",
                () -> rows.<Long>one("select count(*) from audit_chain c join audit_entry e on e.id = c.entry_id"
                                + " where e.person = '" + person + "'")
                        == 1);
        given().auth()
                .oauth2(TestTokens.staff("auditor-1", "auditor"))
                .get("/v1/audit/verify")
                .then()
                .statusCode(200)
                .body("whole", equalTo(true))
                .body("brokenAt", equalTo(0));
        given().auth()
                .oauth2(TestTokens.staff("agent-1", "agent"))
                .get("/v1/audit/verify")
                .then()
                .statusCode(403);
    }

    private void record(AuditEntry entry) {
        audit.record(entry).await().atMost(Duration.ofSeconds(5));
    }
}
