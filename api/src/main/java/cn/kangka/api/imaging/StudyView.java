package cn.kangka.api.imaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A study with its series and images. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "An imaging study with its series and images")
public record StudyView(
        UUID id,
        StudyItem.HospitalRef hospital,
        String modality,
        String description,
        LocalDate date,
        List<Series> series) {

    /** Images that belong together. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "Images that belong together")
    public record Series(String uid, String modality, String description, Integer number, List<Image> instances) {}

    /** One image. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "One image; GET …/instances/{uid}/rendered shows it")
    public record Image(String uid, Integer number) {}
}
