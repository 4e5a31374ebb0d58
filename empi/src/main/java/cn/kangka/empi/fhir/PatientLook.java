package cn.kangka.empi.fhir;

import cn.kangka.empi.fhir.BundleEntries.Looking;
import cn.kangka.empi.fhir.PatientQueries.Found;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** One look at patients, wherever it was asked for, and the entry of the access log that it leaves. */
@ApplicationScoped
class PatientLook {
    private static final String PIX = "Patient/$ihe-pix";

    private final PatientQueries queries;
    private final Sources sources;
    private final Audit audit;
    private final ObjectMapper json;

    PatientLook(PatientQueries queries, Sources sources, Audit audit, ObjectMapper json) {
        this.queries = queries;
        this.sources = sources;
        this.audit = audit;
        this.json = json;
    }

    /** A GET among the entries of a bundle; it is noted in the same transaction. */
    Uni<ObjectNode> at(SqlConnection tx, Looking looking, BundleSteps.Asked asked) {
        QueryStringDecoder url = new QueryStringDecoder(looking.url());
        return look(tx, url, asked.call())
                .call(found -> audit.record(tx, entry(action(url.path()), found, asked.sender())))
                .map(this::entry)
                .onFailure(FhirRefusedException.class)
                .transform(refused -> refused.in("Bundle.entry[" + looking.index() + "]"));
    }

    private Uni<Found> look(SqlClient client, QueryStringDecoder url, FhirCall call) {
        Map<String, List<String>> query = url.parameters();
        if (url.path().equals(PIX)) {
            return pix(client, query);
        }
        if (url.path().equals("Patient") || url.path().equals("Patient/")) {
            return search(client, query, call);
        }
        if (url.path().startsWith("Patient/")) {
            return queries.read(client, url.path().substring("Patient/".length()));
        }
        throw new FhirRefusedException(404, "not-supported", "request.url", "Patient is what can be read here");
    }

    private static String action(String path) {
        if (path.equals(PIX)) {
            return "patient.pix";
        }
        return path.matches("Patient/?") ? "patient.search" : "patient.read";
    }

    Uni<Found> search(SqlClient client, Map<String, List<String>> query, FhirCall call) {
        PatientCriteria criteria = PatientCriteria.read(query, sources, call.prefers("handling=lenient"));
        return queries.search(client, criteria, call.base());
    }

    Uni<Found> pix(SqlClient client, Map<String, List<String>> query) {
        List<String> source = query.getOrDefault("sourceIdentifier", List.of());
        return queries.crossReference(
                client, source.isEmpty() ? null : source.get(0), query.getOrDefault("targetSystem", List.of()));
    }

    Uni<Found> read(SqlClient client, String id) {
        return queries.read(client, id);
    }

    /** Who looked at whom, and how many were found. */
    AuditEntry entry(String action, Found found, FhirSender sender) {
        return AuditEntry.allowed("CLIENT", sender.client(), action, found.only(), Integer.toString(found.hits()));
    }

    private ObjectNode entry(Found found) {
        ObjectNode entry = Nodes.object();
        try {
            entry.set("resource", json.readTree(found.answer().body()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer of our own is no JSON", e);
        }
        ObjectNode response = entry.putObject("response").put("status", "200 OK");
        Nodes.put(response, "etag", found.answer().headers().get("ETag"));
        return entry;
    }
}
