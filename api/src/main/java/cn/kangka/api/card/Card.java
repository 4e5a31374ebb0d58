package cn.kangka.api.card;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A health card, or a hospital's own card (就诊卡). */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(description = "A card")
record Card(
        UUID id,

        @Schema(description = "REGIONAL (gives codes) or HOSPITAL")
        String kind,

        @Schema(description = "APPLIED, ACTIVE, FROZEN, LOST, REPLACED or CANCELLED")
        String status,

        @Schema(description = "The hospital that gave it; absent for the regional card")
        String source,

        @Schema(description = "Masked") String number,

        @Schema(description = "When it got this status (RFC 3339)")
        String since,

        @Schema(
                description =
                        "Lost or frozen: the hospitals that have not confirmed it yet; usually none after seconds")
        List<String> untold) {}
