package cn.kangka.api.appointment;

import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where and when a remote visit is joined. */
@Schema(description = "Where and when a remote visit is joined")
public record JoinView(
        @Schema(description = "For one use soon: its token is good for minutes; ask again for a new one")
        String url,

        OffsetDateTime opensAt,
        OffsetDateTime closesAt) {
    /** Its url is a key. */
    @Override
    public String toString() {
        return "a link";
    }
}
