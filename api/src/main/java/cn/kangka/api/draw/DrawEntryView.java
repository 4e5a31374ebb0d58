package cn.kangka.api.draw;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Somebody's entry in a draw.
 *
 * @param draw its id, for {@code GET /v1/draws/{id}}
 * @param slotId the band that is wanted first, {@code start} and {@code end} are its times
 * @param waiting whether who loses waits for the session
 * @param rank from the draw on
 * @param reason the rule for which the person was passed over
 * @param appointment what was won
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DrawEntryView(
        UUID id,
        UUID draw,
        DrawEntryStatus status,
        @Schema(examples = "H001") String hospital,
        String hospitalName,
        UUID department,
        String departmentName,
        UUID doctor,
        String doctorName,
        String doctorTitle,
        LocalDate date,
        @Schema(examples = "AM") String half,
        UUID slotId,
        OffsetDateTime start,
        OffsetDateTime end,
        boolean waiting,
        Integer rank,
        String reason,
        UUID appointment,
        UUID person,
        OffsetDateTime enteredAt,
        OffsetDateTime closesAt,
        OffsetDateTime drawsAt,

        @Schema(description = "whether the window is open: the entry can be taken back")
        boolean open) {}
