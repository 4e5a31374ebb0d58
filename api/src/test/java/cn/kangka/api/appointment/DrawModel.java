package cn.kangka.api.appointment;

import cn.kangka.api.appointment.ModelParts.Session;
import cn.kangka.api.appointment.ModelParts.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A draw: people enter until it closes; then units go to them in an order that is none of this model's business. */
final class DrawModel {
    /** Somebody in the draw. */
    static final class Lot {
        final int person;
        final Slot wanted;
        final boolean waiting;
        String status = "ENTERED";
        ModelParts.Booked booking;

        Lot(int person, Slot wanted, boolean waiting) {
            this.person = person;
            this.wanted = wanted;
            this.waiting = waiting;
        }
    }

    private final BookingModel model;
    private final int number;
    private final Session session;
    final List<Lot> lots = new ArrayList<>();
    String status = "OPEN";

    DrawModel(BookingModel model, int session) {
        this.model = model;
        this.number = session;
        this.session = model.sessions.get(session);
        this.session.drawn = true;
    }

    Optional<Lot> standing(int person) {
        return lots.stream()
                .filter(each -> each.person == person && each.status.equals("ENTERED"))
                .findFirst();
    }

    String enter(int person, Slot wanted, boolean waiting, Instant now) {
        if (wanted.session == number && standing(person).isPresent()) {
            return "201";
        }
        String obstacle = model.obstacle(wanted, now);
        if (obstacle != null && !obstacle.equals("409 slot-by-draw")) {
            return obstacle;
        }
        if (wanted.session != number) {
            return "409 draw-not-by-lot";
        }
        if (!status.equals("OPEN")) {
            return "409 draw-closed";
        }
        String limit = model.limit(person, number, null);
        if (limit != null) {
            return limit;
        }
        lots.add(new Lot(person, wanted, waiting));
        return "201";
    }

    /** The same again changes nothing; nobody leaves a list that is closed. */
    String leave(Lot lot) {
        if (lot.status.equals("ENTERED") && !status.equals("OPEN")) {
            return "409 draw-closed";
        }
        lot.status = lot.status.equals("ENTERED") ? "LEFT" : lot.status;
        return "204";
    }

    void closes() {
        status = status.equals("OPEN") ? "CLOSED" : status;
    }

    List<Lot> list() {
        return lots.stream().filter(each -> !each.status.equals("LEFT")).toList();
    }

    /** One after the other gets the band they want, or the earliest other one; whoever may not book is passed over. */
    void draws(List<Lot> order, Instant now) {
        for (Lot each : order) {
            if (model.limit(each.person, number, null) != null) {
                each.status = "PASSED";
                continue;
            }
            Optional<Slot> unit = session.free().map(first -> each.wanted.room() ? each.wanted : first);
            if (unit.isEmpty()) {
                break;
            }
            each.status = "WON";
            each.booking = new ModelParts.Booked(each.person, unit.get(), VisitKind.NORMAL, false);
            unit.get().used++;
            each.booking.told.add("draw-won");
            model.bookings.add(each.booking);
        }
        for (Lot each : order) {
            if (each.status.equals("ENTERED")) {
                each.status = "LOST";
                if (each.waiting) {
                    model.waits(each.person, number);
                }
            }
        }
        status = "DONE";
        session.drawn = false;
        session.onePool = true;
        model.offer(session, now);
    }

    void stop() {
        if (status.equals("OPEN") || status.equals("CLOSED")) {
            status = "STOPPED";
            lots.stream().filter(each -> each.status.equals("ENTERED")).forEach(each -> each.status = "STOPPED");
        }
    }
}
