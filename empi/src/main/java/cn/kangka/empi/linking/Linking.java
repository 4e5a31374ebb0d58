package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hl7.PidSegments;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.PatientDemographics;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.empi.person.LinkDecision;
import cn.kangka.empi.person.LinkRow;
import cn.kangka.empi.person.Member;
import cn.kangka.empi.person.Persons;
import cn.kangka.empi.review.ReviewTasks;
import cn.kangka.kit.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The front door of linking: turns what a source says of a patient into an identity that belongs to a person. Advisory
 * locks on the identity and on its block keys, taken in order, make concurrent registrations of one human one person.
 */
@ApplicationScoped
public class Linking {
    private final Identities identities;
    private final Persons persons;
    private final PatientReader reader;
    private final Models models;
    private final Candidates candidates;
    private final CertainRules certain;
    private final ReviewTasks tasks;
    private final Shadow shadow;
    private final Locks locks;
    private final LinkingConfig config;
    private final Clock clock;

    public Linking(
            Identities identities,
            Persons persons,
            PatientReader reader,
            Models models,
            Candidates candidates,
            CertainRules certain,
            ReviewTasks tasks,
            Shadow shadow,
            Locks locks,
            LinkingConfig config,
            Clock clock) {
        this.identities = identities;
        this.persons = persons;
        this.reader = reader;
        this.models = models;
        this.candidates = candidates;
        this.certain = certain;
        this.tasks = tasks;
        this.shadow = shadow;
        this.locks = locks;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Stores or updates the identity {@code (source, localId)} with full demographics and links it. Fails with {@link
     * LinkingRefusedException} when it cannot be taken.
     */
    public Uni<Linked> register(SqlConnection tx, Source source, String localId, PatientDemographics patient) {
        return register(tx, source, new Told(localId, patient, Set.of(), null), clock.instant(), false);
    }

    /**
     * What became of an identity.
     *
     * @param decision that was followed; null when nothing was new about it
     */
    record Registered(Linked linked, Decision decision) {
        static Registered asBefore(Linked linked) {
            return new Registered(linked, null);
        }
    }

    /** Registers or updates the patient of a message's first PID. */
    public Uni<Linked> register(SqlConnection tx, Source source, Hl7Message message, Instant at) {
        return told(source, message).chain(told -> register(tx, source, told, at, false));
    }

    /**
     * The identity that a message is about, by PID-3; an id unknown so far becomes a provisional identity from its PID.
     * A merged-away id leads to its survivor. Fails with {@link LinkingRefusedException} when PID-3 names nobody of this
     * source.
     */
    public Uni<Linked> resolve(SqlConnection tx, Source source, Hl7Message message) {
        return told(source, message).chain(told -> identities
                .find(tx, source.id(), told.localId())
                .chain(found -> found == null ? register(tx, source, told, clock.instant(), true) : linked(tx, found)));
    }

    /** Like {@link #resolve}, but null when the id is unknown; makes nothing. */
    public Uni<Linked> find(SqlConnection tx, Source source, Hl7Message message) {
        return told(source, message).chain(told -> identities
                .find(tx, source.id(), told.localId())
                .chain(found -> found == null ? Uni.createFrom().nullItem() : linked(tx, found)));
    }

    private Uni<Told> told(Source source, Hl7Message message) {
        return Uni.createFrom().item(() -> {
            Segment pid = message.segment("PID")
                    .orElseThrow(() -> new LinkingRefusedException(
                            Hl7Refusal.error(Hl7Refusal.SEGMENT_SEQUENCE, "PID^1", "there is no PID segment")));
            return reader.read(source, pid, 1);
        });
    }

    private Uni<Linked> linked(SqlConnection tx, Identity identity) {
        if (identity.isRetired()) {
            return identities.load(tx, List.of(identity.replacedBy())).chain(survivors -> linked(tx, survivors.get(0)));
        }
        return persons.linkOf(tx, identity.id()).map(link -> linked(identity, link.person()));
    }

    /** A chart by its local id, retired or not; null when it is unknown. */
    Uni<Identity> chart(SqlConnection tx, Source source, String localId) {
        return identities.find(tx, source.id(), localId);
    }

    /** Locks charts of one source together, before either is registered. */
    Uni<Void> lockCharts(SqlConnection tx, Source source, List<String> localIds) {
        return locks.ofCharts(tx, source.id(), localIds);
    }

    /** Locks patients together, before they are registered one after the other. */
    Uni<Void> lock(SqlConnection tx, List<PatientFeed.Telling> some) {
        return locks.of(
                tx,
                some.stream()
                        .map(each -> draft(each.source(), each.told(), clock.instant(), false))
                        .toList());
    }

    Uni<Linked> register(SqlConnection tx, Source source, Told told, Instant at, boolean provisional) {
        Identity draft = draft(source, told, at, provisional);
        return locks.of(tx, List.of(draft))
                .chain(() -> registered(tx, source, draft, told))
                .map(Registered::linked);
    }

    /** Stores and links what was told, for who is {@link Locks#alone}: locks of its own would be too many for a file. */
    Uni<Registered> registeredAlone(SqlConnection tx, Source source, Told told, Instant at) {
        return registered(tx, source, draft(source, told, at, false), told);
    }

    private static Identity draft(Source source, Told told, Instant at, boolean provisional) {
        return new Identity(
                Ids.next(), source.id(), told.localId(), provisional, null, 1, at, told.patient(), told.pid());
    }

    private Uni<Registered> registered(SqlConnection tx, Source source, Identity draft, Told told) {
        return identities
                .find(tx, source.id(), told.localId())
                .chain(known ->
                        known == null ? add(tx, draft) : update(tx, known, told, draft.toldAt(), draft.provisional()));
    }

    private Uni<Registered> add(SqlConnection tx, Identity identity) {
        return identities
                .add(tx, identity, models.keys(identity))
                .chain(() -> decide(tx, identity, null))
                .chain(decision -> follow(tx, identity, decision)
                        .call(() -> shadow.told(tx, List.of(identity.id())))
                        .map(person -> new Registered(linked(identity, person), decision)));
    }

    private Uni<Registered> update(SqlConnection tx, Identity known, Told told, Instant at, boolean provisional) {
        if (known.isRetired()) {
            return Uni.createFrom()
                    .failure(new LinkingRefusedException(Hl7Refusal.error(
                            Hl7Refusal.UNKNOWN_KEY, "PID^1^3^1^1", "the id was merged into another one")));
        }
        PatientDemographics now = told.patient().over(known.demographics(), told.deleted());
        String pid = PidSegments.over(told.pid(), known.pid());
        boolean stale = at.isBefore(known.toldAt());
        boolean news = !now.equals(known.demographics()) || known.provisional() && !provisional;
        Identity changed = known.told(now, pid, known.provisional() && provisional, at);
        if (stale) {
            return linked(tx, known).map(Registered::asBefore);
        }
        return identities
                .change(tx, known, models.keys(known), changed, models.keys(changed))
                .chain(() -> persons.linkOf(tx, known.id()))
                .chain(link -> news
                        ? reconsider(tx, changed, link).call(() -> shadow.told(tx, List.of(known.id())))
                        : Uni.createFrom().item(Registered.asBefore(linked(known, link.person()))));
    }

    private static Linked linked(Identity identity, UUID person) {
        return new Linked(identity.id(), person, identity.localId());
    }

    /** New data may show who somebody is, or that they are somebody else; it never overrides a human. */
    private Uni<Registered> reconsider(SqlConnection tx, Identity changed, LinkRow link) {
        return persons.refresh(tx, link.person())
                .chain(person -> link.manual()
                        ? Uni.createFrom().item(Registered.asBefore(linked(changed, person)))
                        : decide(tx, changed, person).chain(decision -> follow(tx, changed, person, decision)
                                .map(now -> new Registered(linked(changed, now), decision))));
    }

    /**
     * Decides, and holds the persons that something will be done to. Somebody may have changed them until they were held:
     * then it is decided anew.
     */
    private Uni<Decision> decide(SqlConnection tx, Identity subject, UUID home) {
        return candidates.find(tx, models.engine(), subject).chain(found -> {
            Set<UUID> looked = new HashSet<>(found.identities());
            looked.add(subject.id());
            return persons.clusters(tx, looked)
                    .chain(members -> decide(tx, subject, found.subject(), home, looked, members));
        });
    }

    private Uni<Decision> decide(
            SqlConnection tx,
            Identity subject,
            PreparedRecord record,
            UUID home,
            Set<UUID> looked,
            List<Member> members) {
        return decision(tx, subject, record, home, members)
                .chain(decision -> decision.touched().isEmpty()
                        ? Uni.createFrom().item(decision)
                        : held(tx, decision, home)
                                .chain(() -> persons.clusters(tx, looked))
                                .chain(now -> Set.copyOf(now).equals(Set.copyOf(members))
                                        ? Uni.createFrom().item(decision)
                                        : decide(tx, subject, record, home, looked, now)));
    }

    private Uni<Void> held(SqlConnection tx, Decision decision, UUID home) {
        return persons.lock(
                tx,
                Stream.concat(decision.touched().stream(), Stream.ofNullable(home))
                        .toList());
    }

    private Uni<Decision> decision(
            SqlConnection tx, Identity subject, PreparedRecord record, UUID home, List<Member> members) {
        Set<UUID> among = members.stream().map(member -> member.identity().id()).collect(Collectors.toSet());
        among.add(subject.id());
        Uni<Set<List<UUID>>> apart = among.size() == 1 ? Uni.createFrom().item(Set.of()) : persons.apart(tx, among);
        return apart.map(pairs -> new Decider(
                        models.engine(),
                        certain,
                        config.moveMargin(),
                        subject,
                        record,
                        members,
                        pairs,
                        models.engine()::prepare)
                .decide(home));
    }

    /** Of an identity that has no person yet. */
    private Uni<UUID> follow(SqlConnection tx, Identity identity, Decision decision) {
        if (decision.joins().isEmpty()) {
            return persons.make(tx, identity, LinkDecision.rule("first", 1))
                    .call(() ->
                            tasks.open(tx, decision.doubts(), models.engine().version()));
        }
        Decision.Join first = decision.joins().get(0);
        Decision rest =
                new Decision(decision.joins().subList(1, decision.joins().size()), null, null, decision.doubts());
        return persons.join(tx, first.person(), identity, ruled(first))
                .chain(person -> follow(tx, identity, person, rest));
    }

    private Uni<UUID> follow(SqlConnection tx, Identity identity, UUID home, Decision decision) {
        Uni<UUID> person = Uni.createFrom().item(home);
        for (Decision.Join join : decision.joins()) {
            person = person.chain(now -> mergeIntoOlder(tx, now, join));
        }
        if (decision.move() != null) {
            person = person.chain(
                    () -> persons.move(tx, identity.id(), decision.move().person(), ruled(decision.move())));
        }
        return person.call(() -> tasks.replace(
                tx, identity.id(), decision.doubts(), models.engine().version()));
    }

    /** The enterprise id that has been out longer stays, so that fewer ids change for everybody else. */
    private Uni<UUID> mergeIntoOlder(SqlConnection tx, UUID person, Decision.Join join) {
        return person.toString().compareTo(join.person().toString()) < 0
                ? persons.merge(tx, person, join.person(), ruled(join))
                : persons.merge(tx, join.person(), person, ruled(join));
    }

    private static LinkDecision ruled(Decision.Join join) {
        return LinkDecision.rule(join.rule(), join.probability());
    }
}
