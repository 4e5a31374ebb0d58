package cn.kangka.api.imaging;

import cn.kangka.api.testing.Clinic.Link;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Neighbours.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Has the fake index say where archives are, and by which number each hospital knows a person. */
final class TestArchives {
    private TestArchives() {}

    /** The hospitals' archives by source; waits until the service knows them. */
    static void known(Hospitals hospitals, Map<String, String> bases) {
        JsonArray items = new JsonArray();
        new TreeMap<>(bases)
                .forEach((source, base) -> items.add(new JsonObject()
                        .put("id", source)
                        .put("name", "医院" + source)
                        .put("kind", "HOSPITAL")
                        .put("bookingMode", "KANGKA_FILLS")
                        .put("dicomWeb", base)));
        String body = new JsonObject().put("items", items).encode();
        Neighbours.EMPI.answer("GET", "/v1/sources", asked -> new Answer(200, body));
        cn.kangka.api.testing.Clinic.eventually(() -> {
            hospitals.refresh().await().indefinitely();
            return bases.keySet().stream()
                    .allMatch(source -> hospitals.name(source).equals("医院" + source));
        });
    }

    /** The person's numbers at hospitals. */
    static void numbers(UUID person, Map<Link, String> localIds) {
        JsonArray identities = new JsonArray();
        localIds.forEach((link, localId) -> identities.add(new JsonObject()
                .put("identity", link.identity().toString())
                .put("source", link.source())
                .put("localId", localId)));
        String body = new JsonObject()
                .put("id", person.toString())
                .put("status", "ACTIVE")
                .put("identities", identities)
                .encode();
        Neighbours.EMPI.answer("GET", "/v1/persons/" + person, asked -> new Answer(200, body));
    }
}
