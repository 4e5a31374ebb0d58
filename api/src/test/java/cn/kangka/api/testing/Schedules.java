package cn.kangka.api.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.testing.TestTokens;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.http.ContentType;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A hospital that states its directory and schedule through the door that empi uses. */
public final class Schedules {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final AtomicInteger NEXT = new AtomicInteger(100);

    private final String source;
    private final ArrayNode entries = JSON.createArrayNode();

    public Schedules(String source) {
        this.source = source;
    }

    /** A hospital that no other test knows, with nothing said of it yet. */
    public static Schedules fresh() {
        return new Schedules("H" + NEXT.incrementAndGet());
    }

    public String source() {
        return source;
    }

    public Schedules hospital(String name) {
        return hospital(source, name);
    }

    /** What it says of a hospital of that id, which may be another. */
    public Schedules hospital(String id, String name) {
        ObjectNode resource = resource("Organization");
        resource.put("id", id).put("name", name);
        resource.putArray("alias").add(name + "别名");
        resource.putArray("address").addObject().put("text", "人民路 1 号");
        return this;
    }

    public Schedules department(String code, String name) {
        identified(resource("HealthcareService"), "department", code).put("name", name);
        return this;
    }

    /** A department that says which of the national list it is, and where. */
    public Schedules department(String code, String name, String standard, String campus) {
        ObjectNode resource = identified(resource("HealthcareService"), "department", code);
        resource.put("name", name);
        resource.putArray("type")
                .addObject()
                .putArray("coding")
                .addObject()
                .put("system", "urn:kangka:subject")
                .put("code", standard);
        if (campus != null) {
            reference(resource.putArray("location").addObject(), "campus", campus);
        }
        return this;
    }

    public Schedules campus(String code, String name, double latitude, double longitude) {
        ObjectNode resource = identified(resource("Location"), "campus", code);
        resource.put("name", name);
        resource.putObject("address").put("text", "滨江路 " + code);
        resource.putObject("position").put("longitude", longitude).put("latitude", latitude);
        return this;
    }

    public Schedules doctor(String code, String name, String title) {
        ObjectNode resource = identified(resource("Practitioner"), "practitioner", code);
        resource.putArray("name").addObject().put("text", name);
        resource.putArray("qualification").addObject().putObject("code").put("text", title);
        return this;
    }

    public Schedules role(String doctor, String department) {
        ObjectNode resource = identified(resource("PractitionerRole"), "role", doctor + "/" + department);
        reference(resource.putObject("practitioner"), "practitioner", doctor);
        reference(resource.putArray("healthcareService").addObject(), "department", department);
        return this;
    }

    /** A session whose units are given by lot. */
    public Schedules scarce(String code, String doctor, String department, LocalDate date, boolean morning) {
        session(code, doctor, department, date, morning);
        ((ArrayNode) entries.get(entries.size() - 1).at("/resource/extension"))
                .addObject()
                .put("url", "urn:kangka:mode")
                .put("valueCode", "DRAW");
        return this;
    }

    /** A role with a specialty in words. */
    public Schedules role(String doctor, String department, String specialty) {
        role(doctor, department);
        ((ObjectNode) entries.get(entries.size() - 1).path("resource"))
                .putArray("specialty")
                .addObject()
                .put("text", specialty);
        return this;
    }

    public Schedules session(String code, String doctor, String department, LocalDate date, boolean morning) {
        ObjectNode resource = identified(resource("Schedule"), "session", code);
        reference(resource.putArray("actor").addObject(), "role", doctor + "/" + department);
        LocalTime start = morning ? LocalTime.of(8, 30) : LocalTime.of(14, 0);
        resource.putObject("planningHorizon")
                .put("start", at(date, start))
                .put("end", at(date, start.plusMinutes(210)));
        ObjectNode fee = resource.putArray("extension").addObject().put("url", "urn:kangka:fee");
        fee.putObject("valueMoney").put("value", 25.5).put("currency", "CNY");
        return this;
    }

    /** Bands of half an hour from the session's start. */
    public Schedules bands(String session, LocalDate date, boolean morning, int count, int units) {
        LocalTime start = morning ? LocalTime.of(8, 30) : LocalTime.of(14, 0);
        for (int i = 0; i < count; i++) {
            slot(session + "-" + i, session, date, start.plusMinutes(30L * i), units);
        }
        return this;
    }

