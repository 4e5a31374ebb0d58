package cn.kangka.sandbox.bench;

import cn.kangka.sandbox.bench.Paced.Result;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What people do when slots are published, 15 looks at what is free on 2 bookings: few of the bookings get one of the units
 * that are left, the others all want one session that is full.
 */
final class Morning implements Closeable {
    static final int READS = 15;
    static final int BOOKINGS = 2;
    private static final int THREADS = 48;

    private final String base;
    private final List<String> places;
    private final List<String> people;
    private final String soldOut;
    private final List<Bookings.Wish> wishes;
    private final AtomicInteger used = new AtomicInteger();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Wire> idle = new ConcurrentLinkedQueue<>();

    /**
     * @param places hospital and department, as in a query
     * @param people tokens of who has an account and books nothing else
     * @param wishes units that are free
     */
    Morning(String base, List<String> places, List<String> people, String soldOut, List<Bookings.Wish> wishes) {
        this.base = base;
        this.places = places;
        this.people = people;
        this.soldOut = soldOut;
        this.wishes = wishes;
    }

    /** Reads and bookings a second together when everybody asks again as soon as they have an answer. */
    double most(int seconds) throws InterruptedException {
        Result result =
                Paced.at(0, seconds, THREADS, n -> () -> n % (READS + BOOKINGS) < BOOKINGS ? bookSoldOut(n) : look(n));
        return result.perSecond();
    }

    /** Looks at what is free, when they are due. */
    Result looks(int perSecond, int seconds) throws InterruptedException {
        return Paced.at(perSecond, seconds, THREADS, n -> () -> look(n));
    }

    /** Bookings, when they are due; the wishes are spread over all of them. */
    Result bookings(int perSecond, int seconds) throws InterruptedException {
        int all = perSecond * seconds;
        return Paced.at(perSecond, seconds, THREADS, n -> () -> {
            boolean unit = (long) (n + 1) * wishes.size() / all > (long) n * wishes.size() / all;
            return unit ? book(wishes.get(used.getAndIncrement())) : bookSoldOut(n);
        });
    }

    /** Reads of somebody's own reports. */
    Result reports(String token, int perSecond, int seconds) throws InterruptedException {
        return Paced.at(perSecond, seconds, 2, n -> () -> told("reports", wire -> wire.get("/v1/me/reports", token)));
    }

    /** How often each kind of request had each status. */
    Map<String, Integer> statuses() {
        return new TreeMap<>(statuses);
    }

    private boolean look(int n) throws IOException {
        return told(
                "slots",
                wire -> wire.get("/v1/slots?hospital=" + places.get(n * 31 % places.size()) + "&limit=200", person(n)));
    }

    private boolean bookSoldOut(int n) throws IOException {
        return told("book", wire -> wire.post("/v1/appointments", person(n), body(soldOut)));
    }

    private boolean book(Bookings.Wish wish) throws IOException {
        return told("book", wire -> wire.post("/v1/appointments", wish.token(), body(wish.slot())));
    }

    private String person(int n) {
        return people.get(n % people.size());
    }

    private static String body(Object slot) {
        return "{\"slotId\":\"" + slot + "\"}";
    }

    @FunctionalInterface
    private interface Request {
        Wire.Answer over(Wire wire) throws IOException;
    }

    private boolean told(String kind, Request request) throws IOException {
        Wire wire = idle.poll();
        Wire.Answer answer = request.over(wire == null ? wire = new Wire(base) : wire);
        idle.add(wire);
        statuses.merge(kind + " " + answer.status(), 1, Integer::sum);
        return answer.status() < 300;
    }

    @Override
    public void close() throws IOException {
        for (Wire each : idle) {
            each.close();
        }
    }
}
