package cn.kangka.api.directory;

import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Splits the units of a session: first what is on pre-booking, then that by channel, both by largest remainder
 * (Hamilton), so that nothing is lost to rounding (docs/adr/0010). Of what is on pre-booking a share is kept for follow-ups
 * and referrals (docs/adr/0026); the channels split the rest.
 *
 * @param prebookingPercent share of the units that may be booked before the visit, 0–100; the rest stays on site
 * @param channelPercents weight of each channel in the order of {@link Channel}
 * @param referralPercent share of the bookable units that only follow-ups and referrals may take before the flow-back
 */
record QuotaPolicy(int prebookingPercent, List<Integer> channelPercents, int referralPercent) {

    static QuotaPolicy of(HospitalRules rules) {
        return new QuotaPolicy(
                rules.get(Rule.PREBOOKING),
                Stream.of(Rule.QUOTA_APP, Rule.QUOTA_CALL_CENTRE, Rule.QUOTA_BANK, Rule.QUOTA_TELECOM, Rule.QUOTA_WEB)
                        .map(rules::get)
                        .toList(),
                rules.get(Rule.REFERRAL));
    }

    /** How many of so many units are on pre-booking. */
    int bookable(int capacity) {
        return split(capacity, List.of(prebookingPercent, 100 - prebookingPercent))[0];
    }

    /** How many of so many bookable units are kept for follow-ups and referrals. */
    int reserved(int bookable) {
        return split(bookable, List.of(referralPercent, 100 - referralPercent))[0];
    }

    /** What is not reserved, by channel; with it the sum is {@code bookable} unless no channel has any weight. */
    int[] quotas(int bookable) {
        return split(bookable - reserved(bookable), channelPercents);
    }

    /**
     * Largest remainder: everybody gets the whole part of their share, what is left goes to the largest fractions, the
     * earlier one first where they are equal.
     */
    static int[] split(int total, List<Integer> weights) {
        int sum = weights.stream().mapToInt(Integer::intValue).sum();
        int[] parts = new int[weights.size()];
        if (sum == 0) {
            return parts;
        }
        Arrays.setAll(parts, i -> total * weights.get(i) / sum);
        int left = total - Arrays.stream(parts).sum();
        IntStream.range(0, parts.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> -(total * weights.get(i) % sum)))
                .limit(left)
                .forEach(i -> parts[i]++);
        return parts;
    }
}
