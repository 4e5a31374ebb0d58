package cn.kangka.empi.card;

import cn.kangka.empi.person.IdentityRef;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.masking.Masks;
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.UUID;

/** Front door of dynamic codes: shown on a phone as a QR, taken once by a hospital's terminal. */
@ApplicationScoped
public class CardCodes {
    private static final ZoneId REGION = ZoneId.of("Asia/Shanghai");
    private static final int CODE_BYTES = 16;
    private static final String CHANNEL = "code";
    private static final int FULL_DATE = "1980-05-17".length();

    private final SecureRandom random = new SecureRandom();
    private final Database database;
    private final CardStore cards;
    private final CardCodeStore codes;
    private final Persons persons;
    private final CardConfig config;
    private final Clock clock;

    public CardCodes(
            Database database, CardStore cards, CardCodeStore codes, Persons persons, CardConfig config, Clock clock) {
        this.database = database;
        this.cards = cards;
        this.codes = codes;
        this.persons = persons;
        this.config = config;
        this.clock = clock;
    }

    /** @param code 128 random bits in base64url, without any meaning */
    public record Issued(String code, OffsetDateTime expiresAt) {
        @Override
        public String toString() {
            return "Issued until " + expiresAt;
        }
    }

    /**
     * Who showed the card.
     *
     * @param identity the person's record at the institution that verified; null when it has none yet
     * @param name masked
     * @param birthDate null when it is not known to the day
     */
    public record Verified(
            UUID card, UUID person, UUID identity, String name, String sex, String birthDate, OffsetDateTime usedAt) {}

    /** A new code for a person's card. Earlier codes stay good until they expire. */
    public Uni<Issued> issue(UUID card, UUID person) {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        Instant expires = now.plus(config.codeLife());
        return database.read(client -> persons.current(client, person)
                        .onItem()
                        .ifNull()
                        .failWith(Problems::notFound)
                        .chain(holder -> codes.insert(client, code, card, holder, now, expires)
                                .chain(kept -> kept ? Uni.createFrom().voidItem() : refuseCode(client, card, holder))))
                .replaceWith(() -> new Issued(code, regional(expires)));
    }

    private Uni<Void> refuseCode(SqlClient client, UUID card, UUID holder) {
        return cards.ofPerson(client, holder)
                .map(held -> held.stream()
                        .filter(each -> each.id().equals(card))
                        .findFirst()
                        .orElseThrow(Problems::notFound))
                .chain(found -> Uni.createFrom()
                        .failure(
                                found.kind() == CardKind.HOSPITAL
                                        ? CardProblems.withoutCodes()
                                        : CardProblems.notActive()));
    }

    /** Takes a code: exactly one of any number of calls for one code succeeds. The use is recorded with it. */
    public Uni<Verified> verify(String code, CardScene scene, String source, String terminal) {
        Instant now = clock.instant();
        CardUse use = new CardUse(Ids.next(), null, regional(now), source, scene, CHANNEL, terminal);
        return database.read(client -> codes.use(client, code, use, now.minus(config.codeGrace()))
                .chain(shown -> shown == null
                        ? refuse(client, code)
                        : persons.snapshot(client, shown.person())
                                .map(person -> verified(shown, person, source, use.at()))));
    }

    private Uni<Verified> refuse(SqlClient client, String code) {
        return codes.find(client, code).chain(known -> Uni.createFrom().failure(why(known)));
    }

    private static HttpProblem why(CardCodeStore.Known known) {
        if (known == null) {
            return CardProblems.codeUnknown();
        }
        if (known.status() == CardStatus.LOST) {
            return CardProblems.lost();
        }
        if (known.status() != CardStatus.ACTIVE) {
            return CardProblems.notActive();
        }
        return known.used() ? CardProblems.codeUsed() : CardProblems.codeExpired();
    }

    private static Verified verified(
            CardCodeStore.Shown shown, PersonSnapshot person, String source, OffsetDateTime at) {
        UUID identity = person.identities().stream()
                .filter(each -> each.source().equals(source))
                .map(IdentityRef::identity)
                .findFirst()
                .orElse(null);
        boolean wholeDate = person.birth() != null && person.birth().length() >= FULL_DATE;
        return new Verified(
                shown.card(),
                person.id(),
                identity,
                Masks.name(person.name()),
                person.sex().name(),
                wholeDate ? person.birth().substring(0, FULL_DATE) : null,
                at);
    }

    private static OffsetDateTime regional(Instant instant) {
        return instant.atZone(REGION).toOffsetDateTime();
    }
}
