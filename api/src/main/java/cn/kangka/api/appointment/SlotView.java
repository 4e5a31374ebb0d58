package cn.kangka.api.appointment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A band that can be booked, of 30 minutes where a hospital does not say otherwise.
 *
 * @param session whose band it is: a doctor may have two in one half-day, one of them remote
 * @param free units that the caller's channel can book now
 * @param held units that others are confirming and that come back to the caller's channel if they do not; null for none, and
 *     where somebody waits for the session, whose they would be
 * @param fee in yuan, paid at the hospital
 * @param draw the draw that gives, or gave, its units by lot; null for none
 */
public record SlotView(
        UUID id,
        UUID session,
        @Schema(examples = "H001") String hospital,
        String hospitalName,
        UUID department,
        String departmentName,
        UUID doctor,
        String doctorName,
        @Schema(nullable = true, examples = "主任医师") String doctorTitle,
        OffsetDateTime start,
        OffsetDateTime end,

        @Schema(
                description = "units that the caller's channel can book now; 0 while they are given by lot",
                minimum = "0")
        int free,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                nullable = true,
                minimum = "1",
                description =
                        "units that somebody is confirming at this moment: they come back to the caller's channel within"
                                + " minutes if nobody confirms; absent for none")
        Integer held,

        @Schema(description = "yuan, paid at the hospital") BigDecimal fee,

        @Schema(description = "BOOK: first come, first served; DRAW: by lot", examples = "BOOK")
        String mode,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(nullable = true, description = "the draw that gives, or gave, its units: GET /v1/draws/{id}")
        UUID draw,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(nullable = true, description = "until when a unit of it is kept for the person who asks")
        OffsetDateTime keptUntil,

        @Schema(description = "IN_PERSON, or REMOTE: by video, joined by a link")
        Modality modality,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(nullable = true, description = "metres, where the question named a place")
        Integer distance) {

    SlotView keptUntil(OffsetDateTime until) {
        return new SlotView(
                id,
                session,
                hospital,
                hospitalName,
                department,
                departmentName,
                doctor,
                doctorName,
                doctorTitle,
                start,
                end,
                Math.max(1, free),
                held,
                fee,
                mode,
                draw,
                until,
                modality,
                distance);
    }
}
