package cn.kangka.api.appointment;

import cn.kangka.api.appointment.ModelParts.Booked;
import cn.kangka.api.appointment.ModelParts.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The queue at the clinic, as a line of people: whoever comes stands behind their band, whoever is late behind everybody, whoever
 * did not come when called behind three others. Numbers are a letter for the band and the order of coming.
 */
final class QueueModel {
    private static final Duration OPENS = Duration.ofMinutes(60);
    private static final int BEHIND = 3;
    private static final int REQUEUES = 2;

    /** Somebody's number. */
    static final class Ticket {
        final Booked booking;
        final String number;
        String state = "WAITING";
        int section;
        int requeued;

        private Ticket(Booked booking, String number) {
            this.booking = booking;
            this.number = number;
        }

        private boolean open() {
            return state.equals("WAITING") || state.equals("CALLED") || state.equals("PASSED");
        }
    }

    private final BookingModel model;
    private final Map<Booked, Ticket> tickets = new LinkedHashMap<>();
    private final List<List<Ticket>> lines = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Boolean> called = new ArrayList<>();

    QueueModel(BookingModel model) {
        this.model = model;
        model.sessions.forEach(session -> {
            lines.add(new ArrayList<>());
            called.add(false);
        });
    }

    private List<Ticket> line(Booked booking) {
        return lines.get(booking.slot.session);
    }

    List<Ticket> line(int session) {
        return lines.get(session);
    }

    List<Ticket> tickets() {
        return List.copyOf(tickets.values());
    }

    private static void leave(List<Ticket> line, Ticket ticket, String state) {
        line.remove(ticket);
        ticket.state = state;
    }

    /** Checks in at the clinic. */
    String checkIn(Booked booking, Instant now) {
        Ticket ticket = tickets.get(booking);
        Session session = model.sessions.get(booking.slot.session);
        return switch (booking.status) {
            case "BOOKED", "MISSED" -> arriving(booking, session, now);
            case "CHECKED_IN" -> ticket.state.equals("PASSED") ? again(ticket, session, now) : place(ticket);
            case "COMPLETED" -> ticket == null ? "409 check-in-ended" : "200";
            default -> "409 check-in-ended";
        };
    }

    private String arriving(Booked booking, Session session, Instant now) {
        if (!mayCome(booking)) {
            return "409 check-in-ended";
        }
        if (now.isBefore(booking.slot.start.minus(OPENS))) {
            return "409 check-in-opens";
        }
        if (!now.isBefore(session.end())) {
            return "409 check-in-closes";
        }
        arrived(booking, now);
        return place(tickets.get(booking));
    }

    /** Nobody comes to a clinic that was stopped, or to what they missed while they have another booking in that session. */
    boolean mayCome(Booked booking) {
        int session = booking.slot.session;
        return !booking.status.equals("MISSED")
                || !model.sessions.get(session).stopped && !model.here(booking.person, session);
    }

    private String again(Ticket ticket, Session session, Instant now) {
        if (!now.isBefore(session.end())) {
            return "409 check-in-closes";
        }
        if (ticket.requeued == REQUEUES) {
            return "409 requeue-most";
        }
        List<Ticket> line = line(ticket.booking);
        int place = 0;
        for (int others = 0; place < line.size(); place++) {
            others += line.get(place).requeued == 0 ? 1 : 0;
            if (others > BEHIND) {
                break;
            }
        }
        ticket.requeued++;
        stand(ticket, line, place);
        return place(ticket);
    }

    private static void stand(Ticket ticket, List<Ticket> line, int place) {
        ticket.section = place == 0 ? ticket.section : line.get(place - 1).section;
        ticket.state = "WAITING";
        line.add(place, ticket);
    }

    private String place(Ticket ticket) {
        int ahead = line(ticket.booking).indexOf(ticket);
        return "200 " + ticket.number + " " + ticket.state + (ahead < 0 ? "" : " " + ahead);
    }

