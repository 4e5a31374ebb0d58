package cn.kangka.api.appointment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What one rule says to the person.
 *
 * @param rule stable id
 * @param count what counts so far
 * @param limit how much is allowed
 * @param window what the count is within, in days (max-per-3-months: months); null for one day
 * @param stops whether the rule would stop a booking now
 * @param liftsAt the beginning of the first later visit day that it allows, or the end of a pause
 * @param never true where it never stops this person: pauses, for minors and who was exempted; absent for all others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitView(
        @Schema(examples = "appointment.max-per-visit-day") String rule,
        int count,
        int limit,

        @Schema(
                nullable = true,
                description = "within so many days; for appointment.max-per-3-months, months; absent for a day")
        Integer window,

        boolean stops,
        OffsetDateTime liftsAt,

        @Schema(description = "true where it never stops this person, as pauses for minors; absent otherwise")
        Boolean never) {

    static LimitView of(LimitRule.Verdict verdict) {
        return new LimitView(
                verdict.rule(),
                verdict.count(),
                verdict.limit(),
                verdict.window(),
                verdict.stops(),
                verdict.liftsAt(),
                verdict.never() ? true : null);
    }
}
