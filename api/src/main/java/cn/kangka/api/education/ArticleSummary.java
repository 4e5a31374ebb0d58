package cn.kangka.api.education;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a list shows of an article.
 *
 * @param id the slug
 */
@Schema(description = "An education article as lists show it")
public record ArticleSummary(
        @Schema(examples = "hypertension") String id, String title, String summary, List<String> topics) {}
