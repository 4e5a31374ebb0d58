package cn.kangka.empi.fhir;

import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Tells {@code api} what a hospital said (docs/between-services.md, "empi → api"). */
@ApplicationScoped
class RegionEvents {
    private static final String API = "api";

    private final Outbox outbox;
    private final ClinicalStore versions;
    private final ObjectMapper json;

    RegionEvents(Outbox outbox, ClinicalStore versions, ObjectMapper json) {
        this.outbox = outbox;
        this.versions = versions;
        this.json = json;
    }

    private record ClinicalBundle(UUID identity, String source, UUID message, ObjectNode bundle) {}

    private record DirectoryBundle(String source, ObjectNode bundle) {}

    /** {@code clinical.bundle}; nothing when there are no resources. */
    Uni<Void> clinical(SqlConnection tx, UUID identity, String source, UUID message, List<ObjectNode> resources) {
        return resources.isEmpty()
                ? Uni.createFrom().voidItem()
                : append(
                        tx,
                        identity.toString(),
                        "clinical.bundle",
                        new ClinicalBundle(identity, source, message, Nodes.collection(resources)));
    }

    /** {@code directory.bundle}; nothing when there are no resources. */
    Uni<Void> directory(SqlConnection tx, String source, List<ObjectNode> resources) {
        return resources.isEmpty()
                ? Uni.createFrom().voidItem()
                : append(tx, source, "directory.bundle", new DirectoryBundle(source, Nodes.collection(resources)));
    }

    /** {@code visit.reported}. */
    Uni<Void> visit(SqlConnection tx, Visit visit) {
        return append(tx, visit.identity().toString(), "visit.reported", visit);
    }

    private Uni<Void> append(SqlConnection tx, String aggregate, String type, Object data) {
        return versions.nextVersion(tx, aggregate)
                .chain(version -> outbox.append(tx, OutboxEvent.of(API, aggregate, version, type, write(data))));
    }

    /** Lets the relay look now; after the commit. */
    void wake() {
        outbox.wake(API);
    }

    private String write(Object data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written", e);
        }
    }
}
