package cn.kangka.api.record;

import cn.kangka.api.education.ArticleLink;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A whole report, as its patient reads it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A report with its values, their trends, and the articles that explain them")
public record ReportView(
        UUID id,
        ReportItem.HospitalRef hospital,
        String title,
        String category,

        @Schema(description = "FINAL, CORRECTED, CANCELLED, SUPERSEDED")
        String status,

        OffsetDateTime issuedAt,

        @Schema(description = "When the specimen was taken or the examination made")
        OffsetDateTime effectiveAt,

        int abnormal,
        int version,
        String conclusion,
        List<ObservationView> observations,

        @Schema(description = "The article for the first abnormal value that has one, else for the first value")
        ArticleLink article,

        @Schema(description = "Earlier versions that the patient could read, newest first")
        List<Version> earlier,

        @Schema(description = "The newest version that may be read, when this one is an earlier one")
        UUID supersededBy) {

    /** An earlier version. */
    @Schema(description = "An earlier version of a report; GET /v1/me/reports/{id} reads it")
    public record Version(UUID id, int version, OffsetDateTime issuedAt) {}

    /** One value of a report. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "One value of a report")
    public record ObservationView(
            @Schema(description = "LOINC code, else the hospital's own")
            String code,

            String name,

            @Schema(description = "<, <=, > or >= before the value")
            String comparator,

            @Schema(
                    description = "A number with a unit, or a text",
                    oneOf = {BigDecimal.class, String.class})
            Object value,

            String unit,

            @Schema(description = "N, L, H, LL, HH, A (abnormal); absent when not judged")
            String flag,

            ReferenceRange referenceRange,
            OffsetDateTime at,

            @Schema(
                    description = "This value and earlier ones of the same LOINC code and unit, of every hospital,"
                            + " oldest first; empty when there is no earlier one")
            List<TrendPoint> trend,

            ArticleLink article) {}

    /** What the laboratory calls normal. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "Reference range; an absent limit is open")
    public record ReferenceRange(BigDecimal low, BigDecimal high, String text) {}

    /** One point of a trend. */
    @Schema(description = "One point of a trend")
    public record TrendPoint(
            OffsetDateTime at,
            BigDecimal value,
            @Schema(description = "Name of the hospital") String hospital) {}
}
