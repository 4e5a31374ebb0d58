package cn.kangka.empi.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.empi.linking.Match;
import cn.kangka.empi.linking.PatientMatch;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Front door of {@code $match}: reads what is asked, looks, notes who looked, answers. */
@ApplicationScoped
public class MatchService {
    private static final String GRADE = "http://hl7.org/fhir/StructureDefinition/match-grade";

    private final PatientMatch matches;
    private final Persons persons;
    private final PatientJson patients;
    private final FhirParsing parsing;
    private final Database database;
    private final Audit audit;
    private final ObjectMapper json;

    public MatchService(
            PatientMatch matches,
            Persons persons,
            PatientJson patients,
            FhirParsing parsing,
            Database database,
            Audit audit,
            ObjectMapper json) {
        this.matches = matches;
        this.persons = persons;
        this.patients = patients;
        this.parsing = parsing;
        this.database = database;
        this.audit = audit;
        this.json = json;
    }

    /** @param client who asks */
    public Uni<FhirAnswer> match(byte[] body, String client) {
        return Uni.createFrom()
                .item(() -> read(body))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(asked -> asked.refusal() == null
                        ? answer(asked, client)
                        : Uni.createFrom().item(asked.refusal()));
    }

    private MatchParameters read(byte[] body) {
        JsonNode parameters;
        try {
            parameters = json.readTree(new String(body, UTF_8));
        } catch (JsonProcessingException e) {
            return MatchParameters.refused(400, new FhirIssue("invalid", "Parameters", "the body is not JSON"));
        }
        if (!"Parameters".equals(parameters.path("resourceType").asText())) {
            return MatchParameters.refused(
                    400, new FhirIssue("structure", "Parameters", "the body is no Parameters resource"));
        }
        List<FhirIssue> issues = parsing.issues(parameters, "Parameters");
        return issues.isEmpty() ? MatchParameters.of(parameters, patients) : MatchParameters.refused(422, issues);
    }

    /** The connection is given back before the entry is written: entries of many share connections of their own. */
    private Uni<FhirAnswer> answer(MatchParameters asked, String client) {
        return database.read(connection -> matches.find(connection, asked.patient())
                        .map(asked::wanted)
                        .chain(found -> persons.snapshots(
                                        connection,
                                        found.stream().map(Match::person).toList())
                                .map(known -> new Answer(found, known))))
                .call(answer -> audit.record(looked(answer.found(), client)))
                .map(answer -> FhirAnswer.of(bundle(answer.found(), answer.known())));
    }

    private record Answer(List<Match> found, List<PersonSnapshot> known) {}

    private static AuditEntry looked(List<Match> found, String client) {
        UUID likeliest = found.isEmpty() ? null : found.get(0).person();
        return AuditEntry.allowed("CLIENT", client, "patient.match", likeliest, Integer.toString(found.size()));
    }

    private ObjectNode bundle(List<Match> found, List<PersonSnapshot> known) {
        Map<UUID, PersonSnapshot> byId =
                known.stream().collect(Collectors.toMap(PersonSnapshot::id, Function.identity()));
        ObjectNode bundle = Nodes.object()
                .put("resourceType", "Bundle")
                .put("type", "searchset")
                .put("total", found.size());
        ArrayNode entries = found.isEmpty() ? null : bundle.putArray("entry");
        for (Match match : found) {
            ObjectNode entry = entries.addObject().put("fullUrl", "urn:uuid:" + match.person());
            entry.set("resource", patients.write(byId.get(match.person())));
            ObjectNode search = entry.putObject("search");
            search.putArray("extension")
                    .addObject()
                    .put("url", GRADE)
                    .put("valueCode", match.grade().name().toLowerCase(Locale.ROOT));
            search.put("mode", "match").put("score", match.probability());
        }
        return bundle;
    }
}
