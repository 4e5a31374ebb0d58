package cn.kangka.sandbox.provider;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** What a fake provider took, newest first; the oldest go when there are too many. */
final class Received {
    private static final int KEPT = 20_000;

    private record Entry(String address, JsonObject message) {}

    private final ConcurrentLinkedDeque<Entry> entries = new ConcurrentLinkedDeque<>();
    private final AtomicInteger size = new AtomicInteger();

    void add(String address, JsonObject message) {
        entries.addFirst(new Entry(address, message));
        if (size.incrementAndGet() > KEPT) {
            entries.pollLast();
            size.decrementAndGet();
        }
    }

    /** Newest first; a null address means everybody's. */
    List<JsonObject> of(String address) {
        return entries.stream()
                .filter(entry -> address == null || entry.address().equals(address))
                .map(Entry::message)
                .toList();
    }

    String json(String address) {
        return new JsonArray(of(address)).encode();
    }
}