    /** One band of half an hour. */
    public Schedules band(String session, LocalDate date, LocalTime start, int units) {
        slot(session + "-" + start, session, date, start, units);
        return this;
    }

    private void slot(String code, String session, LocalDate date, LocalTime start, int units) {
        ObjectNode resource = identified(resource("Slot"), "slot", code);
        reference(resource.putObject("schedule"), "session", session);
        resource.put("status", "free").put("start", at(date, start)).put("end", at(date, start.plusMinutes(30)));
        resource.putArray("extension")
                .addObject()
                .put("url", "urn:kangka:units")
                .put("valuePositiveInt", units);
    }

    /** A whole hospital with one department, one doctor and one morning of so many bands and units. */
    public Schedules morning(LocalDate date, int bands, int units) {
        return hospital("测试医院" + source)
                .department("CARD", "心血管内科")
                .doctor("D1", "王建国", "主任医师")
                .role("D1", "CARD")
                .session("S1", "D1", "CARD", date, true)
                .bands("S1", date, true, bands, units);
    }

    /** The same, given by lot. */
    public Schedules scarceMorning(LocalDate date, int bands, int units) {
        return hospital("测试医院" + source)
                .department("CARD", "心血管内科")
                .doctor("D1", "王建国", "主任医师")
                .role("D1", "CARD")
                .scarce("S1", "D1", "CARD", date, true)
                .bands("S1", date, true, bands, units);
    }

    /** Every session that was collected does not take place. */
    public Schedules ended() {
        for (JsonNode entry : entries) {
            ObjectNode resource = (ObjectNode) entry.path("resource");
            if (resource.path("resourceType").asText().equals("Schedule")) {
                resource.put("active", false);
            }
        }
        return this;
    }

    /** Of no session that was collected it is said who works there. */
    public Schedules ofNobody() {
        for (JsonNode entry : entries) {
            ((ObjectNode) entry.path("resource")).remove("actor");
        }
        return this;
    }

    /** Every session that was collected is held by video. */
    public Schedules remote() {
        for (JsonNode entry : entries) {
            ObjectNode resource = (ObjectNode) entry.path("resource");
            if (resource.path("resourceType").asText().equals("Schedule")) {
                resource.withArray("extension")
                        .addObject()
                        .put("url", "urn:kangka:modality")
                        .put("valueCode", "REMOTE");
            }
        }
        return this;
    }

    /** States what was collected, and forgets it. */
    public Schedules say() {
        ObjectNode bundle =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", "collection");
        bundle.set("entry", entries.deepCopy());
        entries.removeAll();
        ObjectNode data = JSON.createObjectNode().put("source", source);
        data.set("bundle", bundle);
        event(source, "directory.bundle", data);
        return this;
    }

    /** Sends one event as empi does; it must be applied. */
    public static void event(String aggregate, String type, ObjectNode data) {
        ObjectNode batch = JSON.createObjectNode();
        ObjectNode event = batch.putArray("events").addObject();
        event.put("id", UUID.randomUUID().toString())
                .put("aggregate", aggregate)
                .put("version", System.nanoTime())
                .put("type", type)
                .put("at", "2026-01-01T00:00:00Z");
        event.set("data", data);
        String answer = given().auth()
                .oauth2(TestTokens.service("empi", "api"))
                .contentType(ContentType.JSON)
                .body(batch.toString())
                .post("/v1/region-events")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(answer).contains("\"DONE\"");
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private ObjectNode resource(String type) {
        return entries.addObject().putObject("resource").put("resourceType", type);
    }

    private ObjectNode identified(ObjectNode resource, String kind, String code) {
        resource.putArray("identifier")
                .addObject()
                .put("system", "urn:kangka:" + kind + ":" + source)
                .put("value", code);
        return resource;
    }

    private void reference(ObjectNode node, String kind, String code) {
        node.putObject("identifier")
                .put("system", "urn:kangka:" + kind + ":" + source)
                .put("value", code);
    }

    private static String at(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(ZONE).toOffsetDateTime().toString();
    }
}
