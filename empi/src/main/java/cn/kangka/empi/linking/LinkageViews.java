package cn.kangka.empi.linking;

import cn.kangka.empi.linking.Difference.Verdict;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What those who choose linkage models see. */
public final class LinkageViews {
    private LinkageViews() {}

    /** A model in use. */
    public record Model(
            @Schema(description = "SHA-256 of model and parameters, first 16 hexadecimal digits")
            String version,

            String name) {}

    /** The model that decides, and what the one that watches would do otherwise. */
    public record Models(
            Model live,
            @Schema(nullable = true) Model shadow,

            @Schema(description = "Identities that the shadow has still to score")
            long waiting,

            @Schema(
                    description =
                            "Pairs by what the shadow would do: JOIN, PART, REVIEW (ask anew), CLEAR (no longer ask)")
            Map<Verdict, Long> differences) {}

    /** A pair about which the shadow would do otherwise, masked. */
    public record Pair(
            Side one,
            Side other,
            Verdict verdict,

            @Schema(description = "That they are one human, by the shadow, 0–1")
            double probability,

            OffsetDateTime foundAt) {}

    /** One identity of it. */
    public record Side(
            UUID identity,
            String source,
            @Schema(nullable = true) String name) {
        @Override
        public String toString() {
            return "Side " + identity;
        }
    }
}
