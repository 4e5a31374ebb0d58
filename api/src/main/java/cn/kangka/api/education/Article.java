package cn.kangka.api.education;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An article in one language, ready to be shown.
 *
 * @param id the slug, the same in every language
 * @param tag changes whenever the content does; its entity tag
 */
@Schema(description = "An education article in the caller's language")
public record Article(
        @Schema(examples = "hypertension") String id,
        String title,
        String summary,
        List<String> topics,

        @Schema(description = "Safe HTML: headings, paragraphs, lists, emphasis; no scripts, no raw HTML")
        String html,

        @Schema(description = "Guidelines and standards it follows")
        List<String> sources,

        @Schema(description = "When a professional last checked it")
        LocalDate reviewedOn,

        @JsonIgnore String tag) {}
