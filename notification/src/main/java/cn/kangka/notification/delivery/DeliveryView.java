package cn.kangka.notification.delivery;

import cn.kangka.notification.channel.NoticeClass;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One delivery as operators see it: no text, no address. */
@Schema(name = "Delivery")
public record DeliveryView(
        UUID id,
        UUID notice,
        String template,
        @JsonProperty("class") NoticeClass noticeClass,

        @Schema(description = "INBOX, PUSH (the intent), FCM, SMS …")
        String channel,

        DeliveryState state,
        int attempts,

        @Schema(description = "why it is in this state; a code", nullable = true)
        String reason,

        OffsetDateTime createdAt,

        @Schema(description = "when it reached a final state", nullable = true)
        OffsetDateTime settledAt) {}
