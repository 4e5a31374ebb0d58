package cn.kangka.empi.fhir;

import cn.kangka.empi.fhir.PatientRequests.PatientRequest;
import cn.kangka.empi.fhir.PatientRequests.Verb;
import cn.kangka.empi.hospital.Sources;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads what the entries of a transaction or batch ask for. */
@ApplicationScoped
class BundleEntries {
    private static final String PATIENT = "Patient";
    private static final int MOST_PATIENTS = 100;

    private final PatientRequests patients;
    private final Sources sources;
    private final FhirParsing parsing;

    BundleEntries(PatientRequests patients, Sources sources, FhirParsing parsing) {
        this.patients = patients;
        this.sources = sources;
        this.parsing = parsing;
    }

    /** What one entry asks for. */
    sealed interface Step {
        /** Where it stands in the bundle, from 0. */
        int index();
    }

    /** A patient is told of. */
    record Telling(int index, PatientRequest request) implements Step {}

    /** A resource of the directory is told of. */
    record Listing(int index, JsonNode entry) implements Step {}

    /** Patients are looked for; {@code url} is relative to the base. */
    record Looking(int index, String url) implements Step {}

    /** Identifiers of the resources in a bundle, by every reference that names them. */
    static Map<String, JsonNode> references(JsonNode bundle) {
        Map<String, JsonNode> known = new HashMap<>();
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            if (resource.path("identifier").size() > 0) {
                known.put(entry.path("fullUrl").asText(), resource.path("identifier"));
                known.put(
                        resource.path("resourceType").asText() + "/"
                                + resource.path("id").asText(),
                        resource.path("identifier"));
            }
        }
        return known;
    }

    /**
     * Reads all entries.
     *
     * @param refused hears of those that cannot be done
     */
    List<Step> read(JsonNode bundle, FhirSender sender, BiConsumer<Integer, FhirRefusedException> refused) {
        Map<String, JsonNode> references = references(bundle);
        List<Step> steps = new ArrayList<>();
        int patients = 0;
        for (int index = 0; index < bundle.path("entry").size(); index++) {
            try {
                Step step = read(bundle.path("entry").path(index), index, references, sender);
                patients += step instanceof Listing ? 0 : 1;
                if (patients > MOST_PATIENTS) {
                    throw new FhirRefusedException(
                            422, "too-costly", "Bundle.entry[" + index + "]", "at most 100 entries concern patients");
                }
                steps.add(step);
            } catch (FhirRefusedException e) {
                refused.accept(index, e);
            }
        }
        return steps;
    }

    private Step read(JsonNode entry, int index, Map<String, JsonNode> references, FhirSender sender) {
        JsonNode request = entry.path("request");
        String method = request.path("method").asText();
        String place = "Bundle.entry[" + index + "]";
        if (method.equals("GET")) {
            return new Looking(index, request.path("url").asText());
        }
        if (PATIENT.equals(entry.path("resource").path("resourceType").asText())) {
            return new Telling(index, telling(entry, method, references, sender, place));
        }
        DirectoryRules.check(
                entry, place + ".resource", sender, id -> sources.byId(id).isPresent(), parsing::issues);
        return new Listing(index, entry);
    }

    private PatientRequest telling(
            JsonNode entry, String method, Map<String, JsonNode> references, FhirSender sender, String place) {
        JsonNode request = entry.path("request");
        String condition = null;
        Verb verb;
        switch (method) {
            case "PUT" -> {
                verb = Verb.PUT;
                String url = request.path("url").asText();
                if (!url.startsWith(PATIENT + "?")) {
                    throw new FhirRefusedException(
                            422,
                            "not-supported",
                            place + ".request.url",
                            "a patient is updated by Patient?identifier=system|value");
                }
                condition = url;
            }
            case "POST" -> {
                condition = request.hasNonNull("ifNoneExist")
                        ? request.path("ifNoneExist").asText()
                        : null;
                verb = condition == null ? Verb.CREATE : Verb.CREATE_IF_NONE;
            }
            default ->
                throw new FhirRefusedException(
                        422, "not-supported", place + ".request.method", "GET, PUT and POST are done for patients");
        }
        return patients.read(entry.path("resource"), verb, condition, references, sender, place + ".resource");
    }
}
