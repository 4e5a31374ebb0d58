package cn.kangka.api.record;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The report that a home screen shows. */
@Schema(description = "The newest report")
public record NewestReport(
        UUID id,
        String title,
        String hospital,
        OffsetDateTime issuedAt,

        @Schema(description = "How many values are outside their range")
        int abnormal) {}
