package cn.kangka.api.appointment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Somebody's place on a waiting list.
 *
 * @param position 1 is the next one; null unless WAITING
 * @param clearsAt when the list is cleared
 * @param offer what can be booked now; null unless OFFERED
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WaitingView(
        UUID id,
        WaitingStatus status,
        @Schema(examples = "H001") String hospital,
        String hospitalName,
        UUID department,
        String departmentName,
        UUID doctor,
        String doctorName,
        String doctorTitle,
        LocalDate date,
        @Schema(examples = "AM") String half,
        Integer position,
        UUID person,
        OffsetDateTime enteredAt,
        OffsetDateTime clearsAt,

        @Schema(description = "how long an offer lasts at short notice, in minutes; else until the time of clearsAt")
        long offerMinutes,

        @Schema(description = "how long before the visit short notice begins, in hours")
        long shortNoticeHours,

        Offer offer) {

    /**
     * A unit that is kept for the person: book it with {@code POST /v1/appointments}.
     *
     * @param expiresAt until when; then it goes to the next in line
     */
    public record Offer(UUID slotId, UUID holdId, OffsetDateTime start, OffsetDateTime end, OffsetDateTime expiresAt) {}
}
