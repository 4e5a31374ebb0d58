package cn.kangka.bff.home;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.bff.testing.FakeRegion;
import cn.kangka.bff.testing.FakeRegionResource;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(FakeRegionResource.class)
class HomeTest {
    private static final int PEOPLE = 200;
    private static final int ROUNDS = 3;
    private static final int AT_A_TIME = 20;

    private final FakeRegion region = FakeRegion.started();

    @TestHTTPResource("/v1/home")
    URL home;

    @AfterEach
    void heal() {
        region.heal();
    }

    @Test
    void a_home_screen_comes_in_one_round_trip() {
        UUID account = region.resident();
        given().header("Authorization", "Bearer " + TestTokens.citizen(account, 2))
                .get("/v1/home")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("account", equalTo(account.toString()))
                .body("name", equalTo("王*"))
                .body("level", equalTo(2))
                .body("card.kind", equalTo("REGIONAL"))
                .body("nextAppointment.doctorName", equalTo("林书远"))
                .body("newestReport.abnormal", equalTo(3))
                .body("alerts", equalTo(1))
                .body("unread", equalTo(2))
                .body("degraded", empty());
    }

    @Test
    void without_a_valid_citizen_token_there_is_nothing() {
        get("/v1/home").then().statusCode(401).body("type", equalTo("/problems/unauthorized"));
        given().header("Authorization", "Bearer nonsense")
                .get("/v1/home")
                .then()
                .statusCode(401);
        String foreign =
                TestTokens.sign("api", "kangka", UUID.randomUUID().toString(), List.of("citizen"), Map.of("level", 2));
        given().header("Authorization", "Bearer " + foreign)
                .get("/v1/home")
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer " + TestTokens.staff("agent1", "agent"))
                .get("/v1/home")
                .then()
                .statusCode(403);
    }

    @Test
    void a_part_that_is_late_is_left_out_and_named() {
        UUID account = region.resident();
        region.break_(account, "/v1/me/summary", late -> {});
        given().header("Authorization", "Bearer " + TestTokens.citizen(account, 2))
                .get("/v1/home")
                .then()
                .statusCode(200)
                .body("card.kind", equalTo("REGIONAL"))
                .body("unread", equalTo(2))
                .body("level", equalTo(2))
                .body("nextAppointment", nullValue())
                .body("degraded", containsInAnyOrder("summary"));
    }

    @Test
    void parts_that_fail_or_answer_nonsense_are_left_out_and_named() {
        UUID account = region.resident();
        region.break_(account, "/v1/me/cards", fails -> fails.response()
                .setStatusCode(500)
                .end());
        region.break_(account, "/v1/me/inbox/unread", nonsense -> nonsense.response()
                .putHeader("Content-Type", "application/json")
                .end("<html>"));
        given().header("Authorization", "Bearer " + TestTokens.citizen(account, 2))
                .get("/v1/home")
                .then()
                .statusCode(200)
                .body("nextAppointment", notNullValue())
                .body("degraded", containsInAnyOrder("cards", "unread"));
    }

    @Test
    void what_a_level_withholds_is_no_trouble() {
        UUID account = UUID.randomUUID();
        region.break_(account, "/v1/me/cards", withheld -> withheld.response()
                .setStatusCode(403)
                .end());
        given().header("Authorization", "Bearer " + TestTokens.citizen(account, 0))
                .get("/v1/home")
                .then()
                .statusCode(200)
                .body("level", equalTo(0))
                .body("card", nullValue())
                .body("degraded", empty());
    }

    @Test
    void an_owner_that_refuses_the_token_closes_the_whole_screen() {
        UUID account = region.resident();
        region.break_(account, "/v1/me/summary", refused -> refused.response()
                .setStatusCode(401)
                .end());
        given().header("Authorization", "Bearer " + TestTokens.citizen(account, 2))
                .get("/v1/home")
                .then()
                .statusCode(401);
    }

    @Test
    void an_answer_about_another_account_is_never_shown() {
        UUID account = region.resident();
        region.break_(
                account,
                "/v1/me/summary",
                mixed -> FakeRegion.json(
                        mixed,
                        new JsonObject()
                                .put("account", UUID.randomUUID().toString())
                                .put("name", "别人")));
        given().header("Authorization", "Bearer " + TestTokens.citizen(account, 2))
                .get("/v1/home")
                .then()
                .body("name", nullValue())
                .body("degraded", containsInAnyOrder("summary"));
    }

    /** Two hundred people, twenty at a time, every part late by a random time; each part carries its owner's mark. */
    @Test
    void never_mixes_two_people() {
        HttpClient client = HttpClient.newHttpClient();
        List<UUID> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            UUID account = UUID.randomUUID();
            people.add(account);
            mark(account);
        }
        Map<UUID, String> tokens = people.stream()
                .collect(Collectors.toMap(account -> account, account -> TestTokens.citizen(account, 2)));
        Semaphore free = new Semaphore(AT_A_TIME);
        long whole = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(people);
            List<CompletableFuture<JsonObject>> screens = people.stream()
                    .map(account -> screen(client, tokens.get(account), free))
                    .toList();
            for (int i = 0; i < PEOPLE; i++) {
                JsonObject screen = screens.get(i).join();
                belongsTo(screen, people.get(i));
                whole += screen.getJsonArray("degraded").isEmpty() ? 1 : 0;
            }
        }
        assertThat(whole).as("screens with all their parts").isGreaterThan(PEOPLE / 2);
    }

    private static void belongsTo(JsonObject screen, UUID account) {
        String id = account.toString();
        assertThat(screen.getString("account")).isEqualTo(id);
        assertThat(screen.getString("name", id)).isEqualTo(id);
        assertThat(screen.getJsonObject("card", new JsonObject().put("id", id)).getString("id"))
                .isEqualTo(id);
        assertThat(screen.getInteger("unread", id.hashCode())).isEqualTo(id.hashCode());
    }

    private void mark(UUID account) {
        String id = account.toString();
        region.breakLate(
                account,
                "/v1/me/summary",
                delay(),
                new JsonObject().put("account", id).put("name", id));
        region.breakLate(
                account,
                "/v1/me/cards",
                delay(),
                new JsonObject()
                        .put(
                                "items",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("id", id)
                                                .put("kind", "REGIONAL")
                                                .put("status", "ACTIVE"))));
        region.breakLate(account, "/v1/me/inbox/unread", delay(), new JsonObject().put("count", id.hashCode()));
    }

    private static int delay() {
        return ThreadLocalRandom.current().nextInt(1, 80);
    }

    private CompletableFuture<JsonObject> screen(HttpClient client, String token, Semaphore free) {
        free.acquireUninterruptibly();
        HttpRequest request = HttpRequest.newBuilder(URI.create(home.toString()))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(answer -> {
            free.release();
            assertThat(answer.statusCode()).isEqualTo(200);
            return new JsonObject(answer.body());
        });
    }
}
