package cn.kangka.api.appointment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A stop of clinic and how far its people know.
 *
 * @param sessions that were stopped
 * @param bookings that were released
 * @param informed of their people, who read it or were told by an agent
 * @param informedAt when the last of them knew; null until all do
 * @param alternatives how many were offered another unit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StopView(
        UUID id,
        String hospital,
        String hospitalName,
        String departmentName,
        String doctorName,
        LocalDate from,
        LocalDate to,
        String half,
        String reason,
        OffsetDateTime at,
        int sessions,
        int bookings,
        int informed,
        OffsetDateTime informedAt,
        int alternatives) {

    /**
     * What a stop would touch.
     *
     * @param waiting how many people wait for the sessions, or take part in their draws
     */
    public record Preview(int sessions, int bookings, int waiting) {}

    /** Who is to be told. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Affected(
            int place,
            UUID appointment,
            UUID person,
            String departmentName,
            String doctorName,
            OffsetDateTime start,
            boolean told,
            OffsetDateTime informedAt,
            String informedBy,
            OffsetDateTime alternative,
            OffsetDateTime keptUntil) {}

    /** Whom to ring, and where. */
    public record Contact(String name, String phone) {
        /** Says nothing of them. */
        @Override
        public String toString() {
            return "a contact";
        }
    }
}
