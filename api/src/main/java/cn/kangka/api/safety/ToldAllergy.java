package cn.kangka.api.safety;

import java.time.Instant;
import java.util.UUID;

/**
 * An allergy as a hospital tells it.
 *
 * @param key what names it at the hospital
 * @param atc ATC code; null when there is none
 * @param text as entered
 * @param reaction null when not told
 * @param criticality {@code high}, {@code low} or {@code unable-to-assess}; null when not told
 * @param active false when refuted or over
 * @param toldAt when the hospital wrote it
 */
public record ToldAllergy(
        UUID identity,
        String source,
        String key,
        String atc,
        String text,
        String reaction,
        String criticality,
        boolean active,
        Instant toldAt) {
    /** Names what a patient has: never shown. */
    @Override
    public String toString() {
        return "an allergy told by " + source;
    }
}
