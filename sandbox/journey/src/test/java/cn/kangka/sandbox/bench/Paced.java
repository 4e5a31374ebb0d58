package cn.kangka.sandbox.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Load at a rate that does not slow down with the answers: latency counts from the moment when a request was due, so that
 * nobody's waiting is left out.
 */
final class Paced {
    private Paced() {}

    /** @param nanos latencies, sorted */
    record Result(long[] nanos, int failed, double seconds) {
        int count() {
            return nanos.length;
        }

        double millis(double share) {
            return nanos[(int) Math.min(nanos.length - 1L, (long) (nanos.length * share))] / 1e6;
        }

        double perSecond() {
            return nanos.length / seconds;
        }
    }

    /**
     * Does something so many times a second for so many seconds.
     *
     * @param perSecond 0 for as fast as it goes; latency counts from the start of each then
     * @param work what the n-th time is; false when it failed
     */
    static Result at(int perSecond, int seconds, int threads, IntFunction<Callable<Boolean>> work)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        List<Long> all = new ArrayList<>();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(() -> {
                List<Long> own = new ArrayList<>();
                while (true) {
                    int number = next.getAndIncrement();
                    long due = perSecond == 0 ? System.nanoTime() : start + (long) (number * (1e9 / perSecond));
                    if (Math.max(due, System.nanoTime()) >= end) {
                        break;
                    }
                    waitUntil(due);
                    if (!done(work.apply(number))) {
                        failed.incrementAndGet();
                    }
                    own.add(System.nanoTime() - due);
                }
                synchronized (all) {
                    all.addAll(own);
                }
            });
            workers.add(worker);
            worker.start();
        }
        for (Thread each : workers) {
            each.join();
        }
        long[] nanos = all.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(nanos);
        return new Result(nanos, failed.get(), (System.nanoTime() - start) / 1e9);
    }

    private static boolean done(Callable<Boolean> work) {
        try {
            return work.call();
        } catch (Exception e) {
            return false;
        }
    }

    private static void waitUntil(long due) {
        long left = due - System.nanoTime();
        if (left > 0) {
            try {
                Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
