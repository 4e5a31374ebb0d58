package cn.kangka.sandbox.provider;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a fake provider shall answer next to a given address, instead of success. */
public final class ProgrammedAnswers {
    /**
     * One answer.
     *
     * @param status HTTP status
     * @param contentType of the body, such as {@code application/json}
     * @param body the body as it goes out
     * @param headers further headers, such as {@code Retry-After}
     * @param accepted whether the provider takes the message all the same (a lost or late answer)
     */
    public record Answer(int status, String contentType, String body, Map<String, String> headers, boolean accepted) {
        public static Answer json(int status, String body) {
            return new Answer(status, "application/json", body, Map.of(), false);
        }

        public Answer with(String header, String value) {
            return new Answer(status, contentType, body, Map.of(header, value), accepted);
        }

        /** The same answer, but the message was taken: what a time-out or a 503 may hide. */
        public Answer butAccepted() {
            return new Answer(status, contentType, body, headers, true);
        }
    }

    private final Map<String, Queue<Answer>> byAddress = new ConcurrentHashMap<>();

    /** Adds one answer for the address; each is given once, in order, then success again. */
    public void next(String address, Answer answer) {
        byAddress.computeIfAbsent(address, key -> new ConcurrentLinkedQueue<>()).add(answer);
    }

    /** The answer to give now; null for success. */
    Answer take(String address) {
        Queue<Answer> queue = byAddress.get(address);
        return queue == null ? null : queue.poll();
    }

    /** Forgets every answer that was not given yet. */
    public void clear() {
        byAddress.clear();
    }
}
