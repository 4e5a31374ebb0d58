package cn.kangka.empi.card;

import cn.kangka.kit.id.Ids;
import java.time.Instant;
import java.util.UUID;

/**
 * A card of a person.
 *
 * @param source the hospital of a hospital card; null for the regional card
 * @param identity the hospital's record that a hospital card belongs to; null for the regional card
 * @param number in clear, for messages to hospitals and for masking; never for a log
 * @param since when the present status began
 * @param lostAt when it was reported lost; null unless it is lost
 */
public record Card(
        UUID id,
        UUID person,
        CardKind kind,
        CardStatus status,
        String source,
        UUID identity,
        String number,
        Instant since,
        Instant lostAt,
        long version) {

    /** Whether it is the regional card that the person has or waits for. */
    public boolean isOpenRegional() {
        return kind == CardKind.REGIONAL && status != CardStatus.REPLACED && status != CardStatus.CANCELLED;
    }

    /** The same card, bound to another record of the hospital. */
    Card boundTo(UUID otherPerson, UUID otherIdentity) {
        return new Card(id, otherPerson, kind, status, source, otherIdentity, number, since, lostAt, version + 1);
    }

    Card with(CardStatus next, Instant now) {
        return new Card(
                id,
                person,
                kind,
                next,
                source,
                identity,
                number,
                now,
                next == CardStatus.LOST ? now : null,
                version + 1);
    }

    /** A regional card that works from now on. */
    static Card regional(UUID person, Instant now) {
        return new Card(
                Ids.next(), person, CardKind.REGIONAL, CardStatus.ACTIVE, null, null, CardNumber.next(), now, null, 1);
    }

    /** A hospital's own card. */
    static Card ofHospital(UUID person, String source, UUID identity, String number, Instant now) {
        return new Card(
                Ids.next(), person, CardKind.HOSPITAL, CardStatus.ACTIVE, source, identity, number, now, null, 1);
    }

    Card movedTo(UUID other) {
        return new Card(id, other, kind, status, source, identity, number, since, lostAt, version + 1);
    }

    @Override
    public String toString() {
        return "Card " + id;
    }
}
