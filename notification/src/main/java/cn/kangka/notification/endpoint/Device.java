package cn.kangka.notification.endpoint;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A device as its owner sees it; never its token. */
@Schema(description = "A device that gets pushes")
public record Device(
        UUID id,
        @Schema(description = "provider", examples = "fcm") String kind,
        OffsetDateTime registeredAt,

        @Schema(description = "when the app last said that it is there")
        OffsetDateTime seenAt,

        @Schema(description = "false when the provider said that the app is gone")
        boolean active) {}
