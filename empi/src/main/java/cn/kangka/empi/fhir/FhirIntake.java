package cn.kangka.empi.fhir;

import cn.kangka.empi.fhir.BundleEntries.Listing;
import cn.kangka.empi.fhir.BundleEntries.Step;
import cn.kangka.empi.fhir.FhirLog.Done;
import cn.kangka.empi.fhir.FhirLog.Work;
import cn.kangka.kit.database.Database;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Front door for FHIR bundles of hospitals, of patients and of their directory. A transaction is done all or nothing; of a
 * batch, every entry on its own (FHIR R4, "RESTful API", 3.1.0.11); a message is done as one.
 */
@ApplicationScoped
public class FhirIntake {
    private final FhirExchange exchange;
    private final FhirLog log;
    private final FhirParsing parsing;
    private final BundleEntries entries;
    private final BundleSteps steps;
    private final PatientMessage messages;
    private final Database database;

    FhirIntake(
            FhirExchange exchange,
            FhirLog log,
            FhirParsing parsing,
            BundleEntries entries,
            BundleSteps steps,
            PatientMessage messages,
            Database database) {
        this.exchange = exchange;
        this.log = log;
        this.parsing = parsing;
        this.entries = entries;
        this.steps = steps;
        this.messages = messages;
        this.database = database;
    }

    /** Takes a bundle; the answer is a Bundle of responses or an OperationOutcome. */
    Uni<Response> take(FhirCall call, FhirSender sender) {
        return exchange.answer(
                call, () -> log.take(call.body(), sender, "Bundle", () -> work(parsing.read(call), call, sender)));
    }

    /** What this server can do. */
    Uni<Response> metadata(FhirCall call) {
        return exchange.answer(
                call, () -> Uni.createFrom().item(new FhirAnswer(200, CapabilityStatement.JSON, Map.of())));
    }

    Uni<Work> work(JsonNode bundle, FhirCall call, FhirSender sender) {
        List<FhirIssue> issues = DirectoryRules.ofBundle(bundle);
        if (!issues.isEmpty()) {
            throw new FhirRefusedException(400, issues);
        }
        BundleSteps.Asked asked = new BundleSteps.Asked(bundle, call, sender);
        return switch (bundle.path("type").asText()) {
            case "message" -> Uni.createFrom().item(messages.read(bundle, sender, call.base()));
            case "batch" -> batch(asked);
            default -> Uni.createFrom().item(transaction(asked));
        };
    }

    private Work transaction(BundleSteps.Asked asked) {
        List<FhirRefusedException> refused = new ArrayList<>();
        List<Step> all = entries.read(asked.bundle(), asked.sender(), (index, refusal) -> refused.add(refusal));
        if (!refused.isEmpty()) {
            throw FhirRefusedException.all(refused);
        }
        return tx -> steps.carryOut(tx, asked, all).map(answers -> Done.of(response("transaction-response", answers)));
    }

    private Uni<Work> batch(BundleSteps.Asked asked) {
        Map<Integer, ObjectNode> answers = new TreeMap<>();
        List<Step> all =
                entries.read(asked.bundle(), asked.sender(), (index, refusal) -> answers.put(index, refusal(refusal)));
        List<List<Step>> groups = new ArrayList<>();
        all.stream().filter(step -> !(step instanceof Listing)).forEach(step -> groups.add(List.of(step)));
        List<Step> listings = all.stream().filter(Listing.class::isInstance).toList();
        if (!listings.isEmpty()) {
            groups.add(0, listings);
        }
        return Multi.createFrom()
                .iterable(groups)
                .onItem()
                .transformToUniAndConcatenate(group -> database.write(tx -> steps.carryOut(tx, asked, group))
                        .onFailure(FhirRefusedException.class)
                        .recoverWithItem(refused ->
                                group.stream().collect(Collectors.toMap(Step::index, step -> refusal(refused))))
                        .invoke(answers::putAll))
                .collect()
                .last()
                .map(ignored -> tx -> Uni.createFrom().item(Done.of(response("batch-response", answers))));
    }

    private static ObjectNode refusal(FhirRefusedException refused) {
        ObjectNode entry = Nodes.object();
        entry.putObject("response")
                .put("status", Integer.toString(refused.status()))
                .set("outcome", refused.outcome());
        return entry;
    }

    private static FhirAnswer response(String type, Map<Integer, ObjectNode> answers) {
        ObjectNode response = Nodes.object().put("resourceType", "Bundle").put("type", type);
        ArrayNode list = response.putArray("entry");
        new TreeMap<>(answers).values().forEach(list::add);
        return FhirAnswer.of(response);
    }
}
