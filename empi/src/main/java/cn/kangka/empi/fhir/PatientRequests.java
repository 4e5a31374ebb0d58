package cn.kangka.empi.fhir;

import cn.kangka.empi.hospital.MessageRefusedException;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.linking.Linked;
import cn.kangka.empi.linking.PatientFeed;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what an institution tells of its patients (IHE PIXm ITI-104, PMIR ITI-93), and does it. */
@ApplicationScoped
class PatientRequests {
    private static final String EVENT = "FHIR^Patient";
    private static final String REPLACED_BY = "replaced-by";

    private final PatientFeed feed;
    private final PatientPid pids;
    private final Identities identities;
    private final Persons persons;
    private final Sources sources;
    private final FhirParsing parsing;

    PatientRequests(
            PatientFeed feed,
            PatientPid pids,
            Identities identities,
            Persons persons,
            Sources sources,
            FhirParsing parsing) {
        this.feed = feed;
        this.pids = pids;
        this.identities = identities;
        this.persons = persons;
        this.sources = sources;
        this.parsing = parsing;
    }

    /** How a patient comes. */
    enum Verb {
        /** Conditional update. */
        PUT,
        /** Create; who is there already is a conflict. */
        CREATE,
        /** Conditional create; who is there already stays as it is. */
        CREATE_IF_NONE,
        /** A feed of messages: known or not, it is as told. */
        FEED
    }

    /**
     * A patient as told.
     *
     * @param survivor local id of the chart that replaces this one; null when none does
     * @param element where it stands in the request
     */
    record PatientRequest(Verb verb, PatientFeed.Telling telling, String survivor, String element) {
        Source source() {
            return telling.source();
        }

        String localId() {
            return telling.told().localId();
        }
    }

    /** What became of it. */
    record Written(int status, Linked linked, PersonSnapshot person) {}

    /**
     * Reads a patient.
     *
     * @param condition the query of a conditional request, {@code identifier=system|value}; null when there is none
     * @param others identifiers of what else stands in the same request, by reference
     * @throws FhirRefusedException with everything that is wrong
     */
    PatientRequest read(
            JsonNode patient,
            Verb verb,
            String condition,
            Map<String, JsonNode> others,
            FhirSender sender,
            String element) {
        if (!"Patient".equals(patient.path("resourceType").asText())) {
            throw new FhirRefusedException(400, "structure", element, "a Patient is expected here");
        }
        List<FhirIssue> issues = parsing.issues(patient, element);
        if (!issues.isEmpty()) {
            throw new FhirRefusedException(422, issues);
        }
        JsonNode named = condition == null ? null : named(patient, condition, element);
        Source source = source(patient, named, sender, element);
        try {
            PatientFeed.Telling telling = new PatientFeed.Telling(source, feed.read(source, pids.of(patient)));
            if (named != null
                    && !telling.told()
                            .localId()
                            .equals(named.path("value").asText().strip())) {
                throw new FhirRefusedException(
                        422,
                        "value",
                        element + ".identifier",
                        "the id of the query is not the first one of its domain");
            }
            return new PatientRequest(verb, telling, survivor(patient, source, others, element), element);
        } catch (MessageRefusedException e) {
            throw FhirRefusedException.of(e, element);
        }
    }

    /** The identifier of the patient that the query names. */
    private static JsonNode named(JsonNode patient, String condition, String element) {
        Map<String, List<String>> query = new QueryStringDecoder(
                        condition.replaceFirst("^[^?]*\\?", ""), StandardCharsets.UTF_8, false)
                .parameters();
        List<String> ids = query.getOrDefault("identifier", List.of());
        boolean other = query.keySet().stream().anyMatch(name -> !name.equals("identifier") && !name.startsWith("_"));
        int bar = ids.size() == 1 ? ids.get(0).indexOf('|') : -1;
        if (bar <= 0 || other) {
            throw new FhirRefusedException(
                    412, "not-supported", element, "the condition is identifier=system|value and nothing else");
        }
        String system = ids.get(0).substring(0, bar);
        String value = ids.get(0).substring(bar + 1).strip();
        for (JsonNode each : patient.path("identifier")) {
            if (each.path("system").asText().equals(system)
                    && each.path("value").asText().strip().equals(value)) {
                return each;
            }
        }
        throw new FhirRefusedException(
                422, "value", element + ".identifier", "the identifier of the query is not among the patient's");
    }

