package cn.kangka.api.safety;

import java.time.Instant;
import java.util.UUID;

/**
 * A prescription as a hospital tells it.
 *
 * @param key the hospital's order number
 * @param atc ATC code; null when there is none
 * @param text as entered
 * @param active false when cancelled, stopped or completed
 * @param toldAt when the hospital wrote it
 */
public record ToldOrder(
        UUID identity,
        String source,
        String key,
        String atc,
        String text,
        boolean active,
        Instant orderedAt,
        Instant toldAt) {
    /** Names what a patient takes: never shown. */
    @Override
    public String toString() {
        return "an order told by " + source;
    }
}
