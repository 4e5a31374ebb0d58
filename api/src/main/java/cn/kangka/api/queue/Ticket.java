package cn.kangka.api.queue;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A place in a queue.
 *
 * @param number as people read it: a letter for the band, and the order of check-in within it, such as {@code B07}
 * @param room where it is called to; null before
 */
record Ticket(UUID appointment, TicketState state, String number, int requeued, String room, OffsetDateTime calledAt) {
    private static final int LETTERS = 26;

    static String number(int band, int number) {
        String prefix = band <= LETTERS ? String.valueOf((char) ('A' + band - 1)) : band + "-";
        return "%s%02d".formatted(prefix, number);
    }
}
