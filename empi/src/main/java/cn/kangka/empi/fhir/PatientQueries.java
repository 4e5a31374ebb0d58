package cn.kangka.empi.fhir;

import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.person.LinkRow;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import cn.kangka.empi.query.QueryConfig;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Looks for patients and their ids: IHE PDQm ITI-78 and PIXm ITI-83. Who looks is the caller's to note. */
@ApplicationScoped
class PatientQueries {
    private final Identities identities;
    private final Persons persons;
    private final PatientJson patients;
    private final Sources sources;
    private final QueryConfig config;

    PatientQueries(Identities identities, Persons persons, PatientJson patients, Sources sources, QueryConfig config) {
        this.identities = identities;
        this.persons = persons;
        this.patients = patients;
        this.sources = sources;
        this.config = config;
    }

    /**
     * What was found.
     *
     * @param only the one person it is about; null when it is about none or several
     */
    record Found(FhirAnswer answer, UUID only, int hits) {}

    /** One person, merged-away ones included. */
    Uni<Found> read(SqlClient client, String id) {
        return persons.snapshot(client, personId(id)).map(person -> {
            if (person == null) {
                throw notFound();
            }
            return new Found(answer(200, person, null), person.id(), 1);
        });
    }

    /** An answer that is a person's resource, with its version. */
    FhirAnswer answer(int status, PersonSnapshot person, String location) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", "W/\"" + person.version() + "\"");
        if (location != null) {
            headers.put("Location", location);
        }
        return FhirAnswer.of(status, patients.write(person)).with(headers);
    }

    private static UUID personId(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static FhirRefusedException notFound() {
        return new FhirRefusedException(404, "not-found", "Patient.id", "there is no such patient");
    }

    /**
     * Searches.
     *
     * @param base of the addresses in the answer
     */
    Uni<Found> search(SqlClient client, PatientCriteria criteria, String base) {
        if (criteria.isTooBroad()) {
            throw tooCostly("the query names no value that people are found by: identifier, _id, name, family, given,"
                    + " telecom, a whole birthdate or gender");
        }
        return personsOf(client, criteria)
                .chain(found -> criteria.filters() || criteria.ids() != null
                        ? persons.snapshots(client, found).map(all -> page(criteria, all, base))
                        : persons.snapshots(client, here(criteria, found))
                                .map(here -> page(criteria, new ArrayList<>(found), sorted(here), base)));
    }

    private Uni<Set<UUID>> personsOf(SqlClient client, PatientCriteria criteria) {
        if (criteria.keys().isEmpty()) {
            return Uni.createFrom().item(new TreeSet<>(criteria.ids()));
        }
        return identities
                .withOneOfEach(client, criteria.source(), criteria.keys(), config.maxHits() + 1)
                .invoke(found -> {
                    if (found.size() > config.maxHits()) {
                        throw tooCostly("too many patients match; narrow the query");
                    }
                })
                .chain(found ->
                        persons.linksOf(client, found.stream().map(Identity::id).toList()))
                .map(links -> inOrder(links, criteria.ids()));
    }

    private static Set<UUID> inOrder(List<LinkRow> links, Set<UUID> among) {
        Set<UUID> order = new TreeSet<>(Comparator.comparing(UUID::toString));
        links.stream()
                .map(LinkRow::person)
                .filter(person -> among == null || among.contains(person))
                .forEach(order::add);
        return order;
    }

    private static FhirRefusedException tooCostly(String text) {
        return new FhirRefusedException(400, "too-costly", "Patient", text);
    }

    private static List<UUID> here(PatientCriteria criteria, Collection<UUID> found) {
        return found.stream()
                .filter(id -> id.toString().compareTo(criteria.after()) > 0)
                .limit(criteria.count())
                .toList();
    }

    private static List<PersonSnapshot> sorted(List<PersonSnapshot> some) {
        return some.stream()
                .sorted(Comparator.comparing(each -> each.id().toString()))
                .toList();
    }

    private Found page(PatientCriteria criteria, List<PersonSnapshot> all, String base) {
        List<PersonSnapshot> hits =
                sorted(all).stream().filter(criteria.filter()).toList();
        List<UUID> ids = hits.stream().map(PersonSnapshot::id).toList();
        List<UUID> here = here(criteria, ids);
        return page(
                criteria,
                ids,
                hits.stream().filter(each -> here.contains(each.id())).toList(),
                base);
    }

    private Found page(PatientCriteria criteria, List<UUID> ids, List<PersonSnapshot> here, String base) {
        ObjectNode bundle = Nodes.object()
                .put("resourceType", "Bundle")
                .put("type", "searchset")
                .put("total", ids.size());
        ArrayNode links = bundle.putArray("link");
        links.addObject().put("relation", "self").put("url", url(criteria, base, criteria.after()));
        UUID last = here.isEmpty() ? null : here.get(here.size() - 1).id();
        if (last != null && !ids.get(ids.size() - 1).equals(last)) {
            links.addObject().put("relation", "next").put("url", url(criteria, base, last.toString()));
        }
        ArrayNode entries = here.isEmpty() ? null : bundle.putArray("entry");
        for (PersonSnapshot person : here) {
            ObjectNode entry = entries.addObject().put("fullUrl", base + "/Patient/" + person.id());
            entry.set("resource", patients.write(person, criteria.systems()));
            entry.putObject("search").put("mode", "match");
        }
        return new Found(FhirAnswer.of(bundle), ids.size() == 1 ? ids.get(0) : null, ids.size());
    }

    private static String url(PatientCriteria criteria, String base, String after) {
        List<String> parts = new ArrayList<>();
        criteria.used().forEach((name, values) -> {
            if (!name.equals(PatientCriteria.AFTER)) {
                values.forEach(value -> parts.add(encoded(name) + "=" + encoded(value)));
            }
        });
        if (!after.isEmpty()) {
            parts.add(PatientCriteria.AFTER + "=" + after);
        }
        return base + "/Patient?" + String.join("&", parts);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * The other ids of whom one id names ({@code $ihe-pix}).
     *
     * @param sourceIdentifier {@code system|value}
     * @param targetSystems of the ids that are wanted; empty for all
     */
    Uni<Found> crossReference(SqlClient client, String sourceIdentifier, List<String> targetSystems) {
        int bar = sourceIdentifier == null ? -1 : sourceIdentifier.indexOf('|');
        if (bar <= 0 || bar == sourceIdentifier.length() - 1) {
            throw new FhirRefusedException(400, "required", "sourceIdentifier", "system|value is expected");
        }
        String system = sourceIdentifier.substring(0, bar);
        String value = sourceIdentifier.substring(bar + 1);
        Set<String> targets = new LinkedHashSet<>();
        for (String target : targetSystems) {
            targets.add(target(target));
        }
        return personOf(client, system, value)
                .map(person -> new Found(FhirAnswer.of(parameters(person, system, value, targets)), person.id(), 1));
    }

    private String target(String system) {
        if (system.equals(PatientJson.ENTERPRISE_ID)) {
            return system;
        }
        return sources.bySystem(system)
                .map(owner -> owner.authority().system())
                .orElseThrow(
                        () -> new FhirRefusedException(403, "code-invalid", "targetSystem", "targetSystem not found"));
    }

    private Uni<PersonSnapshot> personOf(SqlClient client, String system, String value) {
        Uni<UUID> person = system.equals(PatientJson.ENTERPRISE_ID)
                ? persons.current(client, personId(value))
                : identityOf(client, system, value)
                        .chain(identity -> identity == null
                                ? Uni.createFrom().nullItem()
                                : persons.linkOf(client, identity.id()).map(LinkRow::person));
        return person.chain(id -> id == null ? Uni.createFrom().nullItem() : persons.snapshot(client, id))
                .map(found -> {
                    if (found == null) {
                        throw new FhirRefusedException(
                                404, "not-found", "sourceIdentifier", "sourceIdentifier Patient Identifier not found");
                    }
                    return found;
                });
    }

    private Uni<Identity> identityOf(SqlClient client, String system, String value) {
        Source owner = sources.bySystem(system)
                .orElseThrow(() -> new FhirRefusedException(
                        400, "code-invalid", "sourceIdentifier", "sourceIdentifier Assigning Authority not found"));
        return identities
                .find(client, owner.id(), value)
                .chain(found -> found != null || !owner.authority().citableByAll()
                        ? Uni.createFrom().item(found)
                        : identities
                                .withAllKeys(
                                        client,
                                        null,
                                        List.of(IdentityKey.of(new Document(
                                                DocumentType.CITED_ID,
                                                owner.authority().name() + "|" + value))),
                                        1)
                                .map(some -> some.isEmpty() ? null : some.get(0)))
                // A merged-away id leads to its survivor's.
                .chain(found -> found == null || !found.isRetired()
                        ? Uni.createFrom().item(found)
                        : identities.load(client, List.of(found.replacedBy())).map(some -> some.get(0)));
    }

    private ObjectNode parameters(PersonSnapshot person, String system, String value, Set<String> targets) {
        ObjectNode parameters = Nodes.object().put("resourceType", "Parameters");
        ArrayNode list = parameters.putArray("parameter");
        for (PatientJson.SystemValue id : patients.identifiers(person)) {
            boolean asked = targets.isEmpty() || targets.contains(id.system());
            boolean same = id.value().equals(value)
                    && sources.bySystem(system)
                            .map(owner -> owner.authority().system())
                            .orElse(system)
                            .equals(id.system());
            if (asked && !same) {
                list.addObject()
                        .put("name", "targetIdentifier")
                        .set("valueIdentifier", Nodes.identifier(id.system(), id.value()));
            }
        }
        if (targets.isEmpty() || targets.contains(PatientJson.ENTERPRISE_ID)) {
            list.addObject()
                    .put("name", "targetId")
                    .putObject("valueReference")
                    .put("reference", "Patient/" + person.id());
        }
        if (list.isEmpty()) {
            parameters.remove("parameter");
        }
        return parameters;
    }
}
