package cn.kangka.api.appointment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What booking is, told so simply that it can be believed: people, sessions with slots, and what each act does. All quotas are the
 * app's until they flow back, some units are reserved for follow-ups until then; one visit day, one department a session. Answers with the status and the problem's name.
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
        final boolean followUp;
        final boolean reserved;
        String status = "BOOKED";

        Booked(int person, Slot slot, boolean followUp, boolean reserved) {
            this.person = person;
            this.slot = slot;
            this.followUp = followUp;
            this.reserved = reserved;
        }
    }

    /** A doctor's half-day. */
    static final class Session {
        final int bookable;
        final List<Slot> slots = new ArrayList<>();
        final List<Entry> waiting = new ArrayList<>();
        int reserved;
        int reservedTaken;
        boolean flowedBack;
        boolean stopped;

        Session(int bookable, int reserved) {
            this.bookable = bookable;
            this.reserved = reserved;
        }

        /** Units for everybody; what is reserved flows back with the quotas. */
        int common() {
            int kept = flowedBack ? 0 : reserved - reservedTaken;
            return bookable - taken() - kept;
        }

        int taken() {
            return slots.stream()
                    .mapToInt(each -> each.used + each.held + each.blocked)
                    .sum();
        }

        Optional<Slot> free() {
            return common() > 0 ? slots.stream().filter(Slot::room).findFirst() : Optional.empty();
        }
    }

    private final Instant flowBack;
    final List<Session> sessions = new ArrayList<>();
    final List<Booked> bookings = new ArrayList<>();
    final List<Kept> kept = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();

    BookingModel(Instant flowBack) {
        this.flowBack = flowBack;
    }

    Slot slot(int session, int number) {
        return sessions.get(session).slots.get(number);
    }

    /**
     * Offers end, holds end, and what is free then goes to who waits. Acts happen within the second that the model knows, so
     * what ends in this very second has not ended yet.
     */
    void settle(Instant now) {
        sessions.forEach(session -> session.flowedBack = session.flowedBack || !now.isBefore(flowBack));
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

    private Optional<Booked> booked(int person, int session) {
        return bookings.stream()
                .filter(each -> each.person == person
                        && each.slot.session == session
                        && (each.status.equals("BOOKED") || each.status.equals("CHECKED_IN")))
                .findFirst();
    }

    /** Limits don't count follow-ups, but nobody has two bookings in one session. */
    private String obstacle(int person, Slot wanted, Booked without, boolean followUp) {
        if (sessions.get(wanted.session).stopped) {
            return "409 slot-closed";
        }
        if (without != null && without.slot.session == wanted.session) {
            return null;
        }
        return booked(person, wanted.session)
                .map(each -> each.followUp || followUp ? "409 session-booked" : "409 max-per-department-day")
                .orElse(null);
    }

    String book(int person, Slot wanted, Kept hold, Instant now) {
        String obstacle = obstacle(person, wanted, null, false);
        return obstacle == null ? claim(person, wanted, hold, false, true, now) : obstacle;
    }

    /** By the hospital, whose channel has no quota. */
    String followUp(int person, Slot wanted, Instant now) {
        String obstacle = obstacle(person, wanted, null, true);
        return obstacle == null ? claim(person, wanted, null, true, false, now) : obstacle;
    }

    private String claim(int person, Slot wanted, Kept hold, boolean followUp, boolean app, Instant now) {
        Kept own = hold == null ? offered(person, wanted) : hold;
        Optional<Entry> waits = entry(person, wanted.session);
        Session session = sessions.get(wanted.session);
        boolean reserved = own == null
                && followUp
                && !session.flowedBack
                && session.reservedTaken < session.reserved
                && wanted.room();
        if (reserved) {
            session.reservedTaken++;
        } else if (own == null) {
            if (!wanted.room() || session.common() < 1 || !app && !session.flowedBack) {
                return "409 slot-full";
            }
        } else if (!kept.contains(own)) {
            return "409 hold-expired";
        } else {
            free(own);
        }
        wanted.used++;
        bookings.add(new Booked(person, wanted, followUp, reserved));
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
        if (!wanted.room() || session.common() < 1) {
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
        Session session = sessions.get(booking.slot.session);
        session.reservedTaken -= booking.reserved ? 1 : 0;
        offer(session, now);
        return "200";
    }

    /**
     * The old unit goes to who waits before the new one is looked for; when that is full, nothing has happened. A follow-up
     * stays one within its department.
     */
    String move(Booked booking, Slot wanted, Instant now) {
        if (!booking.status.equals("BOOKED")) {
            return "409 appointment-not-cancellable";
        }
        if (wanted == booking.slot) {
            return "422 invalid";
        }
        boolean followUp = booking.followUp && booking.slot.session == wanted.session;
        String obstacle = obstacle(booking.person, wanted, booking, followUp);
        if (obstacle != null) {
            return obstacle;
        }
        Runnable undo = memory();
        cancel(booking, now);
        String answer = claim(booking.person, wanted, null, followUp, true, now);
        if (!answer.equals("201")) {
            undo.run();
        }
        return answer;
    }

    /** Puts everything back as it is now. */
    private Runnable memory() {
        List<Runnable> undo = new ArrayList<>();
        for (Session session : sessions) {
            List<Entry> waiting = List.copyOf(session.waiting);
            int reservedTaken = session.reservedTaken;
            undo.add(() -> {
                session.waiting.clear();
                session.waiting.addAll(waiting);
                session.reservedTaken = reservedTaken;
            });
            for (Slot slot : session.slots) {
                int used = slot.used;
                int held = slot.held;
                undo.add(() -> {
                    slot.used = used;
                    slot.held = held;
                });
            }
        }
        List<Kept> keptNow = List.copyOf(kept);
        undo.add(() -> {
            kept.clear();
            kept.addAll(keptNow);
        });
        entries.forEach(each -> {
            String status = each.status;
            undo.add(() -> each.status = status);
        });
        bookings.forEach(each -> {
            String status = each.status;
            undo.add(() -> each.status = status);
        });
        return () -> undo.forEach(Runnable::run);
    }

    String enter(int person, int session) {
        if (entry(person, session).isPresent()) {
            return "201";
        }
        Session wanted = sessions.get(session);
        String obstacle = obstacle(person, wanted.slots.get(0), null, false);
        if (obstacle != null) {
            return obstacle.replace("session-booked", "waiting-booked");
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
                stopped.reservedTaken -= each.reserved ? 1 : 0;
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
            text.append(session.taken())
                    .append('/')
                    .append(session.reservedTaken)
                    .append('/')
                    .append(session.waiting.size());
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
