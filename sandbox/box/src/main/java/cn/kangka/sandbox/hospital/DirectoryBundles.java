package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.region.Department;
import cn.kangka.sandbox.region.Doctor;
import cn.kangka.sandbox.region.Institution;
import cn.kangka.sandbox.region.Session;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A hospital's directory and timetable as FHIR R4 bundles, in the subset of docs/between-services.md. */
final class DirectoryBundles {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    private static final String CAMPUS = "MAIN";

    private final Institution institution;
    private final String written;
    private final JsonArray entries = new JsonArray();

    private DirectoryBundles(Institution institution, Instant at) {
        this.institution = institution;
        this.written = at.toString();
    }

    /** Organization, departments and who works where. */
    static JsonObject directory(Institution institution, List<Doctor> doctors, Instant at) {
        DirectoryBundles bundle = new DirectoryBundles(institution, at);
        bundle.organization();
        bundle.campus();
        institution.departments().forEach(bundle::department);
        doctors.forEach(bundle::role);
        return bundle.json();
    }

    /** Sessions with their bands. */
    static JsonObject timetable(Institution institution, List<Session> sessions, Instant at) {
        DirectoryBundles bundle = new DirectoryBundles(institution, at);
        sessions.forEach(bundle::session);
        return bundle.json();
    }

    private JsonObject json() {
        return new JsonObject()
                .put("resourceType", "Bundle")
                .put("type", "transaction")
                .put("identifier", identifier("organization", null, institution.id()))
                .put("entry", entries);
    }

    private void organization() {
        JsonObject organization = resource("Organization", institution.id(), "organization", null, institution.id());
        entry(organization
                .put("active", true)
                .put("name", institution.name())
                .put("alias", new JsonArray().add(institution.englishName()))
                .put(
                        "type",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put(
                                                "coding",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put(
                                                                        "system",
                                                                        "http://terminology.hl7.org/CodeSystem/organization-type")
                                                                .put("code", "prov")))
                                        .put(
                                                "text",
                                                institution.kind() == Institution.Kind.HOSPITAL ? "三级医院" : "社区卫生服务中心")))
                .put("address", new JsonArray().add(new JsonObject().put("text", institution.address()))));
    }

    /** All of them have one place. */
    private void campus() {
        entry(own("Location", "campus", CAMPUS)
                .put("status", "active")
                .put("name", institution.kind() == Institution.Kind.HOSPITAL ? "本部院区" : institution.name())
                .put("address", new JsonObject().put("text", institution.address()))
                .put(
                        "position",
                        new JsonObject()
                                .put("longitude", institution.longitude())
                                .put("latitude", institution.latitude()))
                .put("managingOrganization", reference("organization", null, institution.id())));
    }

    private void department(Department department) {
        entry(own("HealthcareService", "department", department.code())
                .put("active", true)
                .put("providedBy", reference("organization", null, institution.id()))
                .put(
                        "type",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put(
                                                "coding",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put("system", "urn:kangka:subject")
                                                                .put("code", department.subject())))))
                .put("name", department.name())
                .put("location", new JsonArray().add(reference("campus", institution.id(), CAMPUS)))
                .put("specialty", texts(department.name(), department.englishName())));
    }

    private void role(Doctor doctor) {
        entry(own("PractitionerRole", "role", role(doctor.code(), doctor.department()))
                .put("active", true)
                .put("practitioner", reference("practitioner", institution.id(), doctor.code()))
                .put("organization", reference("organization", null, institution.id()))
                .put(
                        "healthcareService",
                        new JsonArray()
                                .add(reference(
                                        "department",
                                        institution.id(),
                                        doctor.department().code())))
                .put("specialty", texts(doctor.specialty())));
    }

    private void session(Session session) {
        Doctor doctor = session.doctor();
        JsonArray extensions = new JsonArray()
                .add(new JsonObject()
                        .put("url", "urn:kangka:fee")
                        .put(
                                "valueMoney",
                                new JsonObject().put("value", doctor.fee()).put("currency", "CNY")));
        if (session.scarce()) {
            extensions.add(new JsonObject().put("url", "urn:kangka:mode").put("valueCode", "DRAW"));
        }
        if (session.remote()) {
            extensions.add(new JsonObject().put("url", "urn:kangka:modality").put("valueCode", "REMOTE"));
        }
        entry(own("Schedule", "session", session.code())
                .put("active", true)
                .put(
                        "actor",
                        new JsonArray()
                                .add(reference("role", institution.id(), role(doctor.code(), doctor.department()))))
                .put(
                        "planningHorizon",
                        new JsonObject()
                                .put("start", TIME.format(session.start()))
                                .put("end", TIME.format(session.end())))
                .put("extension", extensions));
        session.bands().forEach(band -> slot(session, band));
    }

    private void slot(Session session, Session.Band band) {
        entry(own("Slot", "slot", band.code())
                .put("schedule", reference("session", institution.id(), session.code()))
                .put("status", "free")
                .put("start", TIME.format(band.start()))
                .put("end", TIME.format(band.end()))
                .put(
                        "extension",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("url", "urn:kangka:units")
                                        .put("valuePositiveInt", Session.CAPACITY))));
    }

    private static String role(String doctor, Department department) {
        return doctor + "/" + department.code();
    }

    private JsonObject own(String type, String kind, String code) {
        String id = (institution.id() + "-" + code).replace('/', '-');
        return resource(type, id, kind, institution.id(), code);
    }

    private JsonObject resource(String type, String id, String kind, String source, String code) {
        return new JsonObject()
                .put("resourceType", type)
                .put("id", id)
                .put("meta", new JsonObject().put("lastUpdated", written))
                .put("identifier", new JsonArray().add(identifier(kind, source, code)));
    }

    private static JsonObject identifier(String kind, String source, String value) {
        return new JsonObject().put("system", system(kind, source)).put("value", value);
    }

    private static String system(String kind, String source) {
        return "urn:kangka:" + kind + (source == null ? "" : ":" + source);
    }

    private static JsonObject reference(String kind, String source, String value) {
        return new JsonObject().put("identifier", identifier(kind, source, value));
    }

    private static JsonArray texts(String... texts) {
        JsonArray concepts = new JsonArray();
        for (String text : texts) {
            concepts.add(new JsonObject().put("text", text));
        }
        return concepts;
    }

    /** A conditional update: the hospital's own code decides what is replaced. */
    private void entry(JsonObject resource) {
        JsonObject identifier = resource.getJsonArray("identifier").getJsonObject(0);
        String token = identifier.getString("system") + "|" + identifier.getString("value");
        String query = URLEncoder.encode(token, StandardCharsets.UTF_8);
        entries.add(new JsonObject()
                .put("resource", resource)
                .put(
                        "request",
                        new JsonObject()
                                .put("method", "PUT")
                                .put("url", resource.getString("resourceType") + "?identifier=" + query)));
    }
}
