package cn.kangka.api.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.testing.Citizen;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Tokens;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class SessionTest {
    @Inject
    MovableClock clock;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void a_refresh_gives_new_tokens_for_the_same_login() {
        Citizen citizen = Citizen.loggedIn();
        String before = citizen.refreshToken();

        citizen.refresh().then().statusCode(200).body("expiresIn", equalTo(600));

        assertThat(citizen.refreshToken()).isNotEqualTo(before);
        citizen.call().get("/v1/me").then().statusCode(200);
    }

    @Test
    void an_old_refresh_token_ends_the_whole_login() {
        Citizen citizen = Citizen.loggedIn();
        String old = citizen.refreshToken();
        citizen.refresh().then().statusCode(200);

        Citizen.refresh(old).then().statusCode(401).body("type", equalTo("/problems/refresh-refused"));

        citizen.refresh().then().statusCode(401);
        citizen.call().get("/v1/me").then().statusCode(401);
    }

    @Test
    void a_made_up_refresh_token_ends_nothing() {
        Citizen citizen = Citizen.loggedIn();
        String forged = citizen.refreshToken().replaceAll("\\.0\\..*", ".0." + "A".repeat(43));

        Citizen.refresh(forged).then().statusCode(401);
        Citizen.refresh("nonsense").then().statusCode(401);

        citizen.refresh().then().statusCode(200);
    }

    @Test
    void a_refresh_carries_the_level_reached_meanwhile() {
        Citizen citizen = Citizen.named(Ids.next(), 2);
        assertThat(Tokens.claims(citizen.accessToken()).getInt("level")).isZero();

        citizen.refresh().then().statusCode(200);

        assertThat(Tokens.claims(citizen.accessToken()).getInt("level")).isEqualTo(2);
    }

    @Test
    void a_login_ends_when_it_was_not_refreshed_for_thirty_days() {
        Citizen citizen = Citizen.loggedIn();
        clock.move(Duration.ofDays(30).plusSeconds(1));

        citizen.refresh().then().statusCode(401);
    }

    @Test
    void a_logout_ends_this_login_at_once_and_no_other() {
        Citizen here = Citizen.loggedIn();
        clock.move(Duration.ofMinutes(2));
        Citizen there = Citizen.loggedIn(here.phone);

        here.call().post("/v1/logout").then().statusCode(204);

        here.call().get("/v1/me").then().statusCode(401);
        here.refresh().then().statusCode(401);
        there.call().get("/v1/me").then().statusCode(200);
    }
}
