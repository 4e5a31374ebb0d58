package cn.kangka.api.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A report as lists show it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A report, as lists show it")
public record ReportItem(
        UUID id,
        HospitalRef hospital,
        String title,

        @Schema(description = "Department, HL7 table 0074: LAB, RAD, SP …; absent when the hospital gave none")
        String category,

        @Schema(
                description = "FINAL, CORRECTED, CANCELLED; SUPERSEDED when a newer version is known, which may not be"
                        + " shown yet")
        String status,

        OffsetDateTime issuedAt,

        @Schema(description = "How many values are outside their range")
        int abnormal,

        @Schema(description = "Whether the patient opened it before")
        boolean read,

        @Schema(description = "1 for the first version, higher for corrections")
        int version) {

    /** Where it comes from. */
    @Schema(description = "A hospital")
    public record HospitalRef(@Schema(examples = "H001") String id, String name) {}
}
