package cn.kangka.api.fhir;

import cn.kangka.api.appointment.AppointmentView;
import cn.kangka.api.appointment.Modality;
import cn.kangka.api.appointment.VisitKind;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What we have, as FHIR R4 resources. */
final class FhirResources {
    private static final String CAPACITY = "http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity";
    private static final String V2_0276 = "http://terminology.hl7.org/CodeSystem/v2-0276";
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

    private FhirResources() {}

    private static ObjectNode resource(String type, Object id) {
        return JsonNodeFactory.instance.objectNode().put("resourceType", type).put("id", id.toString());
    }

    static String time(OffsetDateTime time) {
        return time.format(INSTANT);
    }

    /** A session: who sees patients, of which department, from when to when. */
    static ObjectNode schedule(SchedulingStore.Session session) {
        ObjectNode schedule = resource("Schedule", session.id());
        schedule.put("active", session.open());
        remote(schedule, session.remote());
        schedule.putArray("serviceType").addObject().put("text", session.departmentName());
        ArrayNode actors = schedule.putArray("actor");
        String doctor = session.title() == null
                ? session.practitionerName()
                : session.practitionerName() + " " + session.title();
        actors.addObject()
                .put("reference", "Practitioner/" + session.practitioner())
                .put("display", doctor);
        actors.addObject()
                .put("reference", "HealthcareService/" + session.department())
                .put("display", session.hospitalName() + " " + session.departmentName());
        schedule.putObject("planningHorizon")
                .put("start", time(session.start()))
                .put("end", time(session.end()));
        return schedule;
    }

    /** A band: free when the app can book a unit of it; how many is an extension of SMART Scheduling Links. */
    static ObjectNode slot(SchedulingStore.Band band) {
        ObjectNode slot = resource("Slot", band.id());
        slot.putArray("extension").addObject().put("url", CAPACITY).put("valueInteger", band.open() ? band.free() : 0);
        remote(slot, band.remote());
        slot.putObject("schedule").put("reference", "Schedule/" + band.session());
        slot.put("status", status(band));
        slot.put("start", time(band.start())).put("end", time(band.end()));
        return slot;
    }

    /** {@code free}, {@code busy}, or {@code busy-unavailable} for what was stopped or closed. */
    static String status(SchedulingStore.Band band) {
        return !band.open() ? "busy-unavailable" : band.free() > 0 ? "free" : "busy";
    }

    /** R4 has no word of its own for a visit by video: HL7's ActCode VR (virtual) as category. */
    private static void remote(ObjectNode resource, boolean remote) {
        if (remote) {
            resource.putArray("serviceCategory")
                    .addObject()
                    .putArray("coding")
                    .addObject()
                    .put("system", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
                    .put("code", "VR")
                    .put("display", "virtual");
        }
    }

    /** HL7 table 0276, which has no word for a referral. */
    private static ObjectNode type(VisitKind kind) {
        ObjectNode type = JsonNodeFactory.instance.objectNode();
        ObjectNode coding = type.putArray("coding").addObject();
        switch (kind) {
            case NORMAL -> coding.put("system", V2_0276).put("code", "ROUTINE");
            case FOLLOW_UP -> coding.put("system", V2_0276).put("code", "FOLLOWUP");
            case REFERRAL -> coding.put("system", "urn:kangka:visit-kind").put("code", "REFERRAL");
        }
        return type;
    }

    /** A booking of the caller's. */
    static ObjectNode appointment(AppointmentView booked) {
        ObjectNode appointment = resource("Appointment", booked.id());
        appointment
                .putArray("identifier")
                .addObject()
                .put("system", "urn:kangka:appointment")
                .put("value", booked.id().toString());
        appointment.put("status", status(booked));
        if (booked.reason() != null) {
            appointment.putObject("cancelationReason").put("text", booked.reason());
        }
        remote(appointment, booked.modality() == Modality.REMOTE);
        appointment.set("appointmentType", type(booked.kind()));
        appointment.putArray("serviceType").addObject().put("text", booked.departmentName());
        appointment.put("start", time(booked.start())).put("end", time(booked.end()));
        appointment.putArray("slot").addObject().put("reference", "Slot/" + booked.slotId());
        appointment.put("created", time(booked.bookedAt()));
        ArrayNode participants = appointment.putArray("participant");
        participant(participants, "Patient/" + booked.person(), null, "accepted");
        String hospital =
                switch (booked.hospitalStatus()) {
                    case PENDING -> "needs-action";
                    case ACCEPTED -> "accepted";
                    case REFUSED -> "declined";
                };
        participant(participants, "Practitioner/" + booked.doctor(), booked.doctorName(), hospital);
        participant(
                participants,
                "HealthcareService/" + booked.department(),
                booked.hospitalName() + " " + booked.departmentName(),
                hospital);
        return appointment;
    }

    private static void participant(ArrayNode participants, String reference, String display, String status) {
        ObjectNode participant = participants.addObject();
        ObjectNode actor = participant.putObject("actor").put("reference", reference);
        if (display != null) {
            actor.put("display", display);
        }
        participant.put("status", status);
    }

    /** A booking that no hospital has answered is pending. */
    static String status(AppointmentView booked) {
        return switch (booked.status()) {
            case BOOKED ->
                switch (booked.hospitalStatus()) {
                    case PENDING -> "pending";
                    case ACCEPTED, REFUSED -> "booked";
                };
            case CHECKED_IN -> "checked-in";
            case COMPLETED -> "fulfilled";
            case MISSED -> "noshow";
            case CANCELLED, REFUSED, STOPPED -> "cancelled";
        };
    }

    /** One page of a search. */
    static ObjectNode searchset(String base, List<ObjectNode> found, String self, String next) {
        ObjectNode bundle = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", "Bundle")
                .put("type", "searchset");
        ArrayNode links = bundle.putArray("link");
        links.addObject().put("relation", "self").put("url", self);
        if (next != null) {
            links.addObject().put("relation", "next").put("url", next);
        }
        if (!found.isEmpty()) {
            ArrayNode entries = bundle.putArray("entry");
            for (ObjectNode each : found) {
                ObjectNode entry = entries.addObject();
                entry.put(
                        "fullUrl",
                        base + "/" + each.get("resourceType").asText() + "/"
                                + each.get("id").asText());
                entry.set("resource", each);
                entry.putObject("search").put("mode", "match");
            }
        }
        return bundle;
    }

    /** Why not. */
    static ObjectNode outcome(String code, String text) {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode().put("resourceType", "OperationOutcome");
        outcome.putArray("issue")
                .addObject()
                .put("severity", "error")
                .put("code", code)
                .put("diagnostics", text);
        return outcome;
    }
}
