package cn.kangka.api.schedule;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is otherwise on a day; fields as in {@link Request}. */
public record ExceptionView(
        UUID id,
        String hospital,
        LocalDate day,
        String kind,
        @Schema(nullable = true) String half,
        @Schema(nullable = true) String department,
        @Schema(nullable = true) String doctor,
        @Schema(nullable = true) Integer weekday,
        @Schema(nullable = true) UUID template,
        @Schema(nullable = true) String reason) {

    /**
     * An exception to save.
     *
     * @param hospital a hospital's own client may leave it out
     * @param kind CLOSED, SWAP, EXTRA or OTHER_DOCTOR
     * @param half of CLOSED: AM or PM; null for both
     * @param department of CLOSED: the hospital's own code; null for all
     * @param doctor of CLOSED: whose; null for all. Of OTHER_DOCTOR: who does it, in the template's department
     * @param weekday of SWAP: as which the day is worked, 1 Monday to 7 Sunday
     * @param template of EXTRA and OTHER_DOCTOR
     * @param reason for staff
     */
    public record Request(
            @Size(max = 40) String hospital,
            @NotNull LocalDate day,

            @NotNull @Pattern(regexp = "CLOSED|SWAP|EXTRA|OTHER_DOCTOR")
            String kind,

            @Pattern(regexp = "AM|PM") String half,
            @Size(max = 80) String department,
            @Size(max = 80) String doctor,
            @Min(1) @Max(7) Integer weekday,
            UUID template,
            @Size(max = 200) String reason) {}
}
