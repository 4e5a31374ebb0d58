package cn.kangka.empi.matching.training;

import cn.kangka.empi.matching.record.RecordSet;
import java.util.stream.IntStream;

/** Counts patterns of pairs drawn at random; all pairs when there are few. The same records give the same pairs. */
final class RandomPairs {
    private static final int PIECES = 64;
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private RandomPairs() {}

    static PatternCounts count(RecordSet records, Patterns patterns, int most) {
        return records.pairs() <= most ? all(records, patterns) : drawn(records, patterns, most);
    }

    private static PatternCounts all(RecordSet records, Patterns patterns) {
        return IntStream.range(0, records.size())
                .parallel()
                .collect(
                        PatternCounts::new,
                        (counts, one) -> {
                            for (int other = one + 1; other < records.size(); other++) {
                                if (records.isComparable(one, other)) {
                                    counts.add(patterns.of(records, one, other), 1);
                                }
                            }
                        },
                        PatternCounts::plus);
    }

    private static PatternCounts drawn(RecordSet records, Patterns patterns, int most) {
        return IntStream.range(0, PIECES)
                .parallel()
                .collect(
                        PatternCounts::new,
                        (counts, piece) -> draw(records, patterns, counts, piece, most / PIECES),
                        PatternCounts::plus);
    }

    private static void draw(RecordSet records, Patterns patterns, PatternCounts counts, int piece, int number) {
        long state = piece * 7919L;
        int drawn = 0;
        while (drawn < number) {
            state += GAMMA;
            long random = mixed(state);
            int one = (int) ((random >>> 32) * records.size() >>> 32);
            int other = (int) ((random & 0xFFFFFFFFL) * records.size() >>> 32);
            if (one != other && records.isComparable(one, other)) {
                counts.add(patterns.of(records, one, other), 1);
                drawn++;
            }
        }
    }

    private static long mixed(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
