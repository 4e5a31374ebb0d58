package cn.kangka.api.card;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the QR shows. */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(description = "A code of the regional card: opaque, for one use")
record CardCode(
        @Schema(description = "Content of the QR; holds no personal data")
        String code,

        @Schema(description = "Good until then (RFC 3339), 60 s by default")
        String expiresAt) {
    @Override
    public String toString() {
        return "a code";
    }
}