    /** Who tells: the institution whose domain the named identifier is of, or the first of those the client speaks for. */
    private Source source(JsonNode patient, JsonNode named, FhirSender sender, String element) {
        if (sender.sources().size() == 1) {
            return sources.byId(sender.sources().iterator().next()).orElseThrow(() -> unknownSender(element));
        }
        Stream<JsonNode> candidates = named == null ? stream(patient.path("identifier")) : Stream.of(named);
        return candidates
                .map(each -> sources.bySystem(each.path("system").asText()))
                .flatMap(Optional::stream)
                .filter(each -> sender.speaksFor(each.id()))
                .findFirst()
                .orElseThrow(() -> unknownSender(element));
    }

    private static FhirRefusedException unknownSender(String element) {
        return new FhirRefusedException(
                403,
                "forbidden",
                element + ".identifier",
                "no identifier is of an institution for which this client speaks");
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        List<JsonNode> nodes = new ArrayList<>();
        list.forEach(nodes::add);
        return nodes.stream();
    }

    /** The chart that replaces an inactive one (ITI-104, "Resolve Duplicate Patient"). */
    private String survivor(JsonNode patient, Source source, Map<String, JsonNode> others, String element) {
        String place = element + ".link";
        for (JsonNode link : patient.path("link")) {
            if (REPLACED_BY.equals(link.path("type").asText())) {
                if (patient.path("active").asBoolean(true)) {
                    throw new FhirRefusedException(
                            422, "value", element + ".active", "a patient that is replaced is not active");
                }
                return feed.localId(
                        source, pids.ids(identifiersOf(link.path("other"), others, place)), place + ".other");
            }
        }
        if (!patient.path("active").asBoolean(true)) {
            throw new FhirRefusedException(
                    422,
                    "required",
                    place,
                    "an inactive patient needs a link of type replaced-by to the surviving one");
        }
        return null;
    }

    /** By identifier, by a conditional reference, or by a reference into the same request. */
    private static Iterable<JsonNode> identifiersOf(JsonNode reference, Map<String, JsonNode> others, String place) {
        if (reference.hasNonNull("identifier")) {
            return List.of(reference.path("identifier"));
        }
        String asked = reference.path("reference").asText();
        if (others.containsKey(asked)) {
            return others.get(asked);
        }
        String query = URLDecoder.decode(asked, StandardCharsets.UTF_8);
        int bar = query.indexOf('|');
        if (!query.startsWith("Patient?identifier=") || bar < 0) {
            throw new FhirRefusedException(
                    422,
                    "not-supported",
                    place + ".other",
                    "the surviving patient is named by identifier, by Patient?identifier=system|value, or stands in"
                            + " the same bundle");
        }
        return List.of(
                Nodes.identifier(query.substring("Patient?identifier=".length(), bar), query.substring(bar + 1)));
    }

    /** Locks them together, before they are done one after the other. */
    Uni<Void> lock(SqlConnection tx, List<PatientRequest> requests) {
        return feed.lock(tx, requests.stream().map(PatientRequest::telling).toList());
    }

    /** Does it; the caller holds its lock. */
    Uni<Written> write(SqlConnection tx, PatientRequest request, Instant at) {
        return identities
                .find(tx, request.source().id(), request.localId())
                .chain(known -> known == null || request.verb() == Verb.PUT || request.verb() == Verb.FEED
                        ? told(tx, request, known == null ? 201 : 200, at)
                        : thereAlready(tx, request, known))
                .onFailure(MessageRefusedException.class)
                .transform(refused -> FhirRefusedException.of(refused, request.element()));
    }

    private Uni<Written> told(SqlConnection tx, PatientRequest request, int status, Instant at) {
        if (request.survivor() != null) {
            return feed.merge(
                            tx,
                            request.source(),
                            EVENT,
                            request.survivor(),
                            request.localId(),
                            request.element() + ".link",
                            at)
                    .chain(linked -> written(tx, 200, linked));
        }
        return feed.register(tx, request.telling(), at).chain(linked -> written(tx, status, linked));
    }

    private Uni<Written> thereAlready(SqlConnection tx, PatientRequest request, Identity known) {
        if (request.verb() == Verb.CREATE || known.isRetired()) {
            throw new FhirRefusedException(
                    409,
                    "duplicate",
                    request.element() + ".identifier",
                    "a patient of that id is there already; update it by PUT Patient?identifier=system|value");
        }
        return persons.linkOf(tx, known.id())
                .chain(link -> written(tx, 200, new Linked(known.id(), link.person(), known.localId())));
    }

    private Uni<Written> written(SqlConnection tx, int status, Linked linked) {
        return persons.snapshot(tx, linked.person()).map(person -> new Written(status, linked, person));
    }
}
