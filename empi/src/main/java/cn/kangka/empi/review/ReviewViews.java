package cn.kangka.empi.review;

import cn.kangka.empi.identity.Document;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What registrars see. None of them prints its content: it identifies people. */
public final class ReviewViews {
    private ReviewViews() {}

    /** A task in the queue. */
    public record Item(
            UUID id,

            @Schema(enumeration = {"OPEN", "LATER", "SAME", "DIFFERENT", "SETTLED"})
            String state,

            @Schema(description = "That the two are one human, 0–1, when it was last scored")
            double probability,

            @Schema(nullable = true, description = "What forbade the join")
            String veto,

            OffsetDateTime createdAt,
            @Schema(nullable = true) OffsetDateTime decidedAt,
            @Schema(nullable = true) String decidedBy,
            Glance one,
            Glance other) {
        @Override
        public String toString() {
            return "Item " + id;
        }
    }

    /** One side of a task in the queue, masked. */
    public record Glance(
            String source, @Schema(nullable = true) String name) {
        @Override
        public String toString() {
            return "Glance";
        }
    }

    /** A task with both records and the reasons. */
    public record Pair(
            UUID id,

            @Schema(enumeration = {"OPEN", "LATER", "SAME", "DIFFERENT", "SETTLED"})
            String state,

            OffsetDateTime createdAt,
            @Schema(nullable = true) OffsetDateTime decidedAt,
            @Schema(nullable = true) String decidedBy,
            @Schema(nullable = true) String reason,
            @Schema(nullable = true) Integer seconds,

            @Schema(description = "Whether both belong to one person now; then DIFFERENT parts them")
            boolean onePerson,

            Side one,
            Side other,
            Evidence evidence) {
        @Override
        public String toString() {
            return "Pair " + id;
        }
    }

    /** One hospital's record. */
    public record Side(
            UUID identity,
            UUID person,
            String source,
            String localId,

            @Schema(description = "When the hospital last told")
            Instant toldAt,

            boolean provisional,
            @Schema(nullable = true) String name,

            @Schema(enumeration = {"MALE", "FEMALE", "OTHER", "UNKNOWN"})
            String sex,

            @Schema(nullable = true, description = "YYYY, YYYY-MM or YYYY-MM-DD")
            String birthDate,

            List<Document> documents,
            List<String> phones,
            @Schema(nullable = true) String address,

            @Schema(description = "How many other hospital records belong to the same person")
            int others) {
        @Override
        public String toString() {
            return "Side";
        }
    }

    /** Why the pair scores as it does now: prior, household and the bits of all fields add up to the score. */
    public record Evidence(
            @Schema(description = "Version of model and parameters")
            String model,

            @Schema(description = "0–1") double probability,
            @Schema(description = "In bits") double score,

            @Schema(description = "Bits that every pair begins with")
            double prior,

            @Schema(description = "Bits taken off because a household shares such values")
            double household,

            @Schema(nullable = true, description = "What forbids to join them without a human")
            String veto,

            List<Field> fields) {}

    /** What one field says. */
    public record Field(
            String name,
            @Schema(nullable = true) String one,
            @Schema(nullable = true) String other,
            Agreement agreement,

            @Schema(description = "The model's name of the level; empty when a value is missing")
            String level,

            @Schema(description = "Bits for (above 0) or against (below 0), rarity of the value included")
            double bits) {
        @Override
        public String toString() {
            return "Field " + name;
        }
    }

    /** How well two values agree. */
    public enum Agreement {
        SAME,
        CLOSE,
        DIFFERENT,
        MISSING
    }

    /** How the queue does. */
    public record Statistics(
            long open,
            long later,

            @Schema(nullable = true, description = "Of the oldest open task")
            OffsetDateTime oldest,

            @Schema(description = "Decided in the last 30 days")
            long decided,

            @Schema(nullable = true, description = "Seconds per decision, last 30 days")
            Double medianSeconds,

            @Schema(nullable = true) Double p90Seconds) {}

    /** What a decision led to. */
    public record Outcome(
            @Schema(enumeration = {"OPEN", "LATER", "SAME", "DIFFERENT"})
            String state,

            @Schema(nullable = true, description = "What it did to persons, for an undo")
            UUID event) {}
}
