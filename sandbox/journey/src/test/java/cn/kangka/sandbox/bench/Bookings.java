package cn.kangka.sandbox.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Many people book at once, each with a token and a key of their own. */
final class Bookings {
    /** Who books what. */
    record Wish(String token, UUID slot) {}

    /** How it went; latencies in milliseconds, sorted. */
    record Outcome(Map<Integer, Long> statuses, double perSecond, double[] latencies) {
        double percentile(double share) {
            return latencies[(int) Math.min(latencies.length - 1L, Math.round(share * latencies.length))];
        }
    }

    private final String api;

    Bookings(String api) {
        this.api = api;
    }

    /** All wishes, as many at a time as there are connections. */
    Outcome book(List<Wish> wishes, int connections) throws InterruptedException {
        Iterator<Wish> queue = wishes.iterator();
        Map<Integer, Long> statuses = new ConcurrentHashMap<>();
        List<double[]> latencies = new ArrayList<>();
        List<Thread> people = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            double[] own = new double[wishes.size()];
            latencies.add(own);
            Thread thread = new Thread(() -> work(queue, statuses, own), "person-" + i);
            people.add(thread);
            thread.start();
        }
        for (Thread each : people) {
            each.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double[] sorted = latencies.stream()
                .flatMapToDouble(Arrays::stream)
                .filter(each -> each > 0)
                .sorted()
                .toArray();
        return new Outcome(new TreeMap<>(statuses), wishes.size() / seconds, sorted);
    }

    private void work(Iterator<Wish> queue, Map<Integer, Long> statuses, double[] latencies) {
        int done = 0;
        try (Wire wire = new Wire(api)) {
            for (Wish wish = next(queue); wish != null; wish = next(queue)) {
                long start = System.nanoTime();
                int status = wire.post("/v1/appointments", wish.token(), "{\"slotId\":\"" + wish.slot() + "\"}")
                        .status();
                latencies[done++] = (System.nanoTime() - start) / 1e6;
                statuses.merge(status, 1L, Long::sum);
            }
        } catch (IOException e) {
            statuses.merge(-1, 1L, Long::sum);
        }
    }

    private static Wish next(Iterator<Wish> queue) {
        synchronized (queue) {
            return queue.hasNext() ? queue.next() : null;
        }
    }
}
