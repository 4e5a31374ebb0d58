package cn.kangka.api.platform;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.testing.Citizen;
import cn.kangka.api.testing.Clients;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class TokenMisuseTest {
    private static final List<String> CITIZEN = List.of("citizen");

    private String account;

    @BeforeEach
    void logIn() {
        account = Citizen.loggedIn().account().toString();
    }

    /** Whoever tries tokens chooses the path too: none of it may name a metric. */
    @Test
    void a_token_that_fails_is_counted_by_the_route_and_never_by_what_stood_in_it() {
        String booking = UUID.randomUUID().toString();

        given().auth()
                .oauth2("no.such.token")
                .get("/v1/appointments/" + booking)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/unauthorized"));

        String metrics =
                given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(metrics)
                .contains("status=\"401\",uri=\"/v1/appointments/{id}\"")
                .doesNotContain(booking);
    }

    @Test
    void a_good_token_passes() {
        me(TestTokens.sign("kangka", "kangka", account, CITIZEN, Map.of("level", 0)))
                .statusCode(200);
    }

    @Test
    void no_token_at_all_is_401_as_a_problem() {
        given().get("/v1/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/unauthorized"));
    }

    @Test
    void an_unsigned_token_is_401() {
        String claims =
                "{\"iss\":\"kangka\",\"aud\":\"kangka\",\"sub\":\"" + account + "\",\"groups\":[\"citizen\"],\"exp\":"
                        + Instant.now().plusSeconds(600).getEpochSecond() + "}";

        me(encode("{\"alg\":\"none\"}") + "." + encode(claims) + ".").statusCode(401);
    }

    @Test
    void a_token_for_another_audience_is_401() {
        me(TestTokens.sign("kangka", "somewhere", account, CITIZEN, Map.of())).statusCode(401);
    }

    @Test
    void a_service_that_speaks_as_a_citizen_is_401() {
        me(TestTokens.sign("notification", "api", account, CITIZEN, Map.of())).statusCode(401);
        me(TestTokens.sign("notification", "api", account, List.of("service", "citizen"), Map.of()))
                .statusCode(401);
    }

    @Test
    void an_expired_token_is_401() {
        me(TestTokens.sign(
                        "kangka",
                        "kangka",
                        account,
                        CITIZEN,
                        Map.of("exp", Instant.now().minusSeconds(60).getEpochSecond())))
                .statusCode(401);
    }

    @Test
    void a_token_signed_by_somebody_else_is_401() {
        String forged = Clients.assertion("kangka", Clients.newKey(), claims -> {
            claims.setSubject(account);
            claims.setAudience("kangka");
            claims.setStringListClaim("groups", "citizen");
        });

        me(forged).statusCode(401);
    }

    @Test
    void a_token_whose_claims_were_changed_is_401() {
        String[] parts = TestTokens.citizen(Ids.next(), 2).split("\\.");
        String changed = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8)
                .replaceFirst("\"sub\":\"[^\"]*\"", "\"sub\":\"" + account + "\"");

        me(parts[0] + "." + encode(changed) + "." + parts[2]).statusCode(401);
    }

    @Test
    void rubbish_is_401() {
        me("rubbish").statusCode(401);
    }

    @Test
    void a_citizens_token_of_no_account_is_403() {
        me(TestTokens.citizen(Ids.next(), 3)).statusCode(403);
    }

    @Test
    void a_level_that_only_the_token_claims_is_403() {
        given().auth()
                .oauth2(TestTokens.sign("kangka", "kangka", account, CITIZEN, Map.of("level", 3)))
                .get("/v1/me/cards")
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/level-required"))
                .body("required", equalTo(2))
                .body("level", equalTo(0));
    }

    private static io.restassured.response.ValidatableResponse me(String token) {
        return given().header("Authorization", "Bearer " + token).get("/v1/me").then();
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
