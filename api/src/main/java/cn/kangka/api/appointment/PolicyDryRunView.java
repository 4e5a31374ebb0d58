package cn.kangka.api.appointment;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What changed rules would have done to what was booked in a period, beside what the rules as they are would have done.
 *
 * @param bookings that were made in the period and that limits count
 * @param people who made them
 */
public record PolicyDryRunView(
        LocalDate from,
        LocalDate to,
        @Schema(nullable = true) String hospital,
        int bookings,
        int people,
        @Schema(description = "the rules as they are") Effect now,
        @Schema(description = "the rules as they are tried") Effect tried) {

    /**
     * The question.
     *
     * @param settings by rule, as in the policies of a hospital
     * @param hospital where they would hold; null for the region, where hospitals' own values stay
     * @param from first day on which bookings were made, {@code to} the last one
     */
    public record Request(
            @NotNull @Size(min = 1, max = 50) @Schema(examples = "{\"appointment.max-per-7-days\": 2}")
            Map<String, Integer> settings,

            @Schema(nullable = true, examples = "H001") String hospital,
            @NotNull LocalDate from,
            @NotNull LocalDate to) {}

    /**
     * What rules do.
     *
     * @param stopped bookings that they would have stopped
     * @param people to whom that would have happened
     * @param rules the same by the rule that is named
     * @param ages the people by age
     * @param pauses that would have begun in the period
     */
    public record Effect(int stopped, int people, List<ByRule> rules, List<ByAge> ages, int pauses) {}

    /** Bookings stopped by one rule, and of how many people. */
    public record ByRule(
            @Schema(examples = "appointment.max-per-7-days") String rule, int bookings, int people) {}

    /** People of an age at the end of the period; band {@code unknown} where the birth date is. */
    public record ByAge(@Schema(examples = "18-44") String band, int people) {}
}
