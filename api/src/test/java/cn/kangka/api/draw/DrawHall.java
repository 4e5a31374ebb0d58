package cn.kangka.api.draw;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests do at a draw: enter, look at what is public, and compute the order anew from nothing else. */
final class DrawHall {
    private DrawHall() {}

    static JsonPath slots(Schedules hospital) {
        return given().get("/v1/slots?limit=200&hospital=" + hospital.source())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static Response enter(String token, Map<String, ?> body) {
        return enter(token, UUID.randomUUID().toString(), body);
    }

    static Response enter(String token, String key, Map<String, ?> body) {
        return given().auth()
                .oauth2(token)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(new HashMap<>(body))
                .post("/v1/draw-entries");
    }

    static String entered(Patient patient, String slot) {
        return entered(patient, slot, false);
    }

    static String entered(Patient patient, String slot, boolean waiting) {
        return enter(patient.token(), Map.of("slotId", slot, "waiting", waiting))
                .then()
                .statusCode(201)
                .body("status", equalTo("ENTERED"))
                .extract()
                .path("id");
    }

    static Response leave(Patient patient, String entry) {
        return given().auth().oauth2(patient.token()).delete("/v1/draw-entries/" + entry);
    }

    static JsonPath mine(Patient patient) {
        return given().auth()
                .oauth2(patient.token())
                .get("/v1/me/draw-entries")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static String status(Patient patient) {
        return mine(patient).getString("items[0].status");
    }

    static JsonPath draw(String id) {
        return given().get("/v1/draws/" + id).then().statusCode(200).extract().jsonPath();
    }

    /** A line of the public list. */
    record Line(String id, Integer rank, String outcome) {}

    /** The whole public list, page by page. */
    static List<Line> list(String draw, int limit) {
        List<Line> lines = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = given().get("/v1/draws/" + draw + "/entries?limit=" + limit + "&cursor=" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<Map<String, Object>> items = page.getList("items");
            items.forEach(item -> lines.add(
                    new Line((String) item.get("id"), (Integer) item.get("rank"), (String) item.get("outcome"))));
            cursor = page.getString("next");
        }
        return lines;
    }

    /** What anybody computes from a seed and a list of ids, as the algorithm says. */
    static List<String> order(String seed, List<String> ids) {
        String digest = digest(ids);
        return ids.stream()
                .sorted(Comparator.comparing(id -> hash(seed + ":" + digest + ":" + id)))
                .toList();
    }

    static String digest(List<String> ids) {
        StringBuilder text = new StringBuilder();
        ids.stream().sorted().forEach(id -> text.append(id).append('\n'));
        return hash(text.toString());
    }

    static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
