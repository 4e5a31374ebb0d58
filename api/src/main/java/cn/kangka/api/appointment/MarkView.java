package cn.kangka.api.appointment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A mark that counts, or counted, against a person; doctor-made follow-ups and referrals have none.
 *
 * @param appointment whose mark it is
 * @param at when it was made
 * @param erased when it stopped counting: by an appeal, or because somebody who waited took the unit
 * @param appealDays in how many working days an appeal is answered
 * @param appeal against it; null without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MarkView(
        UUID appointment,
        Kind kind,
        OffsetDateTime at,
        String hospital,
        String hospitalName,
        String departmentName,
        String doctorName,
        OffsetDateTime start,
        OffsetDateTime erased,

        @Schema(description = "in how many working days an appeal is answered")
        int appealDays,

        Appeal appeal) {

    /** The same, with what the person said of it left out. */
    MarkView withoutWords() {
        return appeal == null
                ? this
                : new MarkView(
                        appointment,
                        kind,
                        at,
                        hospital,
                        hospitalName,
                        departmentName,
                        doctorName,
                        start,
                        erased,
                        appealDays,
                        appeal.withoutWords());
    }

    /** What a mark is for. */
    public enum Kind {
        NO_SHOW,
        LATE_CANCEL
    }

    /** Where an appeal stands. */
    public enum Status {
        OPEN,
        GRANTED,
        DENIED
    }

    /**
     * An appeal against a mark.
     *
     * @param words what the person said; null for an appeal without words, and for agents
     * @param dueAt until when it is to be answered
     * @param answer what the person is told; null while it is open
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Appeal(
            UUID id,
            Status status,
            String words,
            OffsetDateTime askedAt,
            OffsetDateTime dueAt,
            OffsetDateTime decidedAt,
            String answer) {
        Appeal withoutWords() {
            return new Appeal(id, status, null, askedAt, dueAt, decidedAt, answer);
        }

        /** May tell of an illness: never shown. */
        @Override
        public String toString() {
            return "appeal " + id;
        }
    }

    /** An appeal with its mark, for staff. */
    public record Case(UUID id, UUID person, MarkView mark) {}
}
