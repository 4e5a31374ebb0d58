package cn.kangka.sandbox.population;

import java.util.List;

/** Chance by seed (SplitMix64): the same on every Java version, unlike the library's generators. */
public final class Dice {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private long state;

    public Dice(long seed) {
        this.state = mix(seed + GAMMA);
    }

    /** Dice of their own for one thing among many, such as one household. */
    public static Dice of(long seed, long... path) {
        long mixed = seed;
        for (long step : path) {
            mixed = mix(mixed ^ (step * GAMMA + 1));
        }
        return new Dice(mixed);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private long next() {
        state += GAMMA;
        return mix(state);
    }

    /** From 0 to {@code bound - 1}. */
    public int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    /** Both ends included. */
    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** From 0 (included) to 1 (excluded). */
    public double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** About a normal distribution with mean 0 and deviation 1 (sum of twelve). */
    public double bell() {
        double sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += fraction();
        }
        return sum - 6;
    }

    public boolean chance(double probability) {
        return fraction() < probability;
    }

    public <T> T pick(List<T> list) {
        return list.get(below(list.size()));
    }

    /** Prefers the front of the list, as in a list that is sorted by frequency. */
    public <T> T pickEarly(List<T> list) {
        double root = fraction();
        return list.get((int) (root * root * list.size()));
    }
}
