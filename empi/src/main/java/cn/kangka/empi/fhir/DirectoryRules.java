package cn.kangka.empi.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** What a posted bundle must be before anything of it is handed on. */
final class DirectoryRules {
    private static final Set<String> BUNDLE_TYPES = Set.of("transaction", "batch", "collection", "message");

    private DirectoryRules() {}

    /** Problems of the bundle itself; nothing else is looked at when there are some. */
    static List<FhirIssue> ofBundle(JsonNode bundle) {
        if (!bundle.path("resourceType").asText().equals("Bundle")) {
            return List.of(new FhirIssue("structure", "Bundle", "a Bundle is expected here"));
        }
        if (!BUNDLE_TYPES.contains(bundle.path("type").asText())) {
            return List.of(new FhirIssue(
                    "value", "Bundle.type", "one of transaction, batch, collection and message is expected"));
        }
        if (!bundle.path("entry").isArray() || bundle.path("entry").isEmpty()) {
            return List.of(new FhirIssue("required", "Bundle.entry", "the bundle is empty"));
        }
        return List.of();
    }

    /**
     * Problems of one of its entries.
     *
     * @param place where its resource stands
     * @param known whether an institution of that id is connected
     * @param definition what FHIR itself says of a resource at a place
     * @throws FhirRefusedException when there are some
     */
    static void check(
            JsonNode entry,
            String place,
            FhirSender sender,
            Predicate<String> known,
            BiFunction<JsonNode, String, List<FhirIssue>> definition) {
        Optional<String> source = DirectoryBundle.source(entry.path("resource"));
        if (source.isPresent() && !sender.speaksFor(source.get())) {
            throw new FhirRefusedException(
                    403, "forbidden", place + ".identifier.system", "this client does not speak for that institution");
        }
        List<FhirIssue> issues = issues(entry, place, known, definition);
        if (!issues.isEmpty()) {
            throw new FhirRefusedException(422, issues);
        }
    }

    private static List<FhirIssue> issues(
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
}
