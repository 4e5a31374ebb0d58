package cn.kangka.empi.person;

import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.identity.KeyKind;
import cn.kangka.empi.identity.Names;
import cn.kangka.empi.identity.Numbers;
import cn.kangka.empi.person.PersonRequests.Checked;
import cn.kangka.empi.person.PersonRequests.Checks;
import cn.kangka.empi.person.PersonRequests.Claim;
import cn.kangka.empi.person.PersonRequests.Claimed;
import cn.kangka.empi.person.PersonRequests.Match;
import cn.kangka.empi.person.PersonRequests.Matches;
import cn.kangka.empi.person.PersonRequests.PersonId;
import cn.kangka.empi.person.PersonRequests.Search;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.masking.Masks;
import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What other services and registrars ask of persons. */
@ApplicationScoped
public class PersonService {
    private static final int MOST_CHARTS = 500;
    private static final int MOST_MATCHES = 20;
    private static final int NAMED = 1;
    private static final int REAL_NAME = 2;

    private final Database database;
    private final Persons persons;
    private final Identities identities;
    private final LastVisits visits;
    private final Outbox outbox;
    private final Audit audit;

    public PersonService(
            Database database, Persons persons, Identities identities, LastVisits visits, Outbox outbox, Audit audit) {
        this.database = database;
        this.persons = persons;
        this.identities = identities;
        this.visits = visits;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** A person, or where a merged-away id leads: then the snapshot is another person's. 404 when never given. */
    public Uni<PersonView> get(UUID id) {
        return persons.snapshot(database.pool(), id)
                .chain(person -> person == null || person.status() != PersonStatus.MERGED
                        ? Uni.createFrom().item(person)
                        : survivor(id))
                .map(PersonService::found)
                .map(PersonView::of);
    }

    private Uni<PersonSnapshot> survivor(UUID retired) {
        return database.read(connection ->
                persons.current(connection, retired).chain(current -> persons.snapshot(connection, current)));
    }

    /** Who somebody is by name, id document and phone; 404 in every other case, whichever part was wrong. */
    public Uni<Claimed> claim(Claim claim) {
        DocumentType type = DocumentType.of(claim.idType()).orElseThrow(Problems::notFound);
        Document document = Numbers.document(type, claim.idNumber());
        String name = Names.key(claim.name());
        String phone =
                claim.phone() == null ? null : Numbers.phone(claim.phone()).orElse(null);
        return database.read(connection -> identities
                .withAnyKey(connection, List.of(IdentityKey.of(document)), MOST_CHARTS)
                .map(charts -> charts.stream()
                        .filter(chart -> !chart.isNewborn())
                        .filter(chart -> Names.key(chart.demographics().name()).equals(name))
                        .toList())
                .chain(charts -> snapshots(connection, charts))
                .map(found -> found.stream()
                        .map(person -> new Claimed(person.id(), person.phones().contains(phone) ? REAL_NAME : NAMED))
                        .max(Comparator.comparingInt(Claimed::level)
                                .thenComparing(claimed -> claimed.person().toString(), Comparator.reverseOrder()))
                        .orElseThrow(Problems::notFound)));
    }

    /** Persons that agree with everything given, masked. 422 when too little is given. */
    public Uni<Matches> search(Search search) {
        if (isTooLittle(search)) {
            throw Problems.invalid("name", "search.too-little");
        }
        return database.read(connection -> charts(connection, search)
                .chain(charts -> snapshots(connection, charts))
                .map(found -> new Matches(found.stream()
                        .limit(MOST_MATCHES)
                        .map(PersonService::masked)
                        .toList())));
    }

    /** How many of the caller's statements are right. 404 when there is no such person. */
    public Uni<Checked> checks(UUID id, Checks checks) {
        return database.read(connection -> persons.current(connection, id)
                .chain(current -> current == null ? Uni.createFrom().nullItem() : persons.snapshot(connection, current))
                .map(PersonService::found)
                .chain(person -> visits.lastVisit(
                                connection,
                                person.identities().stream()
                                        .map(IdentityRef::identity)
                                        .toList())
                        .map(lastVisit -> PersonChecks.count(checks, person, lastVisit))));
    }

    /** A registrar says that two persons are one. */
    public Uni<PersonId> merge(UUID retired, PersonRequests.Merge merge) {
        if (retired.equals(merge.into())) {
            throw Problems.invalid("into", "merge.same");
        }
        LinkDecision decision = LinkDecision.manual("registrar", merge.reason(), merge.by());
        return database.write(tx -> persons.merge(tx, merge.into(), retired, decision)
                        .call(survivor -> audited(tx, "person.merge", survivor, retired, merge.by(), merge.reason())))
                .invoke(this::wake)
                .map(PersonId::new);
    }

    /** A registrar says that a person is two: the identities go to a new one. */
    public Uni<PersonId> split(UUID person, PersonRequests.Split split) {
        LinkDecision decision = LinkDecision.manual("registrar", split.reason(), split.by());
        return database.write(tx -> persons.split(tx, person, split.identities(), decision)
                        .call(fresh -> audited(tx, "person.split", person, fresh, split.by(), split.reason())))
                .invoke(this::wake)
                .map(PersonId::new);
    }

    /** A registrar looked at a suspect person: who they are is right, and their accounts may go on. */
    public Uni<PersonId> review(UUID person, PersonRequests.Review review) {
        return database.write(tx -> persons.review(tx, person)
                        .call(reviewed -> audited(tx, "person.review", person, reviewed, review.by(), review.reason())))
                .invoke(this::wake)
                .map(PersonId::new);
    }

    private void wake(UUID changed) {
        outbox.wake(PersonEvents.DESTINATION);
        outbox.wake("hospital:");
    }

    private Uni<Void> audited(SqlConnection tx, String action, UUID person, UUID other, String actor, String reason) {
        return audit.record(
                tx,
                AuditEntry.allowed("REGISTRAR", actor, action, person, other.toString())
                        .because(reason));
    }

    private static PersonSnapshot found(PersonSnapshot person) {
        if (person == null) {
            throw Problems.notFound();
        }
        return person;
    }

    private static boolean isTooLittle(Search search) {
        boolean byNumber = isGiven(search.phone()) || isGiven(search.idNumber());
        return !byNumber && !(isGiven(search.name()) && search.birthDate() != null);
    }

    private static boolean isGiven(String text) {
        return text != null && !text.isBlank();
    }

    private Uni<List<Identity>> charts(SqlConnection connection, Search search) {
        List<IdentityKey> keys = new ArrayList<>();
        if (isGiven(search.name())) {
            keys.add(new IdentityKey(KeyKind.NAME, Names.key(search.name())));
        }
        if (isGiven(search.phone())) {
            keys.add(
                    new IdentityKey(KeyKind.PHONE, Numbers.phone(search.phone()).orElse(search.phone())));
        }
        if (search.birthDate() != null) {
            keys.add(new IdentityKey(KeyKind.BIRTH, search.birthDate().toString()));
        }
        if (!isGiven(search.idNumber())) {
            return identities.withAllKeys(connection, null, keys, MOST_CHARTS);
        }
        return identities
                .withAnyKey(connection, documents(search.idNumber()), MOST_CHARTS)
                .map(charts -> charts.stream()
                        .filter(chart -> chart.keys().containsAll(keys))
                        .toList());
    }

    /** A number whose type nobody said: one key per type. */
    private static List<IdentityKey> documents(String number) {
        return Arrays.stream(DocumentType.values())
                .map(type -> IdentityKey.of(Numbers.document(type, number)))
                .toList();
    }

    private Uni<List<PersonSnapshot>> snapshots(SqlConnection connection, List<Identity> charts) {
        return persons.linksOf(connection, charts.stream().map(Identity::id).toList())
                .chain(links -> {
                    Set<UUID> found = links.stream().map(LinkRow::person).collect(Collectors.toSet());
                    Stream<UUID> some = found.stream()
                            .sorted(Comparator.comparing(UUID::toString))
                            .limit(MOST_MATCHES);
                    return Multi.createFrom()
                            .items(some)
                            .onItem()
                            .transformToUniAndConcatenate(person -> persons.snapshot(connection, person))
                            .collect()
                            .asList();
                });
    }

    private static Match masked(PersonSnapshot person) {
        String number = person.documents().stream()
                .filter(document -> document.type() != DocumentType.CITED_ID)
                .map(Document::number)
                .findFirst()
                .orElse(null);
        return new Match(
                person.id(),
                Masks.name(person.name()),
                person.sex().name(),
                PersonEvents.wholeDate(person.birth()),
                person.phones().isEmpty() ? null : Masks.number(person.phones().get(0)),
                Masks.number(number));
    }
}
