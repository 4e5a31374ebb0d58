package cn.kangka.notification.template;

import java.time.OffsetDateTime;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A template as editors see it. */
@Schema(name = "Template")
public record TemplateView(
        @Schema(description = "name by which notices ask for it", examples = "booking-made")
        String id,

        @Schema(description = "grows with every change; also the ETag")
        int version,

        @Schema(description = "by language: zh-CN and en") Map<String, Texts> texts,

        @Schema(description = "who saved it; 'shipped' for what came with the release")
        String author,

        OffsetDateTime updatedAt) {}
