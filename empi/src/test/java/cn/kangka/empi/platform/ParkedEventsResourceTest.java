package cn.kangka.empi.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.empi.testing.HospitalsResource;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(HospitalsResource.class)
class ParkedEventsResourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** No relay serves it, so that nothing but this test touches the event. */
    private final String destination = "nowhere-" + Ids.next();

    @Inject
    Database database;

    @Test
    void an_operator_sees_what_is_parked_and_sends_it_again() {
        UUID event = parked();
        as("admin")
                .get("/v1/outbox/parked?destination=" + destination)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(event.toString()))
                .body("items[0].reason", equalTo("answered 422"))
                .body("items[0].payload", nullValue())
                .body("items[0].aggregate", nullValue());

        as("integration")
                .body(Map.of("reason", " "))
                .post("/v1/outbox/parked/" + event + "/release")
                .then()
                .statusCode(400);
        as("integration")
                .body(Map.of("reason", "对方已修复"))
                .post("/v1/outbox/parked/" + event + "/release")
                .then()
                .statusCode(200)
                .body("released", equalTo(1));

        as("integration")
                .body(Map.of("reason", "对方已修复"))
                .post("/v1/outbox/parked/" + event + "/release")
                .then()
                .statusCode(404);
        as("admin").get("/v1/outbox/parked?destination=" + destination).then().body("items", hasSize(0));
        assertThat(count("select count(*) from outbox where parked_at is null and event_id = $1", event))
                .isEqualTo(1);
        assertThat(count(
                        "select count(*) from audit_entry where action = 'outbox.release' and reason = '对方已修复'"
                                + " and object = $1",
                        event.toString()))
                .isEqualTo(1);
    }

    @Test
    void all_of_a_destination_go_out_again() {
        parked();
        parked();

        as("admin")
                .body(Map.of("reason", "接口已恢复"))
                .post("/v1/outbox/parked/release?destination=" + destination)
                .then()
                .statusCode(200)
                .body("released", equalTo(2));
    }

    @Test
    void agents_and_citizens_have_no_business_there() {
        for (String role : new String[] {"agent", "supervisor", "citizen", "service"}) {
            as(role).get("/v1/outbox/parked").then().statusCode(403);
        }
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestTokens.staff("operator-1", role)).contentType(ContentType.JSON);
    }

    private UUID parked() {
        UUID id = Ids.next();
        database.pool()
                .preparedQuery(
                        "insert into outbox (event_id, destination, aggregate, version, type, payload, parked_at,"
                                + " reason) values ($1, $2, $3, 1, 'test.event', $4, now(), 'answered 422')")
                .execute(Tuple.of(id, destination, id.toString(), Buffer.buffer("sealed")))
                .await()
                .atMost(PATIENCE);
        return id;
    }

    private long count(String query, Object value) {
        return database.pool()
                .preparedQuery(query)
                .execute(Tuple.of(value))
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .atMost(PATIENCE);
    }
}
