package cn.kangka.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class InboxTest {
    @Test
    void is_paged_newest_first_without_gaps() {
        UUID account = UUID.randomUUID();
        for (int i = 0; i < 5; i++) {
            Told.accepted(Told.booking(account));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonPath json = given().auth()
                    .oauth2(Told.citizen(account))
                    .get("/v1/me/inbox?limit=2&cursor=" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(json.getList("items.id", String.class));
            cursor = json.getString("next");
        }
        assertThat(cursor).isNull();
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void knows_what_is_read() {
        UUID account = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            Told.accepted(Told.booking(account));
        }
        String id = Told.inbox(account).extract().path("items[0].id");

        as(account).post("/v1/me/inbox/" + id + "/read").then().statusCode(204);

        as(account).get("/v1/me/inbox/unread").then().body("count", equalTo(2));
        Told.inbox(account).body("items[0].readAt", notNullValue()).body("items[1].readAt", equalTo(null));
        as(account).post("/v1/me/inbox/read-all").then().statusCode(200).body("count", equalTo(2));
        as(account).get("/v1/me/inbox/unread").then().body("count", equalTo(0));
    }

    @Test
    void who_told_it_learns_whether_it_was_read() {
        UUID account = UUID.randomUUID();
        String read = "read:" + UUID.randomUUID();
        String unread = "unread:" + UUID.randomUUID();
        Told.accepted(Told.booking(account, unread, "TRANSACTIONAL"));
        Told.accepted(Told.booking(account, read, "TRANSACTIONAL"));
        String id = Told.inbox(account).extract().path("items[0].id");
        as(account).post("/v1/me/inbox/" + id + "/read").then().statusCode(204);

        reads(Told.service(), List.of(read, unread, "nobody's"))
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].key", equalTo(read))
                .body("items[0].readAt", notNullValue());
        reads(TestTokens.service("empi", "notification"), List.of(read))
                .statusCode(200)
                .body("items", hasSize(0));
        reads(Told.service(), List.of()).statusCode(400);
        reads(Told.citizen(account), List.of(read)).statusCode(403);
    }

    private static ValidatableResponse reads(String token, List<String> keys) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("keys", keys))
                .post("/v1/notices/reads")
                .then();
    }

    @Test
    void is_nobody_elses() {
        UUID account = UUID.randomUUID();
        Told.accepted(Told.booking(account));
        String id = Told.inbox(account).extract().path("items[0].id");
        UUID other = UUID.randomUUID();

        Told.inbox(other).body("items", hasSize(0));
        as(other).post("/v1/me/inbox/" + id + "/read").then().statusCode(404);
        as(other).post("/v1/me/inbox/" + UUID.randomUUID() + "/read").then().statusCode(404);

        as(account).get("/v1/me/inbox/unread").then().body("count", equalTo(1));
        given().get("/v1/me/inbox").then().statusCode(401);
        given().auth().oauth2(Told.service()).get("/v1/me/inbox").then().statusCode(403);
    }

    @Test
    void a_cursor_that_is_none_is_refused() {
        as(UUID.randomUUID()).get("/v1/me/inbox?cursor=nonsense").then().statusCode(422);
        as(UUID.randomUUID()).get("/v1/me/inbox?limit=1000").then().statusCode(400);
    }

    @Test
    void the_delivery_log_shows_every_way_of_a_notice() {
        UUID account = Told.account(Told.phone(), null);
        Told.accepted(Told.booking(account));

        await().untilAsserted(() -> assertThat(Told.state(account, "PUSH")).isEqualTo("SKIPPED"));
        assertThat(Told.state(account, "SMS")).isEqualTo("QUEUED");
        as(account).get("/v1/accounts/" + account + "/deliveries").then().statusCode(403);
    }

    private static io.restassured.specification.RequestSpecification as(UUID account) {
        return given().auth().oauth2(Told.citizen(account));
    }
}
