package cn.kangka.api.queue;

import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The code to show on the wall. */
public record PlaceCodeView(
        @Schema(description = "six digits", examples = "048213")
        String code,

        @Schema(description = "for a QR code, after the address of the citizens' app", examples = "/check-in/048213")
        String path,

        @Schema(
                description = "what the QR code says: that path at the citizens' app (kangka.queue.app-url)",
                examples = "https://app.example/check-in/048213")
        String url,

        @Schema(description = "when to show the next one; this one is good for as long again")
        OffsetDateTime shownUntil) {
    /** It proves presence: never shown in a log. */
    @Override
    public String toString() {
        return "a place code until " + shownUntil;
    }
}
