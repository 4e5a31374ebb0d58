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

/** Many people book or cancel at once, each with a token and a key of their own. */
final class Bookings {
    /** Who books what. */
    record Wish(String token, UUID slot) {}

    /** Who has which booking. */
    record Made(String token, UUID appointment) {}

    /** One request of one person; its status. */
    @FunctionalInterface
    private interface Act<T> {
        int status(Wire wire, T what) throws IOException;
    }

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
        return all(wishes, connections, (wire, wish) -> wire.post(
                        "/v1/appointments", wish.token(), "{\"slotId\":\"" + wish.slot() + "\"}")
                .status());
    }

    /** Cancels all of them, as many at a time as there are connections. */
    Outcome cancel(List<Made> bookings, int connections) throws InterruptedException {
        return all(bookings, connections, (wire, made) -> wire.post(
                        "/v1/appointments/" + made.appointment() + "/cancel", made.token(), "{}")
                .status());
    }

    private <T> Outcome all(List<T> wishes, int connections, Act<T> act) throws InterruptedException {
        Iterator<T> queue = wishes.iterator();
        Map<Integer, Long> statuses = new ConcurrentHashMap<>();
        List<double[]> latencies = new ArrayList<>();
        List<Thread> people = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            double[] own = new double[wishes.size()];
            latencies.add(own);
            Thread thread = new Thread(() -> work(queue, act, statuses, own), "person-" + i);
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

    private <T> void work(Iterator<T> queue, Act<T> act, Map<Integer, Long> statuses, double[] latencies) {
        int done = 0;
        try (Wire wire = new Wire(api)) {
            for (T what = next(queue); what != null; what = next(queue)) {
                long start = System.nanoTime();
                int status = act.status(wire, what);
                latencies[done++] = (System.nanoTime() - start) / 1e6;
                statuses.merge(status, 1L, Long::sum);
            }
        } catch (IOException e) {
            statuses.merge(-1, 1L, Long::sum);
        }
    }

    private static <T> T next(Iterator<T> queue) {
        synchronized (queue) {
            return queue.hasNext() ? queue.next() : null;
        }
    }
}
