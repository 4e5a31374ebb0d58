package cn.kangka.api.appointment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What booking is, told so simply that it can be believed: people, sessions with slots, and what each act does. No channels
 * (quotas have flowed back), one visit day, one department a session. Answers with the status and the problem's name.
 */
final class BookingModel {
    static final Duration HOLD = Duration.ofMinutes(5);
    static final Duration OFFER = Duration.ofMinutes(30);
    private static final int HOLDS = 2;

    /** A band. */
    static final class Slot {
        final int session;
        final int number;
        final int capacity;
        int used;
        int held;
        int blocked;

        Slot(int session, int number, int capacity) {
            this.session = session;
            this.number = number;
            this.capacity = capacity;
        }

        boolean room() {
            return used + held + blocked < capacity;
        }
    }

    /** A unit that is kept: a hold of a person's own, or an offer to who waits. */
    static final class Kept {
        final int person;
        final Slot slot;
        final Instant until;
        final Entry entry;

        Kept(int person, Slot slot, Instant until, Entry entry) {
            this.person = person;
            this.slot = slot;
            this.until = until;
            this.entry = entry;
        }
    }

    /** A place on a waiting list. */
    static final class Entry {
        final int person;
        String status = "WAITING";

        Entry(int person) {
            this.person = person;
        }
    }

    /** A booking. */
    static final class Booked {
        final int person;
        final Slot slot;
        String status = "BOOKED";

        Booked(int person, Slot slot) {
            this.person = person;
            this.slot = slot;
        }
    }

    /** A doctor's half-day. */
    static final class Session {
        final int bookable;
        final List<Slot> slots = new ArrayList<>();
        final List<Entry> waiting = new ArrayList<>();
        boolean stopped;

        Session(int bookable) {
            this.bookable = bookable;
        }

        int taken() {
            return slots.stream()
                    .mapToInt(each -> each.used + each.held + each.blocked)
                    .sum();
        }

        Optional<Slot> free() {
            return taken() < bookable ? slots.stream().filter(Slot::room).findFirst() : Optional.empty();
        }
    }

    final List<Session> sessions = new ArrayList<>();
    final List<Booked> bookings = new ArrayList<>();
    final List<Kept> kept = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();

    Slot slot(int session, int number) {
        return sessions.get(session).slots.get(number);
    }

    /**
     * Offers end, holds end, and what is free then goes to who waits. Acts happen within the second that the model knows, so
     * what ends in this very second has not ended yet.
     */
    void settle(Instant now) {
        for (Kept each : List.copyOf(kept)) {
            if (each.until.isBefore(now)) {
                free(each);
                if (each.entry != null) {
                    each.entry.status = "EXPIRED";
                }
            }
        }
        sessions.forEach(session -> offer(session, now));
    }

    private void free(Kept each) {
        kept.remove(each);
        each.slot.held--;
    }

    private void offer(Session session, Instant now) {
        while (!session.stopped && !session.waiting.isEmpty() && session.free().isPresent()) {
            Entry next = session.waiting.remove(0);
            Slot slot = session.free().orElseThrow();
            slot.held++;
            next.status = "OFFERED";
            kept.add(new Kept(next.person, slot, now.plus(OFFER), next));
        }
    }

    private boolean booked(int person, int session) {
        return bookings.stream()
                .anyMatch(each -> each.person == person
                        && each.slot.session == session
                        && (each.status.equals("BOOKED") || each.status.equals("CHECKED_IN")));
    }

    private String obstacle(int person, Slot wanted, Booked without) {
        if (sessions.get(wanted.session).stopped) {
            return "409 slot-closed";
        }
        boolean already = booked(person, wanted.session) && (without == null || without.slot.session != wanted.session);
        return already ? "409 max-per-department-day" : null;
    }

    String book(int person, Slot wanted, Kept hold, Instant now) {
        String obstacle = obstacle(person, wanted, null);
        return obstacle == null ? claim(person, wanted, hold, now) : obstacle;
    }

    private String claim(int person, Slot wanted, Kept hold, Instant now) {
        Kept own = hold == null ? offered(person, wanted) : hold;
        Optional<Entry> waits = entry(person, wanted.session);
        if (own == null) {
            Session session = sessions.get(wanted.session);
            if (!wanted.room() || session.taken() >= session.bookable) {
                return "409 slot-full";
            }
        } else if (!kept.contains(own)) {
            return "409 hold-expired";
        } else {
            free(own);
        }
        wanted.used++;
        bookings.add(new Booked(person, wanted));
        waits.ifPresent(entry -> end(entry, "BOOKED", wanted.session, now));
        return "201";
    }

    private Kept offered(int person, Slot slot) {
        return kept.stream()
                .filter(each -> each.entry != null && each.person == person && each.slot == slot)
                .findFirst()
                .orElse(null);
    }

