package cn.kangka.api.testing;

import static io.restassured.RestAssured.given;

import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events as the index sends them. */
public final class Events {
    private Events() {}

    public static Map<String, Object> event(String aggregate, long version, String type, Map<String, ?> data) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", Ids.next().toString());
        event.put("aggregate", aggregate);
        event.put("version", version);
        event.put("type", type);
        event.put("at", OffsetDateTime.now(java.time.ZoneOffset.UTC).toString());
        event.put("trace", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        event.put("data", data);
        return event;
    }

    /** A person's state. {@code links}: identity, link version, identity, link version … all of hospital H001. */
    public static Map<String, Object> person(UUID person, long version, Map<String, ?> more, Object... links) {
        List<Map<String, Object>> identities = new ArrayList<>();
        for (int i = 0; i < links.length; i += 2) {
            identities.add(Map.of("identity", links[i].toString(), "source", "H001", "linkVersion", links[i + 1]));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("person", person.toString());
        data.put("status", "ACTIVE");
        data.put("suspect", false);
        data.put("name", "王小明");
        data.put("sex", "MALE");
        data.put("birthDate", "1990-03-07");
        data.put("identities", identities);
        data.putAll(more);
        return event(person.toString(), version, "person.changed", data);
    }

    public static Map<String, Object> mergedInto(UUID loser, long version, UUID survivor) {
        return person(loser, version, Map.of("status", "MERGED", "mergedInto", survivor.toString()));
    }

    /** Sends them as the index does. */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is only read.
    public static ValidatableResponse send(Map<String, Object>... events) {
        return given().auth()
                .oauth2(TestTokens.service("empi", "api"))
                .contentType(ContentType.JSON)
                .body(Map.of("events", List.of(events)))
                .post("/v1/region-events")
                .then();
    }
}
