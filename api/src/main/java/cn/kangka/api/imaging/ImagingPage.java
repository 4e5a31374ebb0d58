package cn.kangka.api.imaging;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of studies.
 *
 * @param next null at the end
 * @param incomplete hospitals that did not answer
 */
@Schema(description = "A page of studies; pass next as ?cursor= to get the following one")
public record ImagingPage(
        List<StudyItem> items,
        @Schema(nullable = true) String next,

        @Schema(description = "Ids of hospitals whose archive did not answer: their part may be old or missing")
        List<String> incomplete) {}
