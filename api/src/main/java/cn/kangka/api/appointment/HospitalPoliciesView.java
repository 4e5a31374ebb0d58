package cn.kangka.api.appointment;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The numbers that the rules for bookings depend on, as they hold at a hospital.
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
            int most) {}

    static HospitalPoliciesView of(
            String hospital, long version, Map<LimitSetting, Integer> own, AppointmentConfig config) {
        return new HospitalPoliciesView(
                hospital,
                version,
                Stream.of(LimitSetting.values())
                        .map(each -> new Value(
                                each.rule(),
                                own.getOrDefault(each, each.region(config)),
                                own.get(each),
                                each.region(config),
                                each.least(),
                                each.most()))
                        .toList());
    }
}
