package cn.kangka.empi.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.empi.hospital.MessageLog;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Front door for FHIR bundles of hospitals: kept whole and sealed first, then checked on a worker, then handed on to
 * {@code api} in parts, all or nothing.
 */
@ApplicationScoped
public class FhirIntake {
    private final Database database;
    private final MessageLog log;
    private final Sources sources;
    private final RegionEvents events;
    private final FhirParsing parsing;
    private final FhirConfig config;
    private final ObjectMapper json;
    private final Clock clock;

    public FhirIntake(
            Database database,
            MessageLog log,
            Sources sources,
            RegionEvents events,
            FhirParsing parsing,
            FhirConfig config,
            ObjectMapper json,
            Clock clock) {
        this.database = database;
        this.log = log;
        this.sources = sources;
        this.events = events;
        this.parsing = parsing;
        this.config = config;
        this.json = json;
        this.clock = clock;
    }

    /** Takes a bundle; the answer is a Bundle of responses or an OperationOutcome. */
    public Uni<FhirAnswer> take(byte[] body, FhirSender sender) {
        UUID id = Ids.next();
        String source =
                sender.sources().size() == 1 ? sender.sources().iterator().next() : null;
        return onWorker(() -> log.seal(id, source, sender.client(), body))
                .chain(bundle -> database.write(tx -> log.arrived(tx, bundle)))
                .chain(() -> onWorker(() -> check(body, sender)))
                .chain(checked -> database.write(tx -> handOn(tx, checked)
                                .chain(() -> log.settled(
                                        tx,
                                        id,
                                        checked.answer().status(),
                                        checked.answer().body())))
                        .replaceWith(checked.answer()))
                .invoke(answer -> events.wake());
    }

    /** @param resources by source; empty when the bundle is refused */
    private record Checked(FhirAnswer answer, Map<String, List<ObjectNode>> resources) {
        static Checked refused(int status, List<FhirIssue> issues) {
            return new Checked(FhirAnswer.refused(status, issues), Map.of());
        }
    }

    private Checked check(byte[] body, FhirSender sender) {
        JsonNode bundle;
        try {
            bundle = json.readTree(new String(body, UTF_8));
        } catch (JsonProcessingException e) {
            return Checked.refused(400, List.of(new FhirIssue("invalid", "Bundle", "the body is not JSON")));
        }
        List<FhirIssue> issues = DirectoryRules.ofBundle(bundle);
        if (!issues.isEmpty()) {
            return Checked.refused(400, issues);
        }
        issues = DirectoryRules.ofSender(bundle, sender);
        if (!issues.isEmpty()) {
            return Checked.refused(403, issues);
        }
        issues = DirectoryRules.ofEntries(bundle, id -> sources.byId(id).isPresent(), parsing::issues);
        if (!issues.isEmpty()) {
            return Checked.refused(422, issues);
        }
        String now = OffsetDateTime.now(clock).toString();
        return new Checked(FhirAnswer.of(response(bundle)), new DirectoryBundle(bundle, now).bySource());
    }

    private Uni<Void> handOn(SqlConnection tx, Checked checked) {
        record Part(String source, List<ObjectNode> resources) {}
        List<Part> parts = new ArrayList<>();
        checked.resources().forEach((source, resources) -> {
            for (int from = 0; from < resources.size(); from += config.part()) {
                parts.add(new Part(source, resources.subList(from, Math.min(resources.size(), from + config.part()))));
            }
        });
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(part -> events.directory(tx, part.source(), part.resources()))
                .collect()
                .last();
    }

    private static ObjectNode response(JsonNode bundle) {
        boolean batch = bundle.path("type").asText().equals("batch");
        ObjectNode response = Nodes.object()
                .put("resourceType", "Bundle")
                .put("type", batch ? "batch-response" : "transaction-response");
        ArrayNode entries = response.putArray("entry");
        bundle.path("entry")
                .forEach(entry -> entries.addObject().putObject("response").put("status", "202 Accepted"));
        return response;
    }

    private static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
