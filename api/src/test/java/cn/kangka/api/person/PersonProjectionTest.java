package cn.kangka.api.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.testing.Citizen;
import cn.kangka.api.testing.Events;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Rows;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class PersonProjectionTest {
    private static final Map<String, Object> PLAIN = Map.of();

    @Inject
    Rows rows;

    private final UUID first = Ids.next();
    private final UUID second = Ids.next();
    private final UUID identity = Ids.next();

    @Test
    void a_person_and_its_identities_are_known_after_the_event() {
        Events.send(Events.person(first, 1, PLAIN, identity, 1))
                .statusCode(200)
                .body("results.outcome", contains("DONE"));

        assertThat(owner()).isEqualTo(first);
        Citizen citizen = Citizen.named(first, 2);
        citizen.call().get("/v1/me").then().body("name", equalTo("王小明"));
        citizen.call().get("/v1/me/summary").then().body("name", equalTo("王**")).body("level", equalTo(2));
    }

    @Test
    void the_name_is_sealed_in_the_database() {
        Events.send(Events.person(first, 1, PLAIN));

        Long inClear = rows.one(
                "select count(*) from person where id = '%s' and position('王小明'::bytea in name) > 0".formatted(first));

        assertThat(inClear).isZero();
    }

    @Test
    void the_same_event_again_is_done_and_changes_nothing() {
        Map<String, Object> event = Events.person(first, 1, PLAIN, identity, 1);
        Events.send(event);
        Events.send(Events.person(second, 1, PLAIN, identity, 2));

        Events.send(event).body("results.outcome", contains("DONE"));

        assertThat(owner()).isEqualTo(second);
    }

    @Test
    void an_older_state_that_comes_later_changes_nothing() {
        Events.send(Events.person(first, 5, Map.of("name", "王新名")));

        Events.send(Events.person(first, 4, Map.of("name", "王旧名"))).body("results.outcome", contains("DONE"));

        Citizen.named(first, 2).call().get("/v1/me").then().body("name", equalTo("王新名"));
    }

    @Test
    void an_identity_moves_only_to_a_newer_link() {
        Events.send(Events.person(second, 1, PLAIN, identity, 7));

        Events.send(Events.person(first, 1, PLAIN, identity, 6));
        assertThat(owner()).isEqualTo(second);

        Events.send(Events.person(first, 2, PLAIN, identity, 8));
        assertThat(owner()).isEqualTo(first);
    }

    @Test
    void a_merge_binds_the_losers_account_to_the_survivor() {
        Citizen citizen = Citizen.named(first, 2);
        Events.send(Events.person(first, 1, PLAIN, identity, 1), Events.person(second, 1, PLAIN));

        Events.send(Events.mergedInto(first, 2, second));
        Events.send(Events.person(second, 2, PLAIN, identity, 2));

        citizen.call()
                .get("/v1/me")
                .then()
                .body("person", equalTo(second.toString()))
                .body("status", equalTo("ACTIVE"));
        assertThat(owner()).isEqualTo(second);
    }

    @Test
    void a_merge_told_before_the_survivor_is_known_holds_as_well() {
        Citizen citizen = Citizen.named(first, 2);

        Events.send(Events.mergedInto(first, 2, second)).body("results.outcome", contains("DONE"));

        citizen.call().get("/v1/me").then().body("person", equalTo(second.toString()));
    }

    @Test
    void a_chain_of_merges_leads_to_the_last_survivor() {
        UUID third = Ids.next();
        Citizen citizen = Citizen.named(first, 2);
        Events.send(Events.mergedInto(second, 2, third));

        Events.send(Events.mergedInto(first, 2, second));

        citizen.call().get("/v1/me").then().body("person", equalTo(third.toString()));
    }

    @Test
    void of_two_accounts_that_turn_out_to_be_one_person_the_losers_is_suspended_and_told() {
        Citizen loser = Citizen.named(first, 2);
        Citizen survivor = Citizen.named(second, 2);

        Events.send(Events.mergedInto(first, 2, second));

        loser.call().get("/v1/me").then().body("status", equalTo("SUSPENDED"));
        loser.call().get("/v1/me/summary").then().statusCode(403).body("type", equalTo("/problems/account-suspended"));
        survivor.call().get("/v1/me").then().body("status", equalTo("ACTIVE"));
        Eventually.isTrue(
                "notification knows",
                () -> Neighbours.NOTIFICATION.asked("PUT", "/v1/accounts/" + loser.account()).stream()
                        .anyMatch(asked -> asked.body().contains("\"active\":false")));
        Eventually.isTrue("the owner is told", () -> Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .anyMatch(asked -> asked.body().contains("account-suspended")
                        && asked.body().contains(loser.account().toString())));
    }

    @Test
    void a_merge_that_is_undone_gives_every_account_back_to_its_human() {
        Citizen loser = Citizen.named(first, 2);
        Citizen survivor = Citizen.named(second, 2);
        Events.send(Events.person(first, 1, PLAIN, identity, 1), Events.person(second, 1, PLAIN));
        Events.send(Events.mergedInto(first, 2, second));
        Events.send(Events.person(second, 2, PLAIN, identity, 2));

        Events.send(Events.person(second, 3, PLAIN), Events.person(first, 3, PLAIN, identity, 3));

        loser.call().get("/v1/me").then().body("status", equalTo("ACTIVE")).body("person", equalTo(first.toString()));
        survivor.call()
                .get("/v1/me")
                .then()
                .body("status", equalTo("ACTIVE"))
                .body("person", equalTo(second.toString()));
        assertThat(owner()).isEqualTo(first);
    }

    @Test
    void a_merge_that_is_undone_late_gives_accounts_back_and_waits_for_a_review() {
        Citizen loser = Citizen.named(first, 2);
        Events.send(Events.mergedInto(first, 2, second));
        Events.send(Events.person(second, 2, PLAIN));

        Map<String, Object> suspect = Map.of("suspect", true);
        Events.send(Events.person(second, 3, suspect), Events.person(first, 3, suspect));
        loser.call()
                .get("/v1/me")
                .then()
                .body("status", equalTo("SUSPENDED"))
                .body("person", equalTo(first.toString()));

        Events.send(Events.person(first, 4, PLAIN));
        loser.call().get("/v1/me").then().body("status", equalTo("ACTIVE")).body("person", equalTo(first.toString()));
    }

    @Test
    void a_split_suspends_the_account_until_it_was_reviewed() {
        Citizen citizen = Citizen.named(first, 2);
        Events.send(Events.person(first, 1, PLAIN, identity, 1));

        Events.send(
                Events.person(first, 2, Map.of("suspect", true)),
                Events.person(second, 1, Map.of("suspect", true), identity, 2));

        citizen.call().get("/v1/me").then().body("status", equalTo("SUSPENDED"));
        assertThat(owner()).isEqualTo(second);

        Events.send(Events.person(first, 3, Map.of("suspect", false)));
        citizen.call().get("/v1/me").then().body("status", equalTo("ACTIVE"));
    }

    @Test
    void nobody_becomes_a_person_under_review() {
        Events.send(Events.person(first, 1, Map.of("suspect", true)));
        Citizen citizen = Citizen.loggedIn();
        Citizen.indexKnows(citizen.phone, first, 2);

        citizen.claim("王小明", "110101199003070011").then().statusCode(422);
    }

    @Test
    void a_claim_of_somebody_merged_away_meanwhile_binds_to_the_survivor() {
        Events.send(Events.mergedInto(first, 2, second));

        Citizen citizen = Citizen.named(first, 2);

        citizen.call().get("/v1/me").then().body("person", equalTo(second.toString()));
    }

    private UUID owner() {
        return rows.one("select person from identity where id = '%s'".formatted(identity));
    }
}
