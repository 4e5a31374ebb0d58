package cn.kangka.api.appointment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the models of bookings, draws, queues and referrals speak of. */
final class ModelParts {
    private ModelParts() {}

    /** A band. */
    static final class Slot {
        final int session;
        final int number;
        final Instant start;
        final int capacity;
        int used;
        int held;
        int blocked;

        Slot(int session, int number, Instant start, int capacity) {
            this.session = session;
            this.number = number;
            this.start = start;
            this.capacity = capacity;
        }

        boolean room() {
            return used + held + blocked < capacity;
        }

        Instant end() {
            return start.plus(Duration.ofMinutes(30));
        }
    }

    /** A unit that is kept: a hold of a person's own, or an offer to who waits. */
    static final class Kept {
        final int person;
        final Slot slot;
        final Instant until;
        final Entry entry;
        /** The booking that is to be moved here. */
        final Booked moves;

        final boolean reserved;

        private Kept(int person, Slot slot, Instant until, Entry entry, Booked moves, boolean reserved) {
            this.person = person;
            this.slot = slot;
            this.until = until;
            this.entry = entry;
            this.moves = moves;
            this.reserved = reserved;
        }

        static Kept offer(Entry entry, Slot slot, Instant until) {
            return new Kept(entry.person, slot, until, entry, null, false);
        }

        static Kept hold(int person, Slot slot, Instant until, Booked moves, boolean reserved) {
            return new Kept(person, slot, until, null, moves, reserved);
        }
    }

    /** A place on a waiting list. */
    static final class Entry {
        final int person;
        final int session;
        String status = "WAITING";

        Entry(int person, int session) {
            this.person = person;
            this.session = session;
        }
    }

    /** A booking. */
    static final class Booked {
        final int person;
        final VisitKind kind;
        final boolean reserved;
        Slot slot;
        String status = "BOOKED";
        Booked movedTo;
        boolean accepted;
        /** What the person was told of it. */
        final List<String> told = new ArrayList<>();

        /** The band in which the hospital has it, where it could not be moved to. */
        Slot said;

        /** The visit for which windows of reminders were counted, and how many have passed. */
        Instant remindedFor;

        int reminded;

        Booked(int person, Slot slot, VisitKind kind, boolean reserved) {
            this.person = person;
            this.slot = slot;
            this.kind = kind;
            this.reserved = reserved;
        }

        boolean active() {
            return status.equals("BOOKED") || status.equals("CHECKED_IN");
        }

        /** It took place, will, or would have. */
        boolean counts() {
            return active() || status.equals("COMPLETED") || status.equals("MISSED");
        }
    }

    /** A doctor's half-day. */
    static final class Session {
        final int bookable;
        final List<Slot> slots = new ArrayList<>();
        final List<Entry> waiting = new ArrayList<>();
        int reserved;
        int reservedTaken;
        Instant flowBack;
        boolean flowedBack;
        /** Drawn: what is left every channel may take, except what is reserved. */
        boolean onePool;

        boolean stopped;
        boolean drawn;

        Session(int bookable, int reserved, Instant flowBack) {
            this.bookable = bookable;
            this.reserved = reserved;
            this.flowBack = flowBack;
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

        Instant end() {
            return slots.get(slots.size() - 1).end();
        }
    }
}
