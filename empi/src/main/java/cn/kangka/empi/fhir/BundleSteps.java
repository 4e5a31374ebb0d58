package cn.kangka.empi.fhir;

import cn.kangka.empi.fhir.BundleEntries.Listing;
import cn.kangka.empi.fhir.BundleEntries.Looking;
import cn.kangka.empi.fhir.BundleEntries.Step;
import cn.kangka.empi.fhir.BundleEntries.Telling;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Does what entries of a bundle ask for, in one transaction: what they tell first, then what they look for. */
@ApplicationScoped
class BundleSteps {
    private final PatientRequests patients;
    private final PatientLook look;
    private final PatientJson json;
    private final RegionEvents events;
    private final FhirConfig config;
    private final Clock clock;

    BundleSteps(
            PatientRequests patients,
            PatientLook look,
            PatientJson json,
            RegionEvents events,
            FhirConfig config,
            Clock clock) {
        this.patients = patients;
        this.look = look;
        this.json = json;
        this.events = events;
        this.config = config;
        this.clock = clock;
    }

    /** A bundle, and who posted it how. */
    record Asked(JsonNode bundle, FhirCall call, FhirSender sender) {}

    /** The answers by the entries' places. */
    Uni<Map<Integer, ObjectNode>> carryOut(SqlConnection tx, Asked asked, List<Step> steps) {
        Map<Integer, ObjectNode> answers = new HashMap<>();
        List<Telling> tellings = some(steps, Telling.class);
        List<Listing> listings = some(steps, Listing.class);
        return patients.lock(tx, tellings.stream().map(Telling::request).toList())
                .chain(() -> each(tellings, telling -> patients.write(tx, telling.request(), clock.instant())
                        .invoke(written -> answers.put(telling.index(), told(written, asked.call())))))
                .chain(() -> handOn(tx, asked.bundle(), listings))
                .invoke(() -> listings.forEach(listing -> answers.put(listing.index(), listed())))
                .chain(() -> each(some(steps, Looking.class), looking -> look.at(tx, looking, asked)
                        .invoke(found -> answers.put(looking.index(), found))))
                .replaceWith(answers);
    }

    private static <T extends Step> List<T> some(List<Step> steps, Class<T> kind) {
        return steps.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static <T> Uni<Void> each(List<T> some, Function<T, Uni<?>> work) {
        return Multi.createFrom()
                .iterable(some)
                .onItem()
                .transformToUniAndConcatenate(each -> work.apply(each).replaceWithVoid())
                .collect()
                .last();
    }

    private ObjectNode told(PatientRequests.Written written, FhirCall call) {
        ObjectNode entry = Nodes.object();
        if (call.prefers("return=representation")) {
            entry.set("resource", json.write(written.person()));
        }
        entry.putObject("response")
                .put("status", written.status() == 201 ? "201 Created" : "200 OK")
                .put("location", "Patient/" + written.person().id())
                .put("etag", "W/\"" + written.person().version() + "\"");
        return entry;
    }

    private static ObjectNode listed() {
        ObjectNode entry = Nodes.object();
        entry.putObject("response").put("status", "202 Accepted");
        return entry;
    }

    private Uni<Void> handOn(SqlConnection tx, JsonNode bundle, List<Listing> listings) {
        record Part(String source, List<ObjectNode> resources) {}
        List<Part> parts = new ArrayList<>();
        String now = OffsetDateTime.now(clock).toString();
        new DirectoryBundle(bundle, listings.stream().map(Listing::entry).toList(), now)
                .bySource()
                .forEach((source, resources) -> {
                    for (int from = 0; from < resources.size(); from += config.part()) {
                        int until = Math.min(resources.size(), from + config.part());
                        parts.add(new Part(source, resources.subList(from, until)));
                    }
                });
        return each(parts, part -> events.directory(tx, part.source(), part.resources()));
    }
}
