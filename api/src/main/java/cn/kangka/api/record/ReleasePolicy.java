package cn.kangka.api.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides when a result may be shown (domain rules, "Reports and records"). The first rule that applies decides:
 *
 * <ol>
 *   <li>{@code report.listed-infection-held}: HIV and other listed infections wait for a clinician;
 *   <li>{@code report.preliminary-held}: what is not final waits for the final version;
 *   <li>{@code report.sensitive-delay}: pathology, cancer markers and genetics wait for a review, at most some days;
 *   <li>{@code report.normal-at-once}: everything else.
 * </ol>
 *
 * <p>A report is recognised by LOINC codes, by its category, and by words of its title, its conclusion, its items and their texts, because
 * many hospitals send codes of their own only. When in doubt it waits.
 */
final class ReleasePolicy {
    static final String LISTED_INFECTION = "report.listed-infection-held";
    static final String PRELIMINARY = "report.preliminary-held";
    static final String SENSITIVE = "report.sensitive-delay";
    static final String NORMAL = "report.normal-at-once";

    /** What marks a report: codes, categories and words, words in lower case. */
    record Marks(Set<String> codes, Set<String> categories, List<Pattern> words) {
        static Marks of(Set<String> codes, Set<String> categories, List<String> words) {
            return new Marks(
                    codes, categories, words.stream().map(Marks::pattern).toList());
        }

        /** An ASCII word stands alone ("archive" is not about HIV); a Chinese one may stand anywhere. */
        private static Pattern pattern(String word) {
            String quoted = Pattern.quote(word.strip().toLowerCase(Locale.ROOT));
            boolean ascii = word.chars().allMatch(character -> character < 128);
            return Pattern.compile(ascii ? "(?<![a-z])" + quoted + "(?![a-z])" : quoted);
        }

        boolean on(ReceivedReport report) {
            Set<String> given = Stream.concat(
                            Stream.of(String.valueOf(report.code())),
                            report.observations().stream().map(each -> String.valueOf(each.loinc())))
                    .collect(Collectors.toSet());
            return categories.contains(String.valueOf(report.category()))
                    || given.stream().anyMatch(codes::contains)
                    || texts(report).map(name -> name.toLowerCase(Locale.ROOT)).anyMatch(name -> words.stream()
                            .anyMatch(word -> word.matcher(name).find()));
        }
    }

    /** Everything that may name what was looked for: free text reports say it nowhere else. */
    private static Stream<String> texts(ReceivedReport report) {
        return Stream.concat(
                        Stream.of(report.title(), report.conclusion()),
                        report.observations().stream().flatMap(each -> Stream.of(each.name(), each.text())))
                .filter(Objects::nonNull);
    }

    private final Marks infections;
    private final Marks sensitive;
    private final Duration delay;

    /** @param delay how long a sensitive result waits for a review */
    ReleasePolicy(Marks infections, Marks sensitive, Duration delay) {
        this.infections = infections;
        this.sensitive = sensitive;
        this.delay = delay;
    }

    /** @param received when the report came in; the delay counts from there, whatever clock the hospital has */
    Release decide(ReceivedReport report, Instant received) {
        if (infections.on(report)) {
            return new Release.Held(LISTED_INFECTION);
        }
        if (report.status() == ReportStatus.PRELIMINARY) {
            return new Release.Held(PRELIMINARY);
        }
        return sensitive.on(report)
                ? new Release.NotBefore(SENSITIVE, received.plus(delay))
                : new Release.AtOnce(NORMAL);
    }
}
