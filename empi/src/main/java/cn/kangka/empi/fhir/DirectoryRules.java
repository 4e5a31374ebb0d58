package cn.kangka.empi.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** What a posted bundle must be before anything of it is handed on. */
final class DirectoryRules {
    private static final Set<String> BUNDLE_TYPES = Set.of("transaction", "batch", "collection");

    private DirectoryRules() {}

    /** Problems of the bundle itself; nothing else is looked at when there are some. */
    static List<FhirIssue> ofBundle(JsonNode bundle) {
        if (!bundle.path("resourceType").asText().equals("Bundle")) {
            return List.of(new FhirIssue("structure", "Bundle", "a Bundle is expected here"));
        }
        if (!BUNDLE_TYPES.contains(bundle.path("type").asText())) {
            return List.of(
                    new FhirIssue("value", "Bundle.type", "one of transaction, batch and collection is expected"));
        }
        if (!bundle.path("entry").isArray() || bundle.path("entry").isEmpty()) {
            return List.of(new FhirIssue("required", "Bundle.entry", "the bundle is empty"));
        }
        return List.of();
    }

    /**
     * Problems of its entries.
     *
     * @param known whether an institution of that id is connected
     * @param definition what FHIR itself says of a resource at a place
     */
    static List<FhirIssue> ofEntries(
            JsonNode bundle, Predicate<String> known, BiFunction<JsonNode, String, List<FhirIssue>> definition) {
        List<FhirIssue> issues = new ArrayList<>();
        int index = 0;
        for (JsonNode entry : bundle.path("entry")) {
            String place = "Bundle.entry[" + index + "].resource";
            issues.addAll(ofEntry(entry, place, known, definition));
            index++;
        }
        return issues;
    }

    private static List<FhirIssue> ofEntry(
            JsonNode entry,
            String place,
            Predicate<String> known,
            BiFunction<JsonNode, String, List<FhirIssue>> definition) {
        JsonNode resource = entry.path("resource");
        if (!DirectoryBundle.TYPES.contains(resource.path("resourceType").asText())) {
            return List.of(new FhirIssue(
                    "not-supported", place + ".resourceType", "one of " + DirectoryBundle.TYPES + " is expected"));
        }
        if (entry.path("request").path("method").asText().equals("DELETE")) {
            return List.of(new FhirIssue("not-supported", place, "nothing is deleted: send it with active false"));
        }
        Optional<String> source = DirectoryBundle.source(resource);
        if (source.isEmpty()) {
            return List.of(new FhirIssue(
                    "required",
                    place + ".identifier",
                    "an identifier of a system urn:kangka:<kind>:<source> is expected"));
        }
        return known.test(source.get())
                ? definition.apply(resource, place)
                : List.of(new FhirIssue("not-found", place + ".identifier.system", "no such institution is connected"));
    }

    /** Entries of institutions for which the sender must not speak. */
    static List<FhirIssue> ofSender(JsonNode bundle, FhirSender sender) {
        List<FhirIssue> issues = new ArrayList<>();
        int index = 0;
        for (JsonNode entry : bundle.path("entry")) {
            Optional<String> source = DirectoryBundle.source(entry.path("resource"));
            if (source.isPresent() && !sender.speaksFor(source.get())) {
                issues.add(new FhirIssue(
                        "forbidden",
                        "Bundle.entry[" + index + "].resource.identifier.system",
                        "this client does not speak for that institution"));
            }
            index++;
        }
        return issues;
    }
}
