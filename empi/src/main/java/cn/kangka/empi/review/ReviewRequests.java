package cn.kangka.empi.review;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What registrars ask and say. */
public final class ReviewRequests {
    private static final int DAY = 86_400;

    private ReviewRequests() {}

    /** Which tasks. */
    public enum Queue {
        OPEN,
        LATER,
        DECIDED
    }

    /** In which order; decided ones always come last decided first. */
    public enum Order {
        probability,
        age
    }

    /** What a human found. */
    public enum Verdict {
        SAME,
        DIFFERENT,
        LATER
    }

    /** A registrar's decision. */
    public record Decision(
            @NotNull Verdict decision,
            @Size(max = 500) String reason,

            @Schema(description = "How long the registrar looked at the pair") @Min(0) @Max(DAY)
            int seconds,

            @NotBlank @Size(max = 100) String by) {}

    /** A registrar takes a decision back. */
    public record Undo(@NotBlank @Size(max = 100) String by) {}

    /** Who reads. */
    public record Reader(@NotBlank @Size(max = 100) String by) {}
}
