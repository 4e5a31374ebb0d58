package cn.kangka.api.education;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The article that explains a result: {@code GET /v1/education/articles/{id}}. */
@Schema(description = "The article that explains it")
public record ArticleLink(@Schema(examples = "blood-count") String id, String title) {}
