package cn.kangka.api.queue;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A session's queue at one moment.
 *
 * @param open false when the clinic was stopped
 * @param tickets who waits in the order in which they will be called, then the others
 * @param turns when turns began, the newest first
 */
record QueueSnapshot(
        UUID session,
        boolean open,
        OffsetDateTime begins,
        OffsetDateTime ends,
        List<Ticket> tickets,
        List<OffsetDateTime> turns) {
    private static final int SHOWN = 6;

    Ticket of(UUID appointment) {
        return tickets.stream()
                .filter(each -> each.appointment().equals(appointment))
                .findFirst()
                .orElse(null);
    }

    List<Ticket> waiting() {
        return tickets.stream()
                .filter(each -> each.state() == TicketState.WAITING)
                .toList();
    }

    /** How many are called before this one, who waits. */
    int ahead(UUID appointment) {
        List<Ticket> waiting = waiting();
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).appointment().equals(appointment)) {
                return i;
            }
        }
        throw new IllegalArgumentException("who does not wait has nobody ahead");
    }

    /** Who is called and was not seen yet, the last call first. */
    List<Ticket> called() {
        return tickets.stream()
                .filter(each -> each.state() == TicketState.CALLED)
                .sorted(Comparator.comparing(Ticket::calledAt).reversed())
                .toList();
    }

    /** In how long somebody with so many ahead is called; null when nothing tells. */
    Duration wait(int ahead, PacePolicy pace, OffsetDateTime now) {
        return pace.wait(ahead, begins, turns, now);
    }

    BoardView board() {
        List<Ticket> waiting = waiting();
        return new BoardView(
                session,
                open,
                called().stream()
                        .limit(SHOWN)
                        .map(each -> new BoardView.Call(each.number(), each.room(), each.calledAt()))
                        .toList(),
                waiting.stream().limit(SHOWN).map(Ticket::number).toList(),
                waiting.size(),
                tickets.stream()
                        .filter(each -> each.state() == TicketState.PASSED)
                        .map(Ticket::number)
                        .sorted()
                        .toList());
    }
}
