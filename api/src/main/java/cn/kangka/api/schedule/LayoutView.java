package cn.kangka.api.schedule;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What laying out does, or would do.
 *
 * @param sessions that templates and exceptions mean in the period
 * @param created of them, those that are not there yet
 * @param closed sessions that are no longer meant and that nobody has booked
 * @param conflicts what stays as it is; BOOKED ones wait for {@code POST /v1/stops}
 */
public record LayoutView(
        String hospital,
        LocalDate from,
        LocalDate to,
        int sessions,
        int created,
        int closed,
        List<Conflict> conflicts,
        @Schema(description = "the first sessions, by day") List<Session> plan) {

    /** Something that is not as the templates say, and stays so. */
    public record Conflict(
            @Schema(description = "BOOKED: people have booked; PUBLISHED: the hospital published one itself")
            String reason,

            LocalDate day,
            String half,

            @Schema(description = "code of who works where", examples = "D1/03.04")
            String role,

            int bookings) {}

    /** A doctor's half-day. */
    public record Session(LocalDate day, String half, String department, String role, int units) {}
}
