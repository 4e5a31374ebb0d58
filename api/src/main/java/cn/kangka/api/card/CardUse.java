package cn.kangka.api.card;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One use of a card. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(description = "Where a card was used")
record CardUse(
        UUID id,
        UUID card,
        @Schema(description = "RFC 3339") String at,
        @Schema(description = "The hospital's id") String source,

        @Schema(description = "REGISTRATION, LAB, PHARMACY, PAYMENT or WARD")
        String scene,

        String channel) {}
