package cn.kangka.empi.card;

import cn.kangka.kit.masking.Masks;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A card as other services see it.
 *
 * @param source the hospital of a hospital card; null for the regional card
 * @param number masked: first three and last four characters
 * @param since when the present status began
 * @param untold hospitals that have not confirmed yet that the regional card is stopped; null unless it is
 */
@Schema(description = "A card; the number is masked")
public record CardView(
        UUID id,
        CardKind kind,
        CardStatus status,
        String source,
        String number,
        OffsetDateTime since,
        List<String> untold) {
    private static final ZoneId REGION = ZoneId.of("Asia/Shanghai");

    static CardView of(Card card) {
        return new CardView(
                card.id(),
                card.kind(),
                card.status(),
                card.source(),
                Masks.number(card.number()),
                card.since().atZone(REGION).toOffsetDateTime(),
                null);
    }

    /** The same with the hospitals that do not know yet. */
    CardView with(List<String> hospitals) {
        return new CardView(id, kind, status, source, number, since, hospitals);
    }

    /** Whether its holder wants to know who has stopped it. */
    boolean isStopped() {
        return kind == CardKind.REGIONAL && (status == CardStatus.LOST || status == CardStatus.FROZEN);
    }
}
