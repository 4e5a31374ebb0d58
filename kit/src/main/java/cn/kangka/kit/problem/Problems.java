package cn.kangka.kit.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * Every refusal a client can get, as RFC 9457 problem details.
 *
 * <p>{@code name} is the last part of the type URI ({@code /problems/<name>}), has a page in docs/problems and two texts
 * in a message bundle: {@code <name>.title} and {@code <name>.detail}. The texts are chosen when the answer is written
 * ({@link ProblemTexts}), so that an exception never depends on a locale.
 */
public final class Problems {
    static final String ARGUMENTS = "__arguments";
    static final String VIOLATIONS = "violations";

    private Problems() {}

    /** A problem with the given status; {@code arguments} fill {0}, {1} … of its detail text. */
    public static HttpProblem of(int status, String name, Object... arguments) {
        return built(status, builder(status, name, arguments));
    }

    /** 404, the same for what does not exist and for what the caller must not know of. */
    public static HttpProblem notFound() {
        return of(404, "not-found");
    }

    /** 403: known caller, but without the level, scope or relation that it takes. */
    public static HttpProblem forbidden() {
        return of(403, "forbidden");
    }

    /**
     * 409: a rule of the region stopped it.
     *
     * @param rule stable id of the rule, such as {@code appointment.max-per-visit-day}
     * @param liftsAt when the rule no longer stops it; null when that is unknown
     */
    public static HttpProblem refused(String name, String rule, OffsetDateTime liftsAt, Object... arguments) {
        HttpProblem.Builder builder = builder(409, name, arguments).with("rule", rule);
        if (liftsAt != null) {
            builder.with("liftsAt", time(liftsAt));
        }
        return new Refusal(builder);
    }

    /** 422 that names one field and, by message key, the rule it breaks. */
    public static HttpProblem invalid(String field, String messageKey, Object... arguments) {
        return invalid(List.of(new Violation(field, messageKey, arguments)));
    }

    /** 422 that names every field at fault. */
    public static HttpProblem invalid(List<Violation> violations) {
        return new Refusal(builder(422, "invalid").with(VIOLATIONS, List.copyOf(violations)));
    }

    /** 429 with {@code Retry-After} in whole seconds, rounded up. */
    public static HttpProblem tooMany(String name, Duration retryAfter, Clock clock) {
        long seconds = Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
        return new Refusal(builder(429, name, seconds)
                .withHeader("Retry-After", seconds)
                .with("liftsAt", time(OffsetDateTime.now(clock).plusSeconds(seconds))));
    }

    /** RFC 3339, whose times have seconds also where they are zero. */
    private static String time(OffsetDateTime time) {
        return time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    /** What is our fault keeps its stack. */
    static HttpProblem built(int status, HttpProblem.Builder problem) {
        return status < 500 ? new Refusal(problem) : problem.build();
    }

    /** For problems with further members; the texts are found by name like those of the others. */
    public static HttpProblem.Builder builder(int status, String name, Object... arguments) {
        HttpProblem.Builder builder =
                HttpProblem.builder().withStatus(status).withType(URI.create("/problems/" + name));
        return arguments.length == 0 ? builder : builder.with(ARGUMENTS, arguments);
    }

    /** A problem from the parts of an earlier one, as JSON keeps them. */
    public static HttpProblem rebuilt(
            int status, String type, Map<String, Object> members, Map<String, Object> headers) {
        HttpProblem.Builder builder = HttpProblem.builder().withStatus(status).withType(URI.create(type));
        members.forEach((name, value) ->
                builder.with(name, name.equals(ARGUMENTS) && value instanceof List<?> list ? list.toArray() : value));
        headers.forEach(builder::withHeader);
        return built(status, builder);
    }

    /** A field at fault; the message key is looked up as {@code field.<key>}. */
    public record Violation(String field, String messageKey, Object... arguments) {
        Map<String, Object> describe(ProblemTexts.Texts texts) {
            return Map.of("field", field, "message", texts.text("field." + messageKey, messageKey, arguments));
        }
    }
}
