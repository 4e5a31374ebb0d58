package cn.kangka.api.agent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.testing.Citizen;
import cn.kangka.api.testing.Clients;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Rows;
import cn.kangka.api.testing.Tokens;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class StaffLoginTest {
    @Inject
    MovableClock clock;

    @Inject
    Rows rows;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void staff_log_in_with_their_roles_and_go_on_by_refresh() {
        JsonPath tokens = login("agent-1", "correct horse")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        JsonPath claims = Tokens.claims(tokens.getString("accessToken"));
        assertThat(claims.getString("sub")).isEqualTo("agent-1");
        assertThat(claims.getList("groups")).isEqualTo(List.of("agent"));
        assertThat(claims.getString("channel")).isEqualTo("call-centre");
        Citizen.refresh(tokens.getString("refreshToken")).then().statusCode(200);
    }

    @Test
    void a_wrong_password_says_the_same_as_an_unknown_name() {
        var wrong = login("agent-1", "wrong").then().statusCode(401).extract().jsonPath();
        var unknown = login("nobody", "wrong").then().statusCode(401).extract().jsonPath();

        assertThat(wrong.getString("type")).isEqualTo("/problems/staff-login-refused");
        assertThat(wrong.getMap("")).isEqualTo(unknown.getMap(""));
    }

    @Test
    void five_wrong_passwords_lock_the_name_for_a_while() {
        for (int i = 0; i < 5; i++) {
            login("locked-1", "wrong").then().statusCode(401);
        }

        login("locked-1", "lock me").then().statusCode(429).body("type", equalTo("/problems/staff-login-locked"));
        clock.move(Duration.ofMinutes(15).plusSeconds(1));
        login("locked-1", "lock me").then().statusCode(200);
    }

    @Test
    void passwords_are_kept_as_slow_hashes_only() {
        String hash = rows.one("select password_hash from staff where username = 'agent-1'");

        assertThat(hash).startsWith("1000$").doesNotContain("correct horse");
        assertThat(PasswordHash.matches("correct horse", hash)).isTrue();
        assertThat(PasswordHash.matches("correct hors", hash)).isFalse();
        assertThat(PasswordHash.of("a", 10)).isNotEqualTo(PasswordHash.of("a", 10));
    }

    @Test
    void a_clerks_token_says_for_whom_they_work_and_a_refresh_says_it_again() {
        JsonPath tokens = login(Clients.CLERK, Clients.CLERK_PASSWORD)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        JsonPath claims = Tokens.claims(tokens.getString("accessToken"));
        assertThat(claims.getList("groups")).isEqualTo(List.of("clerk"));
        assertThat(claims.getList("sources")).isEqualTo(List.of(Clients.CLERKS_HOSPITAL));
        String again = Citizen.refresh(tokens.getString("refreshToken"))
                .then()
                .statusCode(200)
                .extract()
                .path("accessToken");
        assertThat(Tokens.claims(again).getList("sources")).isEqualTo(List.of(Clients.CLERKS_HOSPITAL));
        String agent = login("agent-1", "correct horse").path("accessToken");
        assertThat(Tokens.claims(agent).getList("sources")).isNull();
    }

    @Test
    void a_clerk_is_bound_to_institutions_and_nobody_else_is() {
        StaffRegistration.demandSound(line(Set.of("clerk"), Set.of("H001")));
        StaffRegistration.demandSound(line(Set.of("agent", "editor"), null));

        for (StaffRegistration.Line each : List.of(
                line(Set.of("clerk"), null),
                line(Set.of("clerk", "supervisor"), Set.of("H001")),
                line(Set.of("agent"), Set.of("H001")),
                line(Set.of("hospital"), Set.of("H001")))) {
            assertThatThrownBy(() -> StaffRegistration.demandSound(each)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static StaffRegistration.Line line(Set<String> roles, Set<String> sources) {
        return new StaffRegistration.Line("somebody", "secret", roles, sources);
    }

    @Test
    void staff_are_no_citizens() {
        String token = login("agent-1", "correct horse").path("accessToken");

        given().auth().oauth2(token).get("/v1/me").then().statusCode(403);
    }

    private static Response login(String username, String password) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("username", username, "password", password))
                .post("/v1/staff/login");
    }
}
