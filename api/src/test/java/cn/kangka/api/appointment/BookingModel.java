package cn.kangka.api.appointment;

import cn.kangka.api.appointment.ModelParts.Booked;
import cn.kangka.api.appointment.ModelParts.Entry;
import cn.kangka.api.appointment.ModelParts.Kept;
import cn.kangka.api.appointment.ModelParts.Session;
import cn.kangka.api.appointment.ModelParts.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What booking is, told so simply that it can be believed: people, sessions with slots, and what each act does. All quotas are the
 * app's until they flow back, some units are reserved for follow-ups and referrals until then; one visit day, one department a
 * session. Answers with the status and the problem's name. What draws, queues and referrals are is told by the models beside it.
 */
final class BookingModel {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Duration HOLD = Duration.ofMinutes(5);
    private static final Duration OFFER = Duration.ofMinutes(30);
    private static final int HOLDS = 2;
    private static final int VISITS_A_DAY = 2;
    static final String OVER = "409 appointment-not-cancellable";

    /** The evening before, when lists are cleared. */
    private final Instant clears;

    final List<Session> sessions = new ArrayList<>();
    final List<Booked> bookings = new ArrayList<>();
    final List<Kept> kept = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();

    BookingModel(Instant clears) {
        this.clears = clears;
    }

    Slot slot(int session, int number) {
        return sessions.get(session).slots.get(number);
    }

