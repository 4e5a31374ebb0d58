package cn.kangka.api.appointment;

import cn.kangka.api.appointment.ReconciliationPolicy.Kind;
import cn.kangka.api.appointment.ReconciliationPolicy.Theirs;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What came of comparing a hospital's list with ours.
 *
 * @param listedAt when the hospital wrote the list; null in old reports
 * @param said how many bookings the hospital listed
 * @param agreed how many both have alike
 * @param unsettled how many were not compared: changed since, or not answered by the hospital yet
 * @param differing how many they don't
 * @param differences the first 200 of them; null in lists
 */
@Schema(description = "A reconciliation of bookings with a hospital")
public record ReconciliationView(
        UUID id,
        String hospital,
        LocalDate day,
        @Schema(nullable = true) OffsetDateTime listedAt,
        OffsetDateTime at,
        int said,
        int agreed,
        int unsettled,
        int differing,
        @Schema(nullable = true) List<Difference> differences) {

    /**
     * @param ours status here before anything was done; null when unknown here
     * @param theirs status there; null when not listed
     */
    public record Difference(
            UUID appointment,

            @Schema(
                    description =
                            "MISSING_THERE: ordered again; STILL_THERE: told again to drop it; ARRIVED_THERE: checked"
                                    + " in; UNKNOWN_HERE, OTHERWISE: for people to look at")
            Kind kind,

            @Schema(nullable = true) AppointmentStatus ours,
            @Schema(nullable = true) Theirs theirs) {}
}
