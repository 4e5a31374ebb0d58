package cn.kangka.empi.fhir;

import cn.kangka.empi.fhir.SubscriptionStore.Listener;
import cn.kangka.empi.hospital.DeliveryConfig;
import cn.kangka.empi.person.IdentityRef;
import cn.kangka.empi.person.PersonListener;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxEvent;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Tells subscribers, through the outbox, what became of a person (IHE PMIR ITI-94): a history of Patients whose id is the
 * region's. Who was merged away is told as inactive with a link to the survivor. An institution of minimal scope gets ids,
 * name, sex and birth date, and no ids of others.
 */
@ApplicationScoped
public class SubscriptionFeed implements PersonListener {
    static final String DESTINATION = "fhir:";
    private static final String TYPE = "patient";

    private final SubscriptionStore subscriptions;
    private final PatientJson patients;
    private final Outbox outbox;
    private final DeliveryConfig config;

    SubscriptionFeed(SubscriptionStore subscriptions, PatientJson patients, Outbox outbox, DeliveryConfig config) {
        this.subscriptions = subscriptions;
        this.patients = patients;
        this.outbox = outbox;
        this.config = config;
    }

    @Override
    public Uni<Void> personMade(SqlConnection tx, PersonSnapshot person) {
        return tell(tx, person, null, listener -> history().add("POST", patient(person, listener)));
    }

    @Override
    public Uni<Void> personUpdated(SqlConnection tx, PersonSnapshot person) {
        return tell(tx, person, null, listener -> history().add("PUT", patient(person, listener)));
    }

    @Override
    public Uni<Void> personsMerged(SqlConnection tx, PersonSnapshot survivor, PersonSnapshot retired) {
        return tell(tx, survivor, retired.id(), listener -> history()
                .add("PUT", patient(survivor, listener))
                .add("PUT", replaced(retired, survivor)));
    }

    @Override
    public Uni<Void> personSplit(SqlConnection tx, PersonSnapshot remaining, PersonSnapshot fresh) {
        return tell(tx, remaining, fresh.id(), listener -> history()
                .add("PUT", patient(remaining, listener))
                .add("POST", patient(fresh, listener)));
    }

    /** To the subscriptions of that institution. */
    @Override
    public Uni<Void> told(SqlConnection tx, String receiver, List<PersonSnapshot> persons) {
        return subscriptions.listeners(tx).chain(listeners -> {
            List<OutboxEvent> events = listeners.stream()
                    .filter(listener -> listener.source().equals(receiver))
                    .flatMap(listener -> persons.stream()
                            .map(person ->
                                    event(listener, person, null, history().add("PUT", patient(person, listener)))))
                    .toList();
            return events.isEmpty() ? Uni.createFrom().voidItem() : outbox.append(tx, events);
        });
    }

    private Uni<Void> tell(SqlConnection tx, PersonSnapshot person, UUID other, Function<Listener, History> writing) {
        return subscriptions
                .listeners(tx)
                .chain(listeners -> listeners.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : outbox.append(
                                tx,
                                listeners.stream()
                                        .map(listener -> event(listener, person, other, writing.apply(listener)))
                                        .toList()));
    }

    private static OutboxEvent event(Listener listener, PersonSnapshot person, UUID other, History history) {
        OutboxEvent event = OutboxEvent.of(
                DESTINATION + listener.source() + "/" + listener.id(),
                person.id().toString(),
                person.version(),
                TYPE,
                history.bundle.toString());
        return other == null ? event : event.withBarrier(other.toString());
    }

    private ObjectNode patient(PersonSnapshot person, Listener listener) {
        ObjectNode patient = patients.write(person);
        if (config.minimalScope().orElse(List.of()).contains(listener.source())) {
            patient.remove(List.of("telecom", "address"));
            ArrayNode identifiers = patient.withArray("/identifier");
            List<String> own = person.identities().stream()
                    .filter(identity -> identity.source().equals(listener.source()))
                    .map(IdentityRef::localId)
                    .toList();
            for (int i = identifiers.size() - 1; i >= 0; i--) {
                String value = identifiers.path(i).path("value").asText();
                if (!value.equals(person.id().toString()) && !own.contains(value)) {
                    identifiers.remove(i);
                }
            }
        }
        return patient;
    }

    private static ObjectNode replaced(PersonSnapshot retired, PersonSnapshot survivor) {
        ObjectNode patient = Nodes.object()
                .put("resourceType", "Patient")
                .put("id", retired.id().toString())
                .put("active", false);
        patient.putArray("identifier")
                .add(Nodes.identifier(PatientJson.ENTERPRISE_ID, retired.id().toString()));
        ObjectNode link = patient.putArray("link").addObject();
        link.putObject("other").put("reference", "Patient/" + survivor.id());
        link.put("type", "replaced-by");
        return patient;
    }

    private static History history() {
        return new History();
    }

    /** A Bundle of type history. */
    private static final class History {
        private final ObjectNode bundle =
                Nodes.object().put("resourceType", "Bundle").put("type", "history");

        private History add(String method, ObjectNode patient) {
            String url = "Patient/" + patient.path("id").asText();
            ObjectNode entry = bundle.withArray("/entry").addObject();
            entry.put("fullUrl", "urn:uuid:" + patient.path("id").asText());
            entry.set("resource", patient);
            entry.putObject("request").put("method", method).put("url", method.equals("POST") ? "Patient" : url);
            entry.putObject("response").put("status", method.equals("POST") ? "201" : "200");
            return this;
        }
    }
}
