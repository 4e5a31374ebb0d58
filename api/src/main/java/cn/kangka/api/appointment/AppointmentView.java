package cn.kangka.api.appointment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A booking.
 *
 * @param status where it stands for the person
 * @param hospitalStatus what the hospital said; PENDING until then
 * @param fee in yuan, paid at the hospital
 * @param channel through which it was booked
 * @param kind what it is for
 * @param person whose booking
 * @param reason why the hospital refused, in its words
 * @param hospitalStart the time that the hospital says, where it differs and cannot be ours; absent for most
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AppointmentView(
        UUID id,
        UUID slotId,
        AppointmentStatus status,
        HospitalStatus hospitalStatus,
        @Schema(examples = "H001") String hospital,
        String hospitalName,
        UUID department,
        String departmentName,
        UUID doctor,
        String doctorName,
        String doctorTitle,
        OffsetDateTime start,
        OffsetDateTime end,
        @Schema(description = "yuan, paid at the hospital") BigDecimal fee,
        @Schema(examples = "app") String channel,

        @Schema(description = "NORMAL, or made by a doctor: FOLLOW_UP (复诊), REFERRAL (转诊)")
        VisitKind kind,

        @Schema(description = "IN_PERSON, or REMOTE: GET …/join gives the link")
        Modality modality,

        UUID person,
        OffsetDateTime bookedAt,
        OffsetDateTime cancelledAt,
        String reason,

        @Schema(description = "the hospital's own time where it differs: somebody has to settle it")
        OffsetDateTime hospitalStart,

        @Schema(description = "until when it is cancelled or moved without a mark; while BOOKED")
        OffsetDateTime cancelUntil,

        @Schema(
                description =
                        "from when one can check in at the hospital; while BOOKED, not in the answer that makes it")
        OffsetDateTime checkInFrom,

        @Schema(description = "whether who comes after the band is let in behind everybody; while BOOKED")
        Boolean lateCheckIn) {

    /** A booking that was just made. */
    static AppointmentView booked(
            UUID id, UUID person, BookedSlot slot, Actor actor, VisitKind kind, OffsetDateTime at) {
        return new AppointmentView(
                id,
                slot.id(),
                AppointmentStatus.BOOKED,
                HospitalStatus.PENDING,
                slot.hospital(),
                slot.hospitalName(),
                slot.department().id(),
                slot.department().name(),
                slot.practitioner().id(),
                slot.practitioner().name(),
                slot.title(),
                slot.start(),
                slot.end(),
                slot.fee(),
                actor.channel().label(),
                kind,
                slot.modality(),
                person,
                at,
                null,
                null,
                null,
                slot.forgivenUntil(),
                null,
                null);
    }
}
