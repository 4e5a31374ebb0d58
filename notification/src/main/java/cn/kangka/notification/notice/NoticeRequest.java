package cn.kangka.notification.notice;

import cn.kangka.notification.channel.NoticeClass;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a producer asks for. */
@Schema(name = "Notice")
public record NoticeRequest(
        @Schema(
                description = "the producer's own id of this notice, 1 to 200 visible ASCII characters",
                required = true)
        String key,

        @Schema(description = "how much it matters", required = true) @JsonProperty("class")
        NoticeClass noticeClass,

        @Schema(description = "name of a template", required = true, examples = "booking-made")
        String template,

        @Schema(description = "an account, or a phone for login codes", required = true)
        To to,

        @Schema(description = "values for the template; RFC 3339 times are shown in the region's time")
        Map<String, String> params,

        @Schema(description = "route in the app, such as /appointments/<id>", nullable = true)
        String link,

        @Schema(description = "not earlier than this; a minute ago at most", nullable = true)
        OffsetDateTime notBefore,

        @Schema(description = "of no use after this", nullable = true)
        OffsetDateTime expiresAt) {

    /** The recipient: either {@code account} or {@code phone}. */
    @Schema(name = "NoticeRecipient")
    public record To(
            UUID account,

            @Schema(description = "whom it is about, when not the account's own person")
            UUID subjectPerson,

            String phone) {
        /** Without the phone. */
        @Override
        public String toString() {
            return "To[" + account + "]";
        }
    }

    /** Without content and recipient. */
    @Override
    public String toString() {
        return "NoticeRequest[" + template + "]";
    }
}
