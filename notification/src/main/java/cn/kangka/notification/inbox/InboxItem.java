package cn.kangka.notification.inbox;

import cn.kangka.notification.channel.NoticeClass;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One entry of a citizen's inbox. */
@Schema(description = "What a citizen was told. Plain text, never markup")
public record InboxItem(
        UUID id,
        String title,
        String body,

        @Schema(description = "route in the app", nullable = true, examples = "/appointments/0199…")
        String link,

        OffsetDateTime at,

        @Schema(description = "absent while it is unread", nullable = true)
        OffsetDateTime readAt,

        @JsonProperty("class") NoticeClass noticeClass) {
    /** Without the texts. */
    @Override
    public String toString() {
        return "InboxItem[" + id + "]";
    }
}