    /** The person is there, whoever says so; where nobody is let in any more, they have been there. */
    void arrived(Booked booking, Instant now) {
        if (!booking.status.equals("BOOKED") && !booking.status.equals("MISSED")) {
            return;
        }
        if (!mayCome(booking)) {
            booking.status = "COMPLETED";
            return;
        }
        booking.status = "CHECKED_IN";
        Ticket ticket = tickets.computeIfAbsent(booking, this::ticket);
        List<Ticket> line = line(booking);
        ticket.section = booking.slot.number;
        if (!now.isBefore(booking.slot.end())) {
            stand(ticket, line, line.size());
        } else {
            int place = (int)
                    line.stream().filter(each -> each.section <= ticket.section).count();
            ticket.state = "WAITING";
            line.add(place, ticket);
        }
    }

    private Ticket ticket(Booked booking) {
        int number = numbers.merge(booking.slot.session + "." + booking.slot.number, 1, Integer::sum);
        return new Ticket(booking, "%c%02d".formatted('A' + booking.slot.number, number));
    }

    /** The hospital takes the arrival back. */
    void left(Booked booking) {
        if (booking.status.equals("CHECKED_IN")) {
            booking.status = "BOOKED";
            leave(line(booking), tickets.get(booking), "LEFT");
        }
    }

    /** The hospital says that the visit is over. */
    void seen(Booked booking) {
        if (booking.active() || booking.status.equals("MISSED")) {
            booking.status = "COMPLETED";
            Ticket ticket = tickets.get(booking);
            if (ticket != null && ticket.open()) {
                leave(line(booking), ticket, "DONE");
            }
        }
    }

    /** The hospital says that nobody came: not before the band, and not of somebody who is there. */
    void missed(Booked booking, Instant now) {
        if (booking.status.equals("BOOKED") && !now.isBefore(booking.slot.start)) {
            booking.status = "MISSED";
        }
    }

    /** The hospital has it in a band of the session; if there is no unit, it stays where it is, and saying so again is nothing new. */
    void elsewhere(Booked booking, ModelParts.Slot said) {
        if (!booking.status.equals("BOOKED") || said == booking.said) {
            return;
        }
        boolean moves = said != booking.slot && said.room();
        if (moves) {
            booking.slot.used--;
            said.used++;
            booking.slot = said;
        }
        booking.said = said == booking.slot ? null : said;
        booking.accepted = booking.accepted || booking.said == null;
    }

    /** Who is called; null when nobody waits. */
    Booked next(int session) {
        List<Ticket> line = lines.get(session);
        if (line.isEmpty()) {
            return null;
        }
        Ticket next = line.get(0);
        leave(line, next, "CALLED");
        called.set(session, true);
        return next.booking;
    }

    String passed(Booked booking) {
        Ticket ticket = tickets.get(booking);
        if (ticket != null && ticket.state.equals("CALLED")) {
            ticket.state = "PASSED";
        }
        return ticket != null && ticket.state.equals("PASSED") ? "200" : "409 not-called";
    }

    String done(Booked booking) {
        if (booking.status.equals("CHECKED_IN")) {
            seen(booking);
        }
        return booking.status.equals("COMPLETED") ? "200" : "409 not-checked-in";
    }

    /** A clinic is stopped: whose band was over has been seen, unless they still wait while others were called. */
    void stop(int session, Instant now) {
        for (Ticket each : tickets()) {
            if (each.booking.slot.session == session && each.booking.status.equals("CHECKED_IN")) {
                boolean waits = !each.state.equals("CALLED");
                if (!now.isBefore(each.booking.slot.end()) && !(waits && called.get(session))) {
                    seen(each.booking);
                } else {
                    leave(lines.get(session), each, "LEFT");
                }
            }
        }
    }

    /** The next day nobody waits, and who did not come has missed it. */
    void nextDay() {
        tickets().stream().filter(Ticket::open).forEach(each -> leave(line(each.booking), each, "LEFT"));
        model.bookings.stream().filter(each -> each.status.equals("BOOKED")).forEach(each -> each.status = "MISSED");
    }
}
