package cn.kangka.api.record;

import cn.kangka.api.testing.Clinic;
import cn.kangka.kit.id.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A DiagnosticReport with its Observations, as the index sends them. */
public final class TestReport {
    private static final String LOINC = "http://loinc.org";
    private final Clinic.Link link;
    private final JsonObject report;
    private final List<JsonObject> resources = new ArrayList<>();

    private TestReport(Clinic.Link link, String number) {
        this.link = link;
        this.report = new JsonObject()
                .put("resourceType", "DiagnosticReport")
                .put("id", Ids.next().toString())
                .put(
                        "identifier",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("system", "urn:kangka:report:" + link.source())
                                        .put("value", number)))
                .put("status", "final")
                .put("code", new JsonObject().put("text", "血常规"))
                .put("category", new JsonArray().add(Clinic.concept("v2-0074", "LAB", null)))
                .put("subject", subject())
                .put("effectiveDateTime", "2026-11-20T08:00:00+08:00")
                .put("issued", "2026-11-20T10:00:00+08:00")
                .put("performer", new JsonArray().add(new JsonObject().put("display", "市第一人民医院")))
                .put("result", new JsonArray());
        resources.add(report);
    }

    /** A final, normal report without values, issued on 20 November 2026. */
    public static TestReport of(Clinic.Link link, String number) {
        return new TestReport(link, number);
    }

    private JsonObject subject() {
        return new JsonObject().put("reference", "Patient/" + link.identity());
    }

    public TestReport with(String field, Object value) {
        report.put(field, value);
        return this;
    }

    public TestReport titled(String title) {
        return with("code", new JsonObject().put("text", title));
    }

    /** When the specimen was taken and, two hours later, the report issued. */
    public TestReport at(String day) {
        return with("effectiveDateTime", day + "T08:00:00+08:00").with("issued", day + "T10:00:00+08:00");
    }

    public TestReport value(String loinc, String name, double value, String unit, String flag) {
        return observation(Clinic.concept(LOINC, loinc, name), observation -> observation
                .put("valueQuantity", new JsonObject().put("value", value).put("unit", unit))
                .put("interpretation", new JsonArray().add(Clinic.concept("flags", flag, null)))
                .put(
                        "referenceRange",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("low", new JsonObject().put("value", 3.5))
                                        .put("high", new JsonObject().put("value", 9.5))
                                        .put("text", "3.5-9.5"))));
    }

    public TestReport text(String name, String value) {
        return observation(new JsonObject().put("text", name), observation -> observation.put("valueString", value));
    }

    private TestReport observation(JsonObject code, java.util.function.UnaryOperator<JsonObject> value) {
        String id = Ids.next().toString();
        report.getJsonArray("result").add(new JsonObject().put("reference", "Observation/" + id));
        resources.add(value.apply(new JsonObject()
                .put("resourceType", "Observation")
                .put("id", id)
                .put("status", "final")
                .put("code", code)
                .put("subject", subject())
                .put("effectiveDateTime", report.getString("effectiveDateTime"))));
        return this;
    }

    public JsonObject[] resources() {
        return resources.toArray(JsonObject[]::new);
    }
}
