package cn.kangka.empi.fhir;

import cn.kangka.empi.fhir.SubscriptionStore.Kept;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Front door of {@code /fhir/Subscription}: an institution sees and changes its own. */
@ApplicationScoped
public class SubscriptionService {
    private final FhirExchange exchange;
    private final FhirParsing parsing;
    private final SubscriptionStore store;
    private final Sources sources;
    private final Database database;
    private final Audit audit;
    private final ObjectMapper json;

    SubscriptionService(
            FhirExchange exchange,
            FhirParsing parsing,
            SubscriptionStore store,
            Sources sources,
            Database database,
            Audit audit,
            ObjectMapper json) {
        this.exchange = exchange;
        this.parsing = parsing;
        this.store = store;
        this.sources = sources;
        this.database = database;
        this.audit = audit;
        this.json = json;
    }

    Uni<Response> create(FhirCall call, FhirSender sender) {
        return exchange.answer(call, () -> checked(call, sender).chain(asked -> {
            Kept fresh = new Kept(Ids.next(), source(sender).id(), status(asked), asked.toString(), null, 1);
            return database.write(tx ->
                            store.insert(tx, fresh).chain(() -> audit.record(tx, entry(sender, "create", fresh.id()))))
                    .replaceWith(() -> answer(201, fresh)
                            .with(Map.of("Location", call.base() + "/Subscription/" + fresh.id(), "ETag", "W/\"1\"")));
        }));
    }

    Uni<Response> update(FhirCall call, String id, FhirSender sender) {
        UUID subscription = id(id);
        return exchange.answer(call, () -> checked(call, sender)
                .chain(asked -> database.write(
                        tx -> store.update(tx, subscription, sender.sources(), status(asked), asked.toString())
                                .invoke(SubscriptionService::found)
                                .chain(() -> audit.record(tx, entry(sender, "update", subscription)))
                                .chain(() -> store.find(tx, subscription))))
                .map(kept -> answer(200, kept)));
    }

    Uni<Response> delete(FhirCall call, String id, FhirSender sender) {
        UUID subscription = id(id);
        return exchange.answer(call, () -> database.write(tx -> store.delete(tx, subscription, sender.sources())
                        .invoke(SubscriptionService::found)
                        .chain(() -> audit.record(tx, entry(sender, "delete", subscription))))
                .replaceWith(new FhirAnswer(204, null, Map.of())));
    }

    Uni<Response> read(FhirCall call, String id, FhirSender sender) {
        return exchange.answer(call, () -> store.find(database.pool(), id(id)).map(kept -> {
            found(kept != null && sender.speaksFor(kept.source()));
            return answer(200, kept);
        }));
    }

    Uni<Response> list(FhirCall call, FhirSender sender) {
        return exchange.answer(
                call, () -> store.of(database.pool(), sender.sources()).map(all -> {
                    ObjectNode bundle = Nodes.object()
                            .put("resourceType", "Bundle")
                            .put("type", "searchset")
                            .put("total", all.size());
                    ArrayNode entries = all.isEmpty() ? null : bundle.putArray("entry");
                    all.forEach(kept -> entries.addObject()
                            .put("fullUrl", call.base() + "/Subscription/" + kept.id())
                            .set("resource", resource(kept)));
                    return FhirAnswer.of(bundle);
                }));
    }

    private Uni<ObjectNode> checked(FhirCall call, FhirSender sender) {
        return Uni.createFrom()
                .item(() -> {
                    JsonNode asked = parsing.read(call);
                    if (!"Subscription".equals(asked.path("resourceType").asText())) {
                        throw new FhirRefusedException(
                                400, "structure", "Subscription", "a Subscription is expected here");
                    }
                    List<FhirIssue> issues = new ArrayList<>(parsing.issues(asked, "Subscription"));
                    issues.addAll(SubscriptionRules.issues(asked, source(sender).fhirEndpoint()));
                    if (!issues.isEmpty()) {
                        throw new FhirRefusedException(422, issues);
                    }
                    return (ObjectNode) asked;
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Source source(FhirSender sender) {
        return Set.copyOf(sender.sources()).size() == 1
                ? sources.byId(sender.sources().iterator().next()).orElseThrow(SubscriptionService::nobody)
                : refuse();
    }

    private static Source refuse() {
        throw nobody();
    }

    private static FhirRefusedException nobody() {
        return new FhirRefusedException(
                403, "forbidden", "Subscription", "a subscription is for a client that speaks for one institution");
    }

    private static String status(JsonNode asked) {
        return asked.path("status").asText().equals("off") ? "off" : "active";
    }

    private FhirAnswer answer(int status, Kept kept) {
        return FhirAnswer.of(status, resource(kept)).with(Map.of("ETag", "W/\"" + kept.version() + "\""));
    }

    /** As it was asked for, with how it stands; values of headers stay with us. */
    private ObjectNode resource(Kept kept) {
        try {
            ObjectNode resource = (ObjectNode) json.readTree(kept.content());
            resource.put("id", kept.id().toString());
            resource.putObject("meta").put("versionId", Long.toString(kept.version()));
            resource.put("status", kept.status());
            resource.remove("error");
            if (kept.error() != null) {
                resource.put("error", kept.error());
            }
            ArrayNode headers = Nodes.object().putArray("header");
            resource.path("channel")
                    .path("header")
                    .forEach(header -> headers.add(header.asText().replaceFirst(":.*", ": ***")));
            if (!headers.isEmpty()) {
                resource.withObject("/channel").set("header", headers);
            }
            return resource;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a subscription that is not JSON", e);
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw missing();
        }
    }

    private static void found(boolean there) {
        if (!there) {
            throw missing();
        }
    }

    private static FhirRefusedException missing() {
        return new FhirRefusedException(404, "not-found", "Subscription.id", "there is no such subscription");
    }

    private static AuditEntry entry(FhirSender sender, String act, UUID id) {
        return AuditEntry.allowed("CLIENT", sender.client(), "subscription." + act, null, id.toString());
    }
}
