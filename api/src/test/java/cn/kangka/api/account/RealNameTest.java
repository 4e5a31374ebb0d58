package cn.kangka.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.testing.Citizen;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class RealNameTest {
    private static final String ID = "110101199003070011";

    @Inject
    MovableClock clock;

    @AfterEach
    void as_if_nothing_had_happened() {
        clock.reset();
        CircuitBreakerMaintenance.get().resetAll();
    }

    @Test
    void name_and_id_with_the_hospitals_phone_reach_level_two() {
        UUID person = Ids.next();
        Citizen citizen = Citizen.loggedIn();
        Citizen.indexKnows(citizen.phone, person, 2);

        citizen.claim("张伟", ID).then().statusCode(200).body("level", equalTo(2));

        citizen.call().get("/v1/me").then().body("level", equalTo(2)).body("person", equalTo(person.toString()));
        told(citizen, "identity-bound");
        Eventually.isTrue("the index was asked for a card", () -> !Neighbours.EMPI
                .asked("POST", "/v1/persons/" + person + "/cards")
                .isEmpty());
    }

    @Test
    void a_phone_that_no_hospital_knows_reaches_level_one_and_may_rise_later() {
        UUID person = Ids.next();
        Citizen citizen = Citizen.named(person, 1);
        citizen.call().get("/v1/me").then().body("level", equalTo(1));
        Citizen.indexKnows(citizen.phone, person, 2);

        citizen.claim("张伟", ID).then().statusCode(200).body("level", equalTo(2));
    }

    @Test
    void the_level_never_falls_by_asking_again() {
        UUID person = Ids.next();
        Citizen citizen = Citizen.named(person, 2);
        Citizen.indexKnows(citizen.phone, person, 1);

        citizen.claim("张伟", ID).then().statusCode(200).body("level", equalTo(2));
    }

    @Test
    void three_wrong_tries_pause_the_account_for_a_day() {
        Citizen citizen = Citizen.loggedIn();
        for (int i = 0; i < 3; i++) {
            citizen.claim("张伟", ID).then().statusCode(422).body("type", equalTo("/problems/identity-not-confirmed"));
        }
        Citizen.indexKnows(citizen.phone, Ids.next(), 2);

        String wait = citizen.claim("张伟", ID)
                .then()
                .statusCode(429)
                .body("type", equalTo("/problems/identity-paused"))
                .extract()
                .header("Retry-After");

        assertThat(Integer.parseInt(wait)).isBetween(86_300, 86_400);
        clock.move(Duration.ofHours(24).plusSeconds(1));
        citizen.claim("张伟", ID).then().statusCode(200);
    }

    @Test
    void many_wrong_tries_at_the_same_moment_are_still_three() {
        Citizen citizen = Citizen.loggedIn();

        List<Integer> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> citizen.claim("张伟", ID).statusCode()))
                .limit(8)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();

        assertThat(answers).containsExactly(422, 422, 422, 429, 429, 429, 429, 429);
    }

    @Test
    void a_right_try_forgets_the_wrong_ones() {
        UUID person = Ids.next();
        Citizen citizen = Citizen.loggedIn();
        citizen.claim("张伟", ID).then().statusCode(422);
        citizen.claim("张伟", ID).then().statusCode(422);
        Citizen.indexKnows(citizen.phone, person, 1);
        citizen.claim("张伟", ID).then().statusCode(200);
        Citizen.indexKnows(citizen.phone, Ids.next(), 1);

        citizen.claim("李伟", ID).then().statusCode(422);
        citizen.claim("李伟", ID).then().statusCode(422);
        citizen.claim("李伟", ID).then().statusCode(422);
        citizen.claim("李伟", ID).then().statusCode(429);
    }

    @Test
    void a_second_claim_is_refused_like_any_other_and_told_to_the_holder() {
        UUID person = Ids.next();
        Citizen holder = Citizen.named(person, 2);
        Citizen second = Citizen.loggedIn();
        Citizen.indexKnows(second.phone, person, 2);

        var refused = second.claim("张伟", ID).then().statusCode(422).extract().jsonPath();
        var unknown = Citizen.loggedIn()
                .claim("谁", ID)
                .then()
                .statusCode(422)
                .extract()
                .jsonPath();

        assertThat(refused.getMap("")).isEqualTo(unknown.getMap(""));
        told(holder, "identity-claimed");
        second.call().get("/v1/me").then().body("level", equalTo(0));
    }

    @Test
    void who_shows_the_hospitals_phone_takes_the_place_of_who_only_knew_the_name() {
        UUID person = Ids.next();
        Citizen knewTheName = Citizen.named(person, 1);
        Citizen second = Citizen.loggedIn();
        Citizen.indexKnows(second.phone, person, 2);

        second.claim("张伟", ID).then().statusCode(200).body("level", equalTo(2));

        told(knewTheName, "identity-claimed");
        knewTheName.call().get("/v1/me").then().body("level", equalTo(0)).body("person", nullValue());
        second.call().get("/v1/me").then().body("person", equalTo(person.toString()));
    }

    @Test
    void a_bound_account_cannot_become_somebody_else() {
        Citizen citizen = Citizen.named(Ids.next(), 2);
        Citizen.indexKnows(citizen.phone, Ids.next(), 2);

        citizen.claim("李娜", ID).then().statusCode(422);
    }

    @Test
    void a_silent_index_is_unavailable_and_costs_no_try() {
        Citizen citizen = Citizen.loggedIn();
        Neighbours.EMPI.answer(
                "POST",
                "/v1/persons/claim",
                asked -> asked.body().contains(citizen.phone),
                asked -> new Neighbours.Answer(500, "{}"));
        for (int i = 0; i < 4; i++) {
            citizen.claim("张伟", ID).then().statusCode(503).body("type", equalTo("/problems/unavailable"));
        }
        Citizen.indexKnows(citizen.phone, Ids.next(), 2);

        Eventually.isTrue(
                "the circuit closes again", () -> citizen.claim("张伟", ID).statusCode() == 200);
    }

    private static void told(Citizen citizen, String template) {
        Eventually.isTrue(template, () -> Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .anyMatch(asked -> asked.body().contains("\"template\":\"" + template + "\"")
                        && asked.body().contains(citizen.account().toString())));
    }
}