    /** The open entry of a person in a session. */
    Optional<Entry> entry(int person, int session) {
        return entries.stream()
                .filter(each -> each.person == person)
                .filter(each -> sessions.get(session).waiting.contains(each)
                        || kept.stream().anyMatch(one -> one.entry == each && one.slot.session == session))
                .findFirst();
    }

    private void end(Entry entry, String status, int session, Instant now) {
        entry.status = status;
        sessions.get(session).waiting.remove(entry);
        kept.stream().filter(each -> each.entry == entry).findFirst().ifPresent(this::free);
        offer(sessions.get(session), now);
    }

    String hold(int person, Slot wanted, Instant now) {
        Session session = sessions.get(wanted.session);
        if (session.stopped) {
            return "409 slot-closed";
        }
        if (kept.stream()
                        .filter(each -> each.person == person && each.entry == null)
                        .count()
                >= HOLDS) {
            return "409 too-many-holds";
        }
        if (!wanted.room() || session.taken() >= session.bookable) {
            return "409 slot-full";
        }
        wanted.held++;
        kept.add(new Kept(person, wanted, now.plus(HOLD), null));
        return "201";
    }

    void release(Kept hold, Instant now) {
        free(hold);
        offer(sessions.get(hold.slot.session), now);
    }

    String cancel(Booked booking, Instant now) {
        if (booking.status.equals("CANCELLED")) {
            return "200";
        }
        if (!booking.status.equals("BOOKED")) {
            return "409 appointment-not-cancellable";
        }
        booking.status = "CANCELLED";
        booking.slot.used--;
        offer(sessions.get(booking.slot.session), now);
        return "200";
    }

    /** The old unit goes to who waits before the new one is looked for; when that is full, nothing has happened. */
    String move(Booked booking, Slot wanted, Instant now) {
        if (!booking.status.equals("BOOKED")) {
            return "409 appointment-not-cancellable";
        }
        if (wanted == booking.slot) {
            return "422 invalid";
        }
        String obstacle = obstacle(booking.person, wanted, booking);
        if (obstacle != null) {
            return obstacle;
        }
        Session session = sessions.get(wanted.session);
        boolean same = booking.slot.session == wanted.session;
        boolean taken = same && !session.waiting.isEmpty();
        int free = session.bookable - session.taken() + (same && !taken ? 1 : 0);
        if (offered(booking.person, wanted) == null && (!wanted.room() || free < 1)) {
            return "409 slot-full";
        }
        cancel(booking, now);
        return claim(booking.person, wanted, null, now);
    }

    String enter(int person, int session) {
        if (entry(person, session).isPresent()) {
            return "201";
        }
        Session wanted = sessions.get(session);
        String obstacle = obstacle(person, wanted.slots.get(0), null);
        if (obstacle != null) {
            return obstacle;
        }
        if (wanted.free().isPresent()) {
            return "409 waiting-not-full";
        }
        Entry entry = new Entry(person);
        entries.add(entry);
        wanted.waiting.add(entry);
        return "201";
    }

    void leave(Entry entry, int session, Instant now) {
        end(entry, "LEFT", session, now);
    }

    void refused(Booked booking) {
        if (booking.status.equals("BOOKED")) {
            booking.status = "REFUSED";
            booking.slot.used--;
            booking.slot.blocked++;
        }
    }

    void arrived(Booked booking) {
        if (booking.status.equals("BOOKED")) {
            booking.status = "CHECKED_IN";
        }
    }

    void stop(int session) {
        Session stopped = sessions.get(session);
        stopped.stopped = true;
        for (Booked each : bookings) {
            if (each.slot.session == session && (each.status.equals("BOOKED") || each.status.equals("CHECKED_IN"))) {
                each.status = "STOPPED";
                each.slot.used--;
            }
        }
        for (Kept each : List.copyOf(kept)) {
            if (each.slot.session == session) {
                free(each);
                if (each.entry != null) {
                    each.entry.status = "STOPPED";
                }
            }
        }
        stopped.waiting.forEach(each -> each.status = "STOPPED");
        stopped.waiting.clear();
    }

    /** Everything that can be seen from outside, in an order that both sides know. */
    String state() {
        StringBuilder text = new StringBuilder();
        for (Session session : sessions) {
            text.append(session.taken()).append('/').append(session.waiting.size());
            session.slots.stream()
                    .sorted(Comparator.comparingInt(each -> each.number))
                    .forEach(each -> text.append(' ')
                            .append(each.used)
                            .append('+')
                            .append(each.held)
                            .append('+')
                            .append(each.blocked));
            text.append('\n');
        }
        return text.toString();
    }
}
