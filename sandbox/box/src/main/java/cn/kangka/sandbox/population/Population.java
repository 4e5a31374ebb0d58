package cn.kangka.sandbox.population;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The people of the city, one household after the other, made while one iterates: a million of them need no more memory
 * than one household.
 */
public final class Population implements Iterable<Resident> {
    /** Ages are counted to this day unless another is given. */
    public static final LocalDate DEFAULT_DAY = LocalDate.of(2026, 1, 1);

    private final long seed;
    private final int size;
    private final LocalDate asOf;
    private final Names names;

    private Population(long seed, int size, LocalDate asOf, Names names) {
        this.names = names;
        this.seed = seed;
        this.size = size;
        this.asOf = asOf;
    }

    public static Population of(long seed, int size) {
        return of(seed, size, DEFAULT_DAY);
    }

    /**
     * @param size how many people, up to ten million with unique ids
     * @param asOf the day on which ages are counted and newborns are less than four weeks old
     */
    public static Population of(long seed, int size, LocalDate asOf) {
        return new Population(seed, size, asOf, Names.common());
    }

    /** As {@link #of(long, int)}, with as many different names as in a real city. */
    static Population wide(long seed, int size) {
        return new Population(seed, size, DEFAULT_DAY, Names.wide());
    }

    public int size() {
        return size;
    }

    public Stream<Resident> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    public Iterator<Resident> iterator() {
        return new Households();
    }

    private final class Households implements Iterator<Resident> {
        private final Numbers numbers = new Numbers(seed);
        private final Deque<Resident> waiting = new ArrayDeque<>();
        private int household;
        private int given;

        @Override
        public boolean hasNext() {
            return given < size;
        }

        @Override
        public Resident next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (waiting.isEmpty()) {
                waiting.addAll(new Household(numbers, names, seed, household++, given, asOf).members());
            }
            given++;
            return waiting.remove();
        }
    }
}
