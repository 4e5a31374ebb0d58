package cn.kangka.api.referral;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A referral, as the institutions and the person see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A referral")
public record ReferralView(
        UUID id,
        ReferralStatus status,
        ReferralRequest.Direction direction,
        ReferralRequest.Urgency urgency,
        UUID person,

        @Schema(
                description =
                        "Who that is; absent in lists, and for the receiving institution once it ended without a visit")
        Subject subject,

        Institution from,
        Institution to,
        String departmentName,
        String doctorName,

        @Schema(description = "Why; not shown to the receiving institution once it was declined, cancelled or expired")
        Reason reason,

        LocalDate preferredFrom,
        LocalDate preferredTo,
        Visit visit,

        @Schema(description = "To share the documents: NONE (there are none), ASKED, GIVEN, PAPER, REFUSED")
        Consent consent,

        @Schema(description = "How many documents go with it")
        int documents,

        @Schema(
                description =
                        "The documents; for the receiving institution only while the consent stands. Absent in lists")
        List<Document> shared,

        @Schema(
                description =
                        "Why it was declined or cancelled; absent in lists, and for the receiving institution once it ended"
                                + " without a visit")
        String answer,

        @Schema(description = "What the receiving institution reports back; absent in lists of institutions")
        String reply,

        OffsetDateTime madeAt,
        OffsetDateTime changedAt,

        @Schema(description = "When it ends without a booking")
        OffsetDateTime expiresAt,

        @Schema(description = "Every state so far; absent in lists")
        List<Step> steps) {

    /** A hospital or centre. */
    @Schema(name = "ReferralInstitution")
    public record Institution(@Schema(examples = "H001") String id, String name) {}

    /** The person, as the index knows them. */
    @Schema(name = "ReferralSubject")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Subject(
            String name,
            @Schema(description = "MALE, FEMALE or UNKNOWN") String sex,
            LocalDate birthDate) {
        /** Names somebody: never shown. */
        @Override
        public String toString() {
            return "a subject";
        }
    }

    /** A diagnosis or question. */
    @Schema(name = "ReferralReason")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reason(@Schema(description = "ICD-10") String code, String text) {
        /** Tells of somebody's health: never shown. */
        @Override
        public String toString() {
            return "a reason";
        }
    }

    /** The booking it led to. */
    @Schema(name = "ReferralVisit")
    public record Visit(UUID appointment, OffsetDateTime start, OffsetDateTime end, String status) {}

    /** A report that goes with it; {@code GET /v1/referrals/{id}/documents/{report}} reads it. */
    @Schema(name = "ReferralDocument")
    public record Document(UUID report, String title, OffsetDateTime issuedAt) {}

    /** A state, and who made it so: SENDER, RECEIVER, CITIZEN, SERVICE. */
    @Schema(name = "ReferralStep")
    public record Step(ReferralStatus status, OffsetDateTime at, String by) {}

    ReferralView whole(List<Document> documentsShown, List<Step> history) {
        return copy(subject, reason, answer, reply, documentsShown, history);
    }

    ReferralView about(Subject who) {
        return copy(who, reason, answer, reply, shared, steps);
    }

    /**
     * Without a word of somebody's health: in a list, which is in nobody's access log, and for the receiving institution after
     * an end without a visit.
     */
    ReferralView discreet() {
        return copy(null, null, null, null, shared, steps);
    }

    private ReferralView copy(
            Subject who, Reason why, String said, String found, List<Document> documentsShown, List<Step> history) {
        return new ReferralView(
                id,
                status,
                direction,
                urgency,
                person,
                who,
                from,
                to,
                departmentName,
                doctorName,
                why,
                preferredFrom,
                preferredTo,
                visit,
                consent,
                documents,
                documentsShown,
                said,
                found,
                madeAt,
                changedAt,
                expiresAt,
                history);
    }

    @Override
    public String toString() {
        return "referral " + id;
    }
}
