package cn.kangka.empi.card;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * One use of a card at an institution.
 *
 * @param source id of the institution
 * @param channel how it was used: {@code code} for a dynamic code
 * @param terminal the institution's terminal; not shown to the holder
 */
public record CardUse(
        UUID id,
        UUID card,
        OffsetDateTime at,
        String source,
        CardScene scene,
        String channel,
        @JsonIgnore String terminal) {}
