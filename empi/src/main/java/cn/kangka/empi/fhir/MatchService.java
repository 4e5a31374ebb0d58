package cn.kangka.empi.fhir;

import cn.kangka.empi.linking.Match;
import cn.kangka.empi.linking.PatientMatch;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
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

    private final FhirExchange exchange;
    private final PatientMatch matches;
    private final Persons persons;
    private final PatientJson patients;
    private final FhirParsing parsing;
    private final Database database;
    private final Audit audit;

    MatchService(
            FhirExchange exchange,
            PatientMatch matches,
            Persons persons,
            PatientJson patients,
            FhirParsing parsing,
            Database database,
            Audit audit) {
        this.exchange = exchange;
        this.matches = matches;
        this.persons = persons;
        this.patients = patients;
        this.parsing = parsing;
        this.database = database;
        this.audit = audit;
    }

    /** ITI-119. */
    Uni<Response> match(FhirCall call, FhirSender sender) {
        return exchange.answer(call, () -> Uni.createFrom()
                .item(() -> read(call))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(asked -> answer(asked, sender.client())));
    }

    private MatchParameters read(FhirCall call) {
        JsonNode parameters = parsing.read(call);
        if (!"Parameters".equals(parameters.path("resourceType").asText())) {
            throw new FhirRefusedException(400, "structure", "Parameters", "the body is no Parameters resource");
        }
        List<FhirIssue> issues = parsing.issues(parameters, "Parameters");
        if (!issues.isEmpty()) {
            throw new FhirRefusedException(422, issues);
        }
        return MatchParameters.of(parameters, patients);
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
