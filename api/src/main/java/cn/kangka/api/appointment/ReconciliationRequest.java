package cn.kangka.api.appointment;

import cn.kangka.api.appointment.ReconciliationPolicy.Theirs;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * All bookings of the region that a hospital has for a visit day.
 *
 * @param hospital whose list it is; may be left out by a client that speaks for one
 * @param day Asia/Shanghai
 * @param listedAt when the hospital wrote the list: what changed here since then is not compared
 */
@Schema(description = "A hospital's list of a visit day's bookings")
public record ReconciliationRequest(
        @Schema(nullable = true, examples = "H001") String hospital,
        @NotNull LocalDate day,
        @NotNull OffsetDateTime listedAt,
        @NotNull @Size(max = MOST) List<@NotNull @Valid Item> bookings) {
    /** More than any hospital has on one day. */
    static final int MOST = 20_000;

    /** @param appointment our id, as the order (SCH-1, FHIR Appointment.identifier) told it */
    public record Item(
            @NotNull UUID appointment,

            @Schema(description = "BOOKED, CANCELLED, ARRIVED (also seen), MISSED") @NotNull
            Theirs status) {}
}
