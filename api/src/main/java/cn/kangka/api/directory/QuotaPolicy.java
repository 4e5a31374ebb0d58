package cn.kangka.api.directory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits the units of a session: first what is on pre-booking, then that by channel, both by largest remainder
 * (Hamilton), so that nothing is lost to rounding (docs/adr/0010).
 *
 * @param prebookingPercent share of the units that may be booked before the visit, 0–100; the rest stays on site
 * @param channelPercents weight of each channel in the order of {@link Channel}
 */
record QuotaPolicy(int prebookingPercent, List<Integer> channelPercents) {

    /** How many of so many units are on pre-booking. */
    int bookable(int capacity) {
        return split(capacity, List.of(prebookingPercent, 100 - prebookingPercent))[0];
    }

    /** The bookable units by channel; they sum up to {@code bookable} unless no channel has any weight. */
    int[] quotas(int bookable) {
        return split(bookable, channelPercents);
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
