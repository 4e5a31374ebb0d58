package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hl7.PidSegments;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.identity.PatientDemographics;
import cn.kangka.empi.matching.Decision;
import cn.kangka.empi.matching.DeterministicMatcher;
import cn.kangka.empi.matching.Features;
import cn.kangka.empi.matching.Matcher;
import cn.kangka.empi.person.LinkDecision;
import cn.kangka.empi.person.LinkRow;
import cn.kangka.empi.person.Persons;
import cn.kangka.kit.id.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The front door of linking: turns what a source says of a patient into an identity that belongs to a person. Advisory
 * locks on the identity and on its block keys, taken in order, make concurrent registrations of one human one person.
 */
@ApplicationScoped
public class Linking {
    private final Identities identities;
    private final Persons persons;
    private final PatientReader reader;
    private final FeatureExtraction features;
    private final LinkingConfig config;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Matcher matcher = new DeterministicMatcher();

    public Linking(
            Identities identities,
            Persons persons,
            PatientReader reader,
            FeatureExtraction features,
            LinkingConfig config,
            MeterRegistry meters,
            Clock clock) {
        this.identities = identities;
        this.persons = persons;
        this.reader = reader;
        this.features = features;
        this.config = config;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Stores or updates the identity {@code (source, localId)} with full demographics and links it. Fails with {@link
     * LinkingRefusedException} when it cannot be taken.
     */
    public Uni<Linked> register(SqlConnection tx, Source source, String localId, PatientDemographics patient) {
        return register(tx, source, new Told(localId, patient, Set.of(), null), clock.instant(), false);
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
        return persons.linkOf(tx, identity.id())
                .map(link -> new Linked(identity.id(), link.person(), identity.localId()));
    }

    /** A chart by its local id, retired or not; null when it is unknown. */
    Uni<Identity> chart(SqlConnection tx, Source source, String localId) {
        return identities.find(tx, source.id(), localId);
    }

    /** Locks charts of one source together, before either is registered. */
    Uni<Void> lockCharts(SqlConnection tx, Source source, List<String> localIds) {
        return lock(
                tx, localIds.stream().mapToLong(localId -> identities.lock("local-id", source.id() + "|" + localId)));
    }

    /** Stores and links what was told. */
    Uni<Linked> register(SqlConnection tx, Source source, Told told, Instant at, boolean provisional) {
        Identity draft = new Identity(
                Ids.next(), source.id(), told.localId(), provisional, null, 1, at, told.patient(), told.pid());
        return lock(tx, draft)
                .chain(() -> identities.find(tx, source.id(), told.localId()))
                .chain(known -> known == null ? add(tx, draft) : update(tx, known, told, at, provisional));
    }

    /** Locks the local id and every block the identity is in. */
    private Uni<Void> lock(SqlConnection tx, Identity identity) {
        LongStream chart = LongStream.of(identities.lock("local-id", identity.source() + "|" + identity.localId()));
        LongStream blocks = features.blocks(identity).stream()
                .mapToLong(key -> identities.lock(key.kind().name(), key.value()));
        return lock(tx, LongStream.concat(chart, blocks));
    }

    /** In order of their numbers, so that two registrations never wait for each other. */
    private static Uni<Void> lock(SqlConnection tx, LongStream numbers) {
        Long[] locks = numbers.sorted().distinct().boxed().toArray(Long[]::new);
        return tx.preparedQuery("select pg_advisory_xact_lock(k) from unnest($1::bigint[]) as k")
                .execute(Tuple.of(locks))
                .replaceWithVoid();
    }

    private Uni<Linked> add(SqlConnection tx, Identity identity) {
        return identities
                .save(tx, identity)
                .chain(() -> decide(tx, identity, null))
                .chain(decision -> decision instanceof Decision.Same same
                        ? persons.join(tx, same.person(), identity, LinkDecision.rule(same.rule(), same.probability()))
                        : persons.make(tx, identity, LinkDecision.rule("first", 1)))
                .map(person -> new Linked(identity.id(), person, identity.localId()));
    }

    private Uni<Linked> update(SqlConnection tx, Identity known, Told told, Instant at, boolean provisional) {
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
            return linked(tx, known);
        }
        return identities
                .save(tx, changed)
                .chain(() -> persons.linkOf(tx, known.id()))
                .chain(link ->
                        news ? reconsider(tx, changed, link) : Uni.createFrom().item(link.person()))
                .map(person -> new Linked(known.id(), person, known.localId()));
    }

    /** New data may show who somebody is; it never takes anybody out of a cluster or overrides a human. */
    private Uni<UUID> reconsider(SqlConnection tx, Identity changed, LinkRow link) {
        return persons.refresh(tx, link.person())
                .chain(person -> link.manual()
                        ? Uni.createFrom().item(person)
                        : persons.snapshot(tx, person)
                                .chain(snapshot -> snapshot.identities().size() > 1
                                        ? Uni.createFrom().item(person)
                                        : mergeIfSame(tx, changed, person)));
    }

    private Uni<UUID> mergeIfSame(SqlConnection tx, Identity changed, UUID person) {
        return decide(tx, changed, person)
                .chain(decision -> decision instanceof Decision.Same same
                                && !same.person().equals(person)
                        ? persons.merge(tx, same.person(), person, LinkDecision.rule(same.rule(), same.probability()))
                        : Uni.createFrom().item(person));
    }

    private Uni<Decision> decide(SqlConnection tx, Identity subject, UUID person) {
        List<IdentityKey> blocks = features.blocks(subject);
        if (blocks.isEmpty()) {
            return Uni.createFrom().item(new Decision.Different());
        }
        return identities
                .withAnyKey(tx, blocks, config.candidates() + 1)
                .invoke(found -> {
                    if (found.size() > config.candidates()) {
                        meters.counter("kangka.linking.oversized").increment();
                    }
                })
                .chain(found -> found.stream().allMatch(each -> each.id().equals(subject.id()))
                        ? Uni.createFrom().item(List.<Features>of())
                        : clusters(tx, found))
                .map(candidates -> matcher.decide(features.of(subject, person), candidates));
    }

    private Uni<List<Features>> clusters(SqlConnection tx, List<Identity> found) {
        return persons.clustersOf(tx, found.stream().map(Identity::id).toList()).chain(links -> {
            Map<UUID, UUID> personOf = links.stream().collect(Collectors.toMap(LinkRow::identity, LinkRow::person));
            return identities.load(tx, personOf.keySet()).map(members -> members.stream()
                    .map(member -> features.of(member, personOf.get(member.id())))
                    .toList());
        });
    }
}
