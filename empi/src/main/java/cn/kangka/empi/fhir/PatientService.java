package cn.kangka.empi.fhir;

import cn.kangka.empi.fhir.FhirLog.Done;
import cn.kangka.empi.fhir.FhirLog.Work;
import cn.kangka.empi.fhir.PatientQueries.Found;
import cn.kangka.empi.fhir.PatientRequests.PatientRequest;
import cn.kangka.empi.fhir.PatientRequests.Verb;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.database.Database;
import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Front door of {@code /fhir/Patient}: who looks is noted, what is told is kept in the message log. */
@ApplicationScoped
public class PatientService {
    private final FhirExchange exchange;
    private final FhirLog log;
    private final FhirParsing parsing;
    private final PatientRequests patients;
    private final PatientQueries queries;
    private final PatientLook look;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    PatientService(
            FhirExchange exchange,
            FhirLog log,
            FhirParsing parsing,
            PatientRequests patients,
            PatientQueries queries,
            PatientLook look,
            Database database,
            Audit audit,
            Clock clock) {
        this.exchange = exchange;
        this.log = log;
        this.parsing = parsing;
        this.patients = patients;
        this.queries = queries;
        this.look = look;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** ITI-78, search. */
    Uni<Response> search(FhirCall call, Map<String, List<String>> query, FhirSender sender) {
        return looked(call, sender, "patient.search", client -> look.search(client, query, call));
    }

    /** The same with the query in a form. */
    Uni<Response> searchByForm(FhirCall call, String form, FhirSender sender) {
        if (!call.isForm()) {
            return exchange.answer(call, () -> {
                throw new FhirRefusedException(
                        415, "not-supported", null, "Content-Type: application/x-www-form-urlencoded is expected here");
            });
        }
        Map<String, List<String>> query = new HashMap<>(call.query());
        query.putAll(new QueryStringDecoder(form, false).parameters());
        return search(call, query, sender);
    }

    /** ITI-78, retrieve. */
    Uni<Response> read(FhirCall call, String id, FhirSender sender) {
        return looked(call, sender, "patient.read", client -> look.read(client, id));
    }

    /** ITI-83 by query. */
    Uni<Response> crossReference(FhirCall call, FhirSender sender) {
        return looked(call, sender, "patient.pix", client -> look.pix(client, call.query()));
    }

    /** ITI-83 by Parameters. */
    Uni<Response> crossReferenceOf(FhirCall call, FhirSender sender) {
        return exchange.answer(call, () -> Uni.createFrom()
                .item(() -> parameters(parsing.read(call)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(query -> found(sender, "patient.pix", client -> look.pix(client, query))));
    }

    private static Map<String, List<String>> parameters(JsonNode parameters) {
        if (!"Parameters".equals(parameters.path("resourceType").asText())) {
            throw new FhirRefusedException(400, "structure", "Parameters", "the body is no Parameters resource");
        }
        Map<String, List<String>> query = new HashMap<>();
        for (JsonNode parameter : parameters.path("parameter")) {
            JsonNode identifier = parameter.path("valueIdentifier");
            String value = identifier.isObject()
                    ? identifier.path("system").asText() + "|"
                            + identifier.path("value").asText()
                    : parameter
                            .path("valueString")
                            .asText(parameter.path("valueUri").asText());
            query.computeIfAbsent(parameter.path("name").asText(), name -> new ArrayList<>())
                    .add(value);
        }
        return query;
    }

    private Uni<Response> looked(
            FhirCall call, FhirSender sender, String action, Function<SqlClient, Uni<Found>> looking) {
        return exchange.answer(call, () -> found(sender, action, looking));
    }

    /** The connection is given back before the entry is written: entries of many share connections of their own. */
    private Uni<FhirAnswer> found(FhirSender sender, String action, Function<SqlClient, Uni<Found>> looking) {
        return database.read(looking::apply)
                .call(found -> audit.record(look.entry(action, found, sender)))
                .map(Found::answer);
    }

    /** ITI-104: conditional update. */
    Uni<Response> update(FhirCall call, FhirSender sender) {
        String query = call.uri().getRequestUri().getRawQuery();
        return told(call, sender, Verb.PUT, query == null ? "" : query);
    }

    /** Create, or conditional create. */
    Uni<Response> create(FhirCall call, String ifNoneExist, FhirSender sender) {
        return told(call, sender, ifNoneExist == null ? Verb.CREATE : Verb.CREATE_IF_NONE, ifNoneExist);
    }

    private Uni<Response> told(FhirCall call, FhirSender sender, Verb verb, String condition) {
        return exchange.answer(
                call, () -> log.take(call.body(), sender, "Patient", () -> work(call, sender, verb, condition)));
    }

    /** What a request with a patient in its body asks. */
    Uni<Work> work(FhirCall call, FhirSender sender, Verb verb, String condition) {
        PatientRequest request = patients.read(parsing.read(call), verb, condition, Map.of(), sender, "Patient");
        return Uni.createFrom().item(work(call, request));
    }

    private Work work(FhirCall call, PatientRequest request) {
        return tx -> patients.lock(tx, List.of(request))
                .chain(() -> patients.write(tx, request, clock.instant()))
                .map(written -> new Done(
                        queries.answer(
                                written.status(),
                                written.person(),
                                call.base() + "/Patient/" + written.person().id()),
                        written.linked().identity(),
                        written.linked().person()));
    }
}
