package cn.kangka.api.imaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A study as lists show it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "An imaging study, as lists show it")
public record StudyItem(
        UUID id,
        HospitalRef hospital,

        @Schema(description = "DICOM modality; several are joined by a slash", examples = "CT")
        String modality,

        String description,
        LocalDate date,

        @Schema(description = "How many images; absent when the archive does not count")
        Integer images) {

    /** A hospital. */
    @Schema(description = "A hospital")
    public record HospitalRef(@Schema(examples = "H001") String id, String name) {}
}
