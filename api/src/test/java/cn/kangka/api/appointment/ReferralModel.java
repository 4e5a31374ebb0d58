package cn.kangka.api.appointment;

import cn.kangka.api.appointment.ModelParts.Booked;
import cn.kangka.api.appointment.ModelParts.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Referrals: asked, answered, booked, and followed by whatever becomes of the booking. */
final class ReferralModel {
    private static final String STATE = "409 referral-state";
    private static final String OTHERS = "403 forbidden";
    private static final Set<String> CAME = Set.of("CHECKED_IN", "COMPLETED");

    /** Somebody is referred. */
    static final class Referral {
        final int person;
        String status;
        Booked booking;
        /** The booking that ended and left it open. */
        Booked letGo;

        Referral(int person, Booked booking) {
            this.person = person;
            this.booking = booking;
            this.status = booking == null ? "REQUESTED" : "BOOKED";
        }

        boolean open() {
            return Set.of("REQUESTED", "ACCEPTED", "BOOKED").contains(status);
        }
    }

    private final BookingModel model;
    final List<Referral> referrals = new ArrayList<>();
    /** Missed visits that a referral went on without; who comes after all when it is open no more is seen there without one. */
    final Set<Booked> gaveUpOn = new HashSet<>();

    ReferralModel(BookingModel model) {
        this.model = model;
    }

    /** With a unit at once, or without one. */
    String make(int person, Slot slot, Instant now) {
        String answer = slot == null ? "201" : model.exempt(person, slot, VisitKind.REFERRAL, now);
        if (answer.equals("201")) {
            referrals.add(new Referral(person, slot == null ? null : model.last()));
        }
        return answer;
    }

    /** By who is asked. */
    String accept(Referral referral, boolean sender) {
        if (sender) {
            return OTHERS;
        }
        if (referral.status.equals("REQUESTED")) {
            referral.status = "ACCEPTED";
        }
        return referral.status.equals("ACCEPTED") ? "200" : STATE;
    }

    /** With a unit, by either side. */
    String book(Referral referral, Slot slot, Instant now) {
        if (referral.status.equals("BOOKED")) {
            return referral.booking.slot == slot ? "200" : STATE;
        }
        if (!referral.open()) {
            return STATE;
        }
        String answer = model.exempt(referral.person, slot, VisitKind.REFERRAL, now);
        if (!answer.equals("201")) {
            return answer;
        }
        referral.status = "BOOKED";
        referral.booking = model.last();
        return "200";
    }

    /** By who is asked; the unit comes back. */
    String decline(Referral referral, boolean sender, Instant now) {
        return sender ? OTHERS : ends(referral, "DECLINED", now);
    }

    /** By who referred, or the person. */
    String cancel(Referral referral, boolean receiver, Instant now) {
        return receiver ? OTHERS : ends(referral, "CANCELLED", now);
    }

    private String ends(Referral referral, String end, Instant now) {
        if (referral.open()) {
            if (referral.booking != null) {
                model.giveUp(referral.booking, now);
            }
            referral.status = end;
        }
        return referral.status.equals(end) ? "200" : STATE;
    }

    String seen(Referral referral, boolean sender) {
        if (sender) {
            return OTHERS;
        }
        if (referral.status.equals("ACCEPTED") || referral.status.equals("BOOKED")) {
            referral.status = "SEEN";
        }
        return referral.status.equals("SEEN") ? "200" : STATE;
    }

    String reportsBack(Referral referral, boolean sender) {
        if (sender) {
            return OTHERS;
        }
        if (referral.status.equals("SEEN")) {
            referral.status = "REPORTED_BACK";
        }
        return referral.status.equals("REPORTED_BACK") ? "200" : STATE;
    }

    /** After every act: a referral is where its booking is. */
    void follow() {
        for (Referral each : referrals) {
            if (each.status.equals("ACCEPTED") && each.letGo != null && CAME.contains(each.letGo.status)) {
                each.status = "SEEN";
            }
            if (!each.status.equals("BOOKED")) {
                continue;
            }
            while (each.booking.movedTo != null && each.booking.movedTo.kind == VisitKind.REFERRAL) {
                each.booking = each.booking.movedTo;
            }
            switch (each.booking.status) {
                case "BOOKED" -> {}
                case "CHECKED_IN", "COMPLETED" -> each.status = "SEEN";
                default -> {
                    if (each.booking.status.equals("MISSED")) {
                        gaveUpOn.add(each.booking);
                    }
                    each.status = "ACCEPTED";
                    each.letGo = each.booking;
                    each.booking = null;
                }
            }
        }
    }

    /** A month later. */
    void lapse() {
        referrals.stream()
                .filter(each -> each.status.equals("REQUESTED") || each.status.equals("ACCEPTED"))
                .forEach(each -> each.status = "EXPIRED");
    }
}
