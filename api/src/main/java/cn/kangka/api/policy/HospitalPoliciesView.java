package cn.kangka.api.policy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The values that the rules for appointments depend on, as they hold at a hospital.
 *
 * @param version what to send as If-Match
 */
public record HospitalPoliciesView(
        @Schema(examples = "H001") String hospital, long version, List<Value> items) {

    /**
     * One of them.
     *
     * @param own the hospital's; null where the region's holds
     */
    public record Value(
            @Schema(examples = "appointment.max-per-7-days") String rule,

            @Schema(description = "what holds", examples = "2")
            int value,

            @Schema(nullable = true) Integer own,

            @Schema(description = "the region's", examples = "3")
            int region,

            @Schema(description = "the smallest that can be set")
            int least,

            @Schema(description = "the largest that can be set")
            int most,

            @Schema(description = "what it is about") Rule.Topic topic,

            @Schema(description = "TIME is in minutes after midnight (Asia/Shanghai), YES_NO is 1 or 0")
            Rule.Unit unit,

            @Schema(
                    description =
                            "from when a change holds. NEXT: the next booking, hold, entry, draw, appeal or template;"
                                    + " PUBLISHED: sessions"
                                    + " published from then on; REPUBLISHED: also those whose bands change; KINDER: at once where"
                                    + " it is better for who has booked, else as PUBLISHED")
            Rule.Begins begins) {}

    static HospitalPoliciesView of(String hospital, long version, Map<Rule, Integer> own, HospitalRules region) {
        return new HospitalPoliciesView(
                hospital,
                version,
                Stream.of(Rule.values())
                        .map(each -> new Value(
                                each.id(),
                                own.getOrDefault(each, region.get(each)),
                                own.get(each),
                                region.get(each),
                                each.least(),
                                each.most(),
                                each.topic(),
                                each.unit(),
                                each.begins()))
                        .toList());
    }
}
