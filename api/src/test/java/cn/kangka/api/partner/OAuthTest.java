package cn.kangka.api.partner;

import static cn.kangka.api.testing.Clients.BANK;
import static cn.kangka.api.testing.Clients.TERMINAL;
import static cn.kangka.api.testing.Clients.ask;
import static cn.kangka.api.testing.Clients.assertion;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import cn.kangka.api.testing.Clients;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Tokens;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class OAuthTest {
    @Test
    void a_partner_gets_a_token_that_says_its_channel_and_scopes() {
        String token = ask(assertion(BANK, claims -> {}), null)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(900))
                .body("scope", equalTo("slots:read appointments:write"))
                .extract()
                .path("access_token");

        JsonPath claims = Tokens.claims(token);
        assertThat(claims.getString("sub")).isEqualTo(BANK);
        assertThat(claims.getString("channel")).isEqualTo("bank");
        assertThat(claims.getList("groups")).isEqualTo(java.util.List.of("partner"));
    }

    @Test
    void a_terminals_token_says_its_hospital() {
        assertThat(Tokens.claims(Clients.token(TERMINAL)).getString("source")).isEqualTo("H001");
    }

    @Test
    void the_issuer_is_an_audience_as_well() {
        ask(assertion(BANK, claims -> claims.setAudience("kangka")), null)
                .then()
                .statusCode(200);
    }

    @Test
    void fewer_scopes_may_be_asked_for_but_no_others() {
        ask(assertion(BANK, claims -> {}), "slots:read").then().statusCode(200).body("scope", equalTo("slots:read"));
        ask(assertion(BANK, claims -> {}), "slots:read cards:verify")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
    }

    @Test
    void an_assertion_is_good_once() {
        String assertion = assertion(BANK, claims -> {});
        ask(assertion, null).then().statusCode(200);

        refused(assertion);
    }

    @Test
    void an_assertion_for_somebody_else_too_old_or_too_long_is_refused() {
        refused(assertion(BANK, claims -> claims.setAudience("https://bank.example/token")));
        refused(assertion(BANK, claims -> claims.setExpirationTimeMinutesInTheFuture(-1)));
        refused(assertion(BANK, claims -> claims.setExpirationTimeMinutesInTheFuture(6)));
        refused(assertion(BANK, claims -> claims.unsetClaim("exp")));
        refused(assertion(BANK, claims -> claims.unsetClaim("jti")));
        refused(assertion(BANK, claims -> claims.setIssuer(TERMINAL)));
    }

    @Test
    void an_assertion_by_another_key_or_of_an_unknown_client_is_refused() {
        refused(assertion(BANK, Clients.newKey(), claims -> {}));
        refused(assertion("nobody", claims -> {}));
        refused("rubbish");
        refused("eyJhbGciOiJub25lIn0.eyJzdWIiOiJiYW5rLTEifQ.");
    }

    @Test
    void a_client_that_is_registered_wrongly_is_not_registered() {
        refused(assertion("broken", claims -> {}));
    }

    @Test
    void other_requests_get_the_errors_of_rfc_6749() {
        given().formParam("grant_type", "password")
                .post("/oauth2/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("unsupported_grant_type"));
        given().formParam("scope", "x")
                .post("/oauth2/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
        given().formParam("grant_type", "client_credentials")
                .post("/oauth2/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void a_client_is_told_where_it_stands() {
        given().auth()
                .oauth2(Clients.token(TERMINAL))
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/v1/card-codes/verify")
                .then()
                .header("RateLimit-Policy", equalTo("\"default\";q=12000;w=60"))
                .header("RateLimit", matchesPattern("\"default\";r=\\d+;t=\\d+"));
    }

    private static void refused(String assertion) {
        ask(assertion, null).then().statusCode(401).body("error", equalTo("invalid_client"));
    }
}
