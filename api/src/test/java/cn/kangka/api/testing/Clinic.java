package cn.kangka.api.testing;

import static io.restassured.RestAssured.given;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.TestTokens;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;

/** What hospitals and the index would say, and accounts to read it with. */
@ApplicationScoped
public class Clinic {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database database;

    Clinic(Database database) {
        this.database = database;
    }

    /** An identity at a hospital, with the version of its link. */
    public record Link(UUID identity, String source, long linkVersion) {
        public static Link at(String source) {
            return new Link(Ids.next(), source, 1);
        }

        public Link next() {
            return new Link(identity, source, linkVersion + 1);
        }
    }

    /** A new person with these identities. */
    public UUID person(Link... links) {
        UUID person = Ids.next();
        changed(person, 1, null, links);
        return person;
    }

    /** {@code person.changed}; {@code mergedInto} null for an active person. */
    public void changed(UUID person, long version, UUID mergedInto, Link... links) {
        JsonObject data = new JsonObject()
                .put("person", person.toString())
                .put("status", mergedInto == null ? "ACTIVE" : "MERGED")
                .put("mergedInto", mergedInto == null ? null : mergedInto.toString())
                .put("suspect", false)
                .put("name", "测试")
                .put("sex", "FEMALE")
                .put("birthDate", "1980-01-01")
                .put(
                        "identities",
                        new JsonArray(java.util.Arrays.stream(links)
                                .map(link -> new JsonObject()
                                        .put("identity", link.identity().toString())
                                        .put("source", link.source())
                                        .put("linkVersion", link.linkVersion()))
                                .toList()));
        tell("person.changed", person, version, data);
    }

    /** {@code clinical.bundle} with these resources. */
    public void says(Link link, JsonObject... resources) {
        JsonArray entries = new JsonArray();
        for (JsonObject resource : resources) {
            entries.add(new JsonObject().put("resource", resource));
        }
        tell(
                "clinical.bundle",
                link.identity(),
                1,
                new JsonObject()
                        .put("identity", link.identity().toString())
                        .put("source", link.source())
                        .put("message", Ids.next().toString())
                        .put(
                                "bundle",
                                new JsonObject()
                                        .put("resourceType", "Bundle")
                                        .put("type", "collection")
                                        .put("entry", entries)));
    }

    private static void tell(String type, UUID aggregate, long version, JsonObject data) {
        String outcome = send(type, aggregate, version, data);
        if (!outcome.equals("DONE")) {
            throw new AssertionError(type + " was answered " + outcome);
        }
    }

    /** Sends an event as the index does; gives its outcome. */
    public static String send(String type, UUID aggregate, long version, JsonObject data) {
        JsonObject event = new JsonObject()
                .put("id", Ids.next().toString())
                .put("aggregate", aggregate.toString())
                .put("version", version)
                .put("type", type)
                .put("at", "2026-11-23T08:00:00+08:00")
                .put("data", data);
        return given().header("Authorization", "Bearer " + TestTokens.service("empi", "api"))
                .contentType("application/json")
                .body(new JsonObject().put("events", new JsonArray().add(event)).encode())
                .post("/v1/region-events")
                .then()
                .statusCode(200)
                .extract()
                .path("results[0].outcome");
    }

    /** An active account of a person. */
    public UUID account(UUID person, int level) {
        UUID account = Ids.next();
        Buffer phone = Buffer.buffer(account.toString().getBytes(StandardCharsets.UTF_8));
        rows(
                "insert into account (id, phone_hash, phone, person, level) values ($1, $2, $2, $3, $4)",
                Tuple.of(account, phone, person, level));
        return account;
    }

    public void suspend(UUID account) {
        rows("update account set status = 'SUSPENDED', suspended_for = 'OPERATOR' where id = $1", Tuple.of(account));
    }

    /** Actions in the access audit of this actor on this object (null for lists), with their outcome. */
    public List<String> audited(UUID actor, String object) {
        return rows(
                        "select action || ' ' || outcome from audit_entry"
                                + " where actor = $1 and object is not distinct from $2 order by at",
                        Tuple.of(actor.toString(), object))
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    public List<Row> rows(String sql, Tuple arguments) {
        return database.pool()
                .preparedQuery(sql)
                .execute(arguments)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
                .await()
                .atMost(PATIENCE);
    }

    /** The notices of a template that reached {@code notification} for an account. */
    public static List<JsonObject> notices(UUID account, String template) {
        return Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .filter(asked -> asked.path().equals("/v1/notices"))
                .map(asked -> new JsonObject(asked.body()))
                .filter(notice -> notice.getString("template").equals(template))
                .filter(notice ->
                        account.toString().equals(notice.getJsonObject("to").getString("account")))
                .toList();
    }

    /** Waits until it is so, at most ten seconds. */
    public static void eventually(BooleanSupplier itIsSo) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!itIsSo.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within " + PATIENCE);
            }
            pause(Duration.ofMillis(50));
        }
    }

    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A CodeableConcept. */
    public static JsonObject concept(String system, String code, String text) {
        JsonObject concept = new JsonObject();
        if (code != null) {
            concept.put("coding", new JsonArray().add(new JsonObject(Map.of("system", system, "code", code))));
        }
        return text == null ? concept : concept.put("text", text);
    }
}
