package cn.kangka.empi.fhir;

import cn.kangka.empi.fhir.FhirLog.Done;
import cn.kangka.empi.fhir.FhirLog.Work;
import cn.kangka.empi.fhir.PatientRequests.PatientRequest;
import cn.kangka.empi.fhir.PatientRequests.Verb;
import cn.kangka.kit.id.Ids;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A feed of patients as a FHIR message (IHE PMIR, Mobile Patient Identity Feed ITI-93): a MessageHeader whose focus is a Bundle
 * of type history. Who is not known is registered, whoever is, is updated; all of it is done, or nothing.
 */
@ApplicationScoped
class PatientMessage {
    static final String EVENT = "urn:ihe:iti:pmir:2019:patient-feed";
    private static final int MOST_PATIENTS = 100;
    private static final Set<String> METHODS = Set.of("POST", "PUT");

    private final PatientRequests patients;
    private final Clock clock;

    PatientMessage(PatientRequests patients, Clock clock) {
        this.patients = patients;
        this.clock = clock;
    }

    /**
     * Reads a message.
     *
     * @param base where the answer says that this service is
     * @throws FhirRefusedException when it cannot be done
     */
    Work read(JsonNode bundle, FhirSender sender, String base) {
        JsonNode header = bundle.path("entry").path(0).path("resource");
        if (!header.path("resourceType").asText().equals("MessageHeader")) {
            throw new FhirRefusedException(
                    400, "structure", "Bundle.entry[0].resource", "the first entry is a MessageHeader");
        }
        if (!header.path("eventUri").asText().equals(EVENT)) {
            throw new FhirRefusedException(
                    422, "not-supported", "Bundle.entry[0].resource.event", EVENT + " is the event that is known");
        }
        List<PatientRequest> requests = requests(bundle, header, sender);
        return tx -> patients.lock(tx, requests)
                .chain(() -> Multi.createFrom()
                        .iterable(requests)
                        .onItem()
                        .transformToUniAndConcatenate(request -> patients.write(tx, request, clock.instant()))
                        .collect()
                        .last())
                .map(last -> new Done(
                        FhirAnswer.of(response(header, base)),
                        requests.size() == 1 ? last.linked().identity() : null,
                        requests.size() == 1 ? last.linked().person() : null));
    }

    private List<PatientRequest> requests(JsonNode bundle, JsonNode header, FhirSender sender) {
        String focus = header.path("focus").path(0).path("reference").asText();
        for (int index = 1; index < bundle.path("entry").size(); index++) {
            JsonNode entry = bundle.path("entry").path(index);
            JsonNode history = entry.path("resource");
            boolean named = entry.path("fullUrl").asText().equals(focus)
                    || focus.equals("Bundle/" + history.path("id").asText());
            if (named && history.path("type").asText().equals("history")) {
                return requests(history, sender, "Bundle.entry[" + index + "].resource");
            }
        }
        throw new FhirRefusedException(
                422,
                "required",
                "Bundle.entry[0].resource.focus",
                "the focus is a Bundle of type history that stands in the message");
    }

    private List<PatientRequest> requests(JsonNode history, FhirSender sender, String place) {
        if (history.path("entry").isEmpty() || history.path("entry").size() > MOST_PATIENTS) {
            throw new FhirRefusedException(422, "too-costly", place + ".entry", "1 to 100 patients are told at once");
        }
        Map<String, JsonNode> references = BundleEntries.references(history);
        List<PatientRequest> requests = new ArrayList<>();
        List<FhirRefusedException> refused = new ArrayList<>();
        int index = 0;
        for (JsonNode entry : history.path("entry")) {
            String each = place + ".entry[" + index++ + "]";
            try {
                if (!METHODS.contains(entry.path("request").path("method").asText())) {
                    throw new FhirRefusedException(
                            422,
                            "not-supported",
                            each + ".request.method",
                            "POST and PUT are done; a patient is not deleted, but replaced by another one");
                }
                requests.add(
                        patients.read(entry.path("resource"), Verb.FEED, null, references, sender, each + ".resource"));
            } catch (FhirRefusedException e) {
                refused.add(e);
            }
        }
        if (!refused.isEmpty()) {
            throw FhirRefusedException.all(refused);
        }
        return requests;
    }

    private ObjectNode response(JsonNode request, String base) {
        ObjectNode bundle = Nodes.object()
                .put("resourceType", "Bundle")
                .put("id", Ids.next().toString())
                .put("type", "message")
                .put("timestamp", clock.instant().toString());
        String id = Ids.next().toString();
        ObjectNode entry = bundle.putArray("entry").addObject().put("fullUrl", "urn:uuid:" + id);
        ObjectNode header = entry.putObject("resource")
                .put("resourceType", "MessageHeader")
                .put("id", id)
                .put("eventUri", EVENT);
        if (request.path("source").hasNonNull("endpoint")) {
            header.putArray("destination")
                    .addObject()
                    .put("endpoint", request.path("source").path("endpoint").asText());
        }
        header.putObject("source").put("endpoint", base);
        header.putObject("response")
                .put("identifier", request.path("id").asText("-"))
                .put("code", "ok");
        return bundle;
    }
}
