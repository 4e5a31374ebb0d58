package cn.kangka.api.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The lines of the published files, as SMART Scheduling Links wants them. */
final class BulkResources {
    private static final String LINK = "http://fhir-registry.smarthealthit.org/StructureDefinition/booking-deep-link";
    private static final String SUBJECT = "urn:kangka:subject";

    private final BulkConfig config;

    BulkResources(BulkConfig config) {
        this.config = config;
    }

    /** A place; a campus is a part of its hospital. */
    ObjectNode location(BulkStore.Place place) {
        ObjectNode location = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", "Location")
                .put("id", place.id())
                .put("name", place.name());
        location.putArray("telecom")
                .addObject()
                .put("system", "phone")
                .put("value", place.telephone() == null ? config.phone() : place.telephone());
        ObjectNode address = location.putObject("address");
        address.putArray("line").add(place.address() == null ? place.name() : place.address());
        config.city().ifPresent(city -> address.put("city", city));
        config.state().ifPresent(state -> address.put("state", state));
        address.put("country", "CN");
        if (place.latitude() != null) {
            location.putObject("position").put("longitude", place.longitude()).put("latitude", place.latitude());
        }
        if (place.part() != null) {
            location.putObject("partOf").put("reference", "Location/" + place.part());
        }
        return location;
    }

    /** A session at a place; the place is its first actor. */
    static ObjectNode schedule(BulkStore.Session session) {
        ObjectNode schedule = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", "Schedule")
                .put("id", session.id().toString())
                .put("active", session.open());
        ObjectNode type = schedule.putArray("serviceType").addObject();
        if (session.standardCode() != null) {
            type.putArray("coding").addObject().put("system", SUBJECT).put("code", session.standardCode());
        }
        type.put("text", session.department());
        ArrayNode actors = schedule.putArray("actor");
        actors.addObject().put("reference", "Location/" + session.place());
        String doctor = session.title() == null
                ? session.practitionerName()
                : session.practitionerName() + " " + session.title();
        actors.addObject()
                .put("reference", "Practitioner/" + session.practitioner())
                .put("display", doctor);
        schedule.putObject("planningHorizon")
                .put("start", FhirResources.time(session.start()))
                .put("end", FhirResources.time(session.end()));
        return schedule;
    }

    /** A band with its capacity and the link to book it; what was closed is busy, as the specification has no other word. */
    ObjectNode slot(String hospital, BulkStore.Band band) {
        ObjectNode slot = FhirResources.slot(band.band());
        slot.put("status", band.band().open() && band.band().free() > 0 ? "free" : "busy");
        slot.withArray("/extension")
                .addObject()
                .put("url", LINK)
                .put(
                        "valueUrl",
                        config.bookUrl() + "/book/" + encoded(hospital) + "/" + encoded(band.department()) + "?date="
                                + band.day() + "&slot=" + band.band().id());
        return slot;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