    /**
     * Offers end, holds end, and what is free then goes to who waits. Acts happen within the second that the model knows, so
     * what ends in this very second has not ended yet.
     */
    void settle(Instant now) {
        for (Session session : sessions) {
            session.flowedBack = session.flowedBack || !now.isBefore(session.flowBack);
            if (!now.isBefore(clears)) {
                session.waiting.forEach(each -> each.status = "CLEARED");
                session.waiting.clear();
            }
        }
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

    /**
     * Who is booked when a reminder comes due is told, by the nearest one if several have; who booked later, or moved, knows.
     * Acts were a second ago.
     *
     * @return whether any has come due
     */
    boolean remind(Instant now) {
        boolean came = false;
        for (Booked each : bookings) {
            Instant visit = each.said == null ? each.slot.start : each.said.start;
            if (!visit.equals(each.remindedFor)) {
                each.remindedFor = visit;
                each.reminded = windows(visit, now.minusSeconds(1));
            }
            int passed = windows(visit, now);
            if (each.active() && passed > each.reminded && now.isBefore(visit)) {
                came = true;
                each.reminded = passed;
                if (each.status.equals("BOOKED")) {
                    each.told.add("booking-reminder "
                            + List.of("FIRST", "EVE", "LAST").get(passed - 1));
                }
            }
        }
        return came;
    }

    private static int windows(Instant visit, Instant now) {
        Instant eve = visit.atZone(ZONE)
                .toLocalDate()
                .minusDays(1)
                .atTime(18, 0)
                .atZone(ZONE)
                .toInstant();
        return (int) Stream.of(visit.minus(Duration.ofDays(3)), eve, visit.minus(Duration.ofHours(2)))
                .filter(due -> !due.isAfter(now))
                .count();
    }

    private void free(Kept each) {
        kept.remove(each);
        each.slot.held--;
        sessions.get(each.slot.session).reservedTaken -= each.reserved ? 1 : 0;
    }

    void offer(Session session, Instant now) {
        while (!session.stopped
                && !session.drawn
                && !session.waiting.isEmpty()
                && session.free().isPresent()) {
            Entry next = session.waiting.remove(0);
            Slot slot = session.free().orElseThrow();
            slot.held++;
            next.status = "OFFERED";
            kept.add(Kept.offer(next, slot, offerEnds(slot, now)));
        }
    }

    /** Half an hour when the visit is near, else the rest of the evening. */
    private static Instant offerEnds(Slot slot, Instant now) {
        Instant soon = now.plus(OFFER);
        Instant evening =
                now.atZone(ZONE).toLocalDate().atTime(23, 0).atZone(ZONE).toInstant();
        boolean near = !now.plus(Duration.ofHours(24)).isBefore(slot.start);
        return near || soon.isAfter(evening) ? soon : evening;
    }

    private Stream<Booked> of(int person) {
        return bookings.stream().filter(each -> each.person == person);
    }

    boolean here(int person, int session) {
        return of(person).anyMatch(each -> each.slot.session == session && each.active());
    }

    /** What is in the way whoever asks; null for nothing. */
    String obstacle(Slot wanted, Instant now) {
        Session session = sessions.get(wanted.session);
        if (session.stopped) {
            return "409 slot-closed";
        }
        if (!now.isBefore(wanted.start)) {
            return "409 slot-past";
        }
        return session.drawn ? "409 slot-by-draw" : null;
    }

    /** Which limit stops a person; those don't count what a doctor wanted. */
    String limit(int person, int session, Booked without) {
        List<Booked> counted = of(person)
                .filter(each -> each.kind == VisitKind.NORMAL && each.counts() && each != without)
                .toList();
        if (counted.stream().anyMatch(each -> each.slot.session == session)) {
            return "409 max-per-department-day";
        }
        return counted.size() >= VISITS_A_DAY ? "409 max-per-visit-day" : null;
    }

    String book(int person, Slot wanted, Kept hold, Instant now) {
        return book(person, wanted, hold, VisitKind.NORMAL, true, now);
    }

    /** By a hospital, whose channel has no quota. */
    String exempt(int person, Slot wanted, VisitKind kind, Instant now) {
        return book(person, wanted, null, kind, false, now);
    }

    private String book(int person, Slot wanted, Kept hold, VisitKind kind, boolean app, Instant now) {
        String obstacle = obstacle(wanted, now);
        if (obstacle == null && kind == VisitKind.NORMAL) {
            obstacle = limit(person, wanted.session, null);
        }
        return obstacle == null ? claim(person, wanted, hold, kind, app, now) : obstacle;
    }

    private String claim(int person, Slot wanted, Kept hold, VisitKind kind, boolean app, Instant now) {
        if (here(person, wanted.session)) {
            return "409 session-booked";
        }
        Kept own = hold == null ? offered(person, wanted) : hold;
        Optional<Entry> waits = entry(person, wanted.session);
        Session session = sessions.get(wanted.session);
        boolean reserved = own == null ? reserve(wanted, kind) : own.reserved;
        if (own == null && reserved) {
            session.reservedTaken++;
        } else if (own == null) {
            if (!wanted.room() || session.common() < 1 || !app && !session.flowedBack && !session.onePool) {
                return "409 slot-full";
            }
        } else if (!kept.contains(own) || own.reserved && kind == VisitKind.NORMAL) {
            return "409 hold-expired";
        } else {
            free(own);
            session.reservedTaken += reserved ? 1 : 0;
        }
        wanted.used++;
        bookings.add(new Booked(person, wanted, kind, reserved));
        if (kind != VisitKind.REFERRAL) {
            last().told.add("booking-made");
        }
        waits.ifPresent(entry -> end(entry, "BOOKED", now));
        return "201";
    }

    /** Whether one of the reserved units is to be had. */
    private boolean reserve(Slot wanted, VisitKind kind) {
        Session session = sessions.get(wanted.session);
        return kind != VisitKind.NORMAL
                && !session.flowedBack
                && session.reservedTaken < session.reserved
                && wanted.room();
    }

    Booked last() {
        return bookings.get(bookings.size() - 1);
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
                .filter(each -> each.person == person && each.session == session)
                .filter(each -> each.status.equals("WAITING") || each.status.equals("OFFERED"))
                .findFirst();
    }

    private void end(Entry entry, String status, Instant now) {
        entry.status = status;
        Session session = sessions.get(entry.session);
        session.waiting.remove(entry);
        kept.stream().filter(each -> each.entry == entry).findFirst().ifPresent(this::free);
        offer(session, now);
    }

    String hold(int person, Slot wanted, Instant now) {
        return hold(person, wanted, null, VisitKind.NORMAL, now);
    }

    /** For the move of a booking, which does not count against itself. */
    String holdMove(Booked booking, Slot wanted, Instant now) {
        String unmoved = unmoved(booking, wanted, now);
        return unmoved == null ? hold(booking.person, wanted, booking, kindIn(wanted, booking), now) : unmoved;
    }

    private String hold(int person, Slot wanted, Booked moves, VisitKind kind, Instant now) {
        String obstacle = obstacle(wanted, now);
        if (obstacle == null && kind == VisitKind.NORMAL) {
            obstacle = limit(person, wanted.session, moves);
        }
        if (obstacle != null) {
            return obstacle;
        }
        if (of(person).anyMatch(each -> each != moves && each.slot.session == wanted.session && each.active())) {
            return "409 session-booked";
        }
        if (kept.stream()
                        .filter(each -> each.person == person && each.entry == null)
                        .count()
                >= HOLDS) {
            return "409 too-many-holds";
        }
        boolean reserved = reserve(wanted, kind);
        if (!reserved && (!wanted.room() || sessions.get(wanted.session).common() < 1)) {
            return "409 slot-full";
        }
        sessions.get(wanted.session).reservedTaken += reserved ? 1 : 0;
        wanted.held++;
        kept.add(Kept.hold(person, wanted, now.plus(HOLD), moves, reserved));
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
        if (!booking.status.equals("BOOKED") || !now.isBefore(booking.slot.start)) {
            return OVER;
        }
        giveUp(booking, now);
        booking.told.add("booking-cancelled");
        return "200";
    }

    /** Exactly one unit comes back, to the reserve if it was the reserve's. */
    void giveUp(Booked booking, Instant now) {
        booking.status = "CANCELLED";
        booking.slot.used--;
        Session session = sessions.get(booking.slot.session);
        session.reservedTaken -= booking.reserved ? 1 : 0;
        offer(session, now);
    }

    /**
     * The old unit goes to who waits before the new one is looked for; when that is full, nothing has happened. What a doctor
     * wanted stays that within its department.
     */
    String move(Booked booking, Slot wanted, Kept hold, Instant now) {
        String obstacle = unmoved(booking, wanted, now);
        VisitKind kind = kindIn(wanted, booking);
        if (obstacle == null) {
            obstacle = obstacle(wanted, now);
        }
        if (obstacle == null && kind == VisitKind.NORMAL) {
            obstacle = limit(booking.person, wanted.session, booking);
        }
        if (obstacle != null) {
            return obstacle;
        }
        Runnable undo = Memory.of(this);
        giveUp(booking, now);
        String answer = claim(booking.person, wanted, hold, kind, true, now);
        if (answer.equals("201")) {
            booking.movedTo = last();
            last().told.clear();
            last().told.add("booking-moved");
        } else {
            undo.run();
        }
        return answer;
    }

    private static VisitKind kindIn(Slot wanted, Booked booking) {
        return booking.slot.session == wanted.session ? booking.kind : VisitKind.NORMAL;
    }

    /** Why a booking cannot be moved there, whatever is free; null when it can. */
    private static String unmoved(Booked booking, Slot wanted, Instant now) {
        if (!booking.status.equals("BOOKED") || !now.isBefore(booking.slot.start)) {
            return OVER;
        }
        return wanted == booking.slot ? "422 invalid" : null;
    }

    String enter(int person, Slot slot, Instant now) {
        if (entry(person, slot.session).isPresent()) {
            return "201";
        }
        String obstacle = obstacle(slot, now);
        if (obstacle != null) {
            return obstacle;
        }
        if (!now.isBefore(clears)) {
            return "409 waiting-closed";
        }
        String limit = limit(person, slot.session, null);
        if (limit != null) {
            return limit;
        }
        Session wanted = sessions.get(slot.session);
        if (here(person, slot.session)) {
            return "409 waiting-booked";
        }
        if (wanted.free().isPresent()) {
            return "409 waiting-not-full";
        }
        waits(person, slot.session);
        return "201";
    }

    void waits(int person, int session) {
        Entry entry = new Entry(person, session);
        entries.add(entry);
        sessions.get(session).waiting.add(entry);
    }

    void leave(Entry entry, Instant now) {
        end(entry, "LEFT", now);
    }

    /**
     * By the hospital: it does not have the unit, so nobody gets it. Who had moved there has the old unit again, if it is still to
     * be had and the hospital had never accepted the new one: that is {@link #last} then.
     *
     * @return whether they have
     */
    boolean refused(Booked booking, Instant now) {
        if (!booking.status.equals("BOOKED")) {
            return false;
        }
        booking.status = "REFUSED";
        booking.slot.used--;
        booking.slot.blocked++;
        booking.told.add("booking-refused");
        Booked old = movedFrom(booking);
        boolean back = old != null
                && !booking.accepted
                && old.status.equals("CANCELLED")
                && now.isBefore(old.slot.start)
                && claim(old.person, old.slot, null, booking.kind, true, now).equals("201");
        if (back) {
            last().told.clear();
            booking.movedTo = last();
        }
        return back;
    }

    /** Of those that were given up for it one after the other the newest that the hospital had accepted, else the last. */
    private Booked movedFrom(Booked booking) {
        Booked last = before(booking);
        Booked each = last;
        while (each != null && each.status.equals("CANCELLED") && !each.accepted && before(each) != null) {
            each = before(each);
        }
        return each != null && each.status.equals("CANCELLED") && each.accepted ? each : last;
    }

    private Booked before(Booked booking) {
        return bookings.stream()
                .filter(each -> each.movedTo == booking)
                .findFirst()
                .orElse(null);
    }

    /** The clinic does not take place; {@link QueueModel} has said who was seen before. */
    void stop(int session) {
        Session stopped = sessions.get(session);
        stopped.stopped = true;
        stopped.drawn = false;
        for (Booked each : bookings) {
            if (each.slot.session == session && each.active()) {
                each.status = "STOPPED";
                each.told.add("clinic-stopped");
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
}
