package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Hl7Builder;
import cn.kangka.empi.person.IdentityRef;
import cn.kangka.empi.person.PersonListener;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.kit.trace.Traces;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells subscribing institutions, through the outbox, what became of a person (ITI-10, ITI-30): A28 when the index came
 * to know them, A31 when golden record, ids or a card changed, A40 when two regional ids became one, A37 and A31 when
 * they were parted. A40 and A37 name regional ids only, so that no hospital merges charts of its own by them.
 */
@ApplicationScoped
public class Announcements implements PersonListener {
    private static final String TOPIC = Letter.ANNOUNCEMENT;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");
    private static final String[] MADE = {"ADT", "A28", "ADT_A05"};
    private static final String[] CHANGED = {"ADT", "A31", "ADT_A05"};
    private static final String[] MERGED = {"ADT", "A40", "ADT_A39"};
    private static final String[] PARTED = {"ADT", "A37", "ADT_A37"};

    private final Sources sources;
    private final HospitalPost post;
    private final DeliveryConfig config;
    private final Clock clock;

    public Announcements(Sources sources, HospitalPost post, DeliveryConfig config, Clock clock) {
        this.sources = sources;
        this.post = post;
        this.config = config;
        this.clock = clock;
    }

    /** A28 to everybody but the source that told us, which knows the person and gets the list of ids by A31. */
    @Override
    public Uni<Void> personMade(SqlConnection tx, PersonSnapshot person) {
        Set<String> tellers =
                person.identities().stream().map(IdentityRef::source).collect(Collectors.toSet());
        return tell(
                tx,
                subscribers(),
                about(person, null),
                source -> tellers.contains(source.id()) ? CHANGED : MADE,
                (segments, message) -> full(segments, message, person));
    }

    /** A31 to everybody: the receivers of the last list of ids must get the new one, its teller too. */
    @Override
    public Uni<Void> personUpdated(SqlConnection tx, PersonSnapshot person) {
        return changed(tx, person);
    }

    /** A31 of each to that institution. */
    @Override
    public Uni<Void> told(SqlConnection tx, String receiver, List<PersonSnapshot> persons) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (PersonSnapshot person : persons) {
            all = all.chain(
                    () -> tell(tx, subscribers().filter(source -> source.id().equals(receiver)), person, CHANGED));
        }
        return all;
    }

    /** A31 to one institution that was told of the person before. */
    public Uni<Void> toldAgain(SqlConnection tx, Source receiver, PersonSnapshot person) {
        return tell(tx, Stream.of(receiver), person, CHANGED);
    }

    /** A40, then A31 with all ids of the survivor. */
    @Override
    public Uni<Void> personsMerged(SqlConnection tx, PersonSnapshot survivor, PersonSnapshot retired) {
        return tell(tx, subscribers(), about(survivor, retired.id()), MERGED, (segments, message) -> {
                    segments.regionalPid(message, survivor);
                    segments.mrg(message, retired.id());
                })
                .chain(() -> changed(tx, survivor));
    }

    /** A37, then A31 of each. */
    @Override
    public Uni<Void> personSplit(SqlConnection tx, PersonSnapshot remaining, PersonSnapshot fresh) {
        return tell(tx, subscribers(), about(remaining, fresh.id()), PARTED, (segments, message) -> {
                    segments.regionalPid(message, remaining);
                    segments.regionalPid(message, fresh);
                })
                .chain(() -> changed(tx, remaining))
                .chain(() -> changed(tx, fresh));
    }

    /**
     * A31 with a ZCD for the card. The number of a hospital's own card goes to that hospital only.
     */
    public Uni<Void> cardChanged(SqlConnection tx, PersonSnapshot person, CardNotice card) {
        return tell(
                tx,
                subscribers()
                        .filter(source -> card.source() == null || card.source().equals(source.id())),
                about(person, null),
                CHANGED,
                (segments, message) -> {
                    full(segments, message, person);
                    message.segment("ZCD")
                            .set(1, "1")
                            .set(2, card.kind())
                            .set(3, card.number())
                            .set(4, card.status())
                            .set(5, TIME.format(card.since()));
                });
    }

    private Uni<Void> changed(SqlConnection tx, PersonSnapshot person) {
        return tell(tx, subscribers(), person, CHANGED);
    }

    /** The whole person. */
    private Uni<Void> tell(SqlConnection tx, Stream<Source> receivers, PersonSnapshot person, String[] type) {
        return tell(tx, receivers, about(person, null), type, (segments, message) -> full(segments, message, person));
    }

    private static void full(PersonSegments segments, Hl7Builder message, PersonSnapshot person) {
        segments.pid(message, person);
        message.segment("PV1").set(1, "1").set(2, "N");
    }

    private Uni<Void> tell(
            SqlConnection tx,
            Stream<Source> receivers,
            Letter.Subject subject,
            String[] type,
            BiConsumer<PersonSegments, Hl7Builder> body) {
        return tell(tx, receivers, subject, source -> type, body);
    }

    private Uni<Void> tell(
            SqlConnection tx,
            Stream<Source> receivers,
            Letter.Subject subject,
            Function<Source, String[]> typeFor,
            BiConsumer<PersonSegments, Hl7Builder> body) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        String trace = Traces.current();
        List<Letter> letters = receivers
                .map(source -> letter(source, subject, typeFor.apply(source), now, trace, body))
                .toList();
        return post.send(tx, letters);
    }

    private Letter letter(
            Source source,
            Letter.Subject subject,
            String[] type,
            OffsetDateTime now,
            String trace,
            BiConsumer<PersonSegments, Hl7Builder> body) {
        return Letter.write(source, subject, type, now, trace, message -> {
            message.segment("EVN").set(1, type[1]).set(2, TIME.format(now));
            body.accept(segmentsFor(source), message);
        });
    }

    /** How a person is told to that institution. */
    PersonSegments segmentsFor(Source source) {
        boolean minimal = config.minimalScope().orElse(List.of()).contains(source.id());
        return new PersonSegments(source, minimal, config.regionAuthority(), id -> sources.byId(id)
                .map(Source::authority)
                .orElse(null));
    }

    private static Letter.Subject about(PersonSnapshot person, UUID other) {
        return new Letter.Subject(
                TOPIC,
                person.id().toString(),
                other == null ? null : other.toString(),
                person.version(),
                null,
                person.id());
    }

    private Stream<Source> subscribers() {
        return sources.all().stream().filter(Source::subscribes).filter(HospitalPost::reaches);
    }
}
