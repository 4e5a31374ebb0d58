package cn.kangka.api.referral;

import static cn.kangka.api.referral.ReferralStatus.ACCEPTED;
import static cn.kangka.api.referral.ReferralStatus.BOOKED;
import static cn.kangka.api.referral.ReferralStatus.CANCELLED;
import static cn.kangka.api.referral.ReferralStatus.DECLINED;
import static cn.kangka.api.referral.ReferralStatus.EXPIRED;
import static cn.kangka.api.referral.ReferralStatus.REPORTED_BACK;
import static cn.kangka.api.referral.ReferralStatus.REQUESTED;
import static cn.kangka.api.referral.ReferralStatus.SEEN;

import java.util.Set;

/** Who may do what with a referral, and where that leads: one table, nothing else moves one. */
final class ReferralPolicy {
    private ReferralPolicy() {}

    /** Who acts. */
    enum Side {
        /** The institution that refers. */
        SENDER,
        /** The institution that is asked. */
        RECEIVER,
        PERSON,
        /** The region itself: what time and bookings do. */
        REGION
    }

    /** What is done. */
    @SuppressWarnings("ImmutableEnumChecker") // Its sets are made by Set.of.
    enum Act {
        ACCEPT(ACCEPTED, Set.of(Side.RECEIVER), Set.of(REQUESTED)),
        BOOK(BOOKED, Set.of(Side.SENDER, Side.RECEIVER), Set.of(REQUESTED, ACCEPTED)),
        /** The booking ended without a visit. */
        UNBOOK(ACCEPTED, Set.of(Side.REGION), Set.of(BOOKED)),
        /** The person took what was kept for them when the clinic was stopped. */
        BOOK_INSTEAD(BOOKED, Set.of(Side.REGION), Set.of(ACCEPTED)),
        DECLINE(DECLINED, Set.of(Side.RECEIVER), Set.of(REQUESTED, ACCEPTED, BOOKED)),
        CANCEL(CANCELLED, Set.of(Side.SENDER, Side.PERSON), Set.of(REQUESTED, ACCEPTED, BOOKED)),
        SEE(SEEN, Set.of(Side.RECEIVER, Side.REGION), Set.of(ACCEPTED, BOOKED)),
        REPORT_BACK(REPORTED_BACK, Set.of(Side.RECEIVER), Set.of(SEEN)),
        EXPIRE(EXPIRED, Set.of(Side.REGION), Set.of(REQUESTED, ACCEPTED));

        private final ReferralStatus to;
        private final Set<Side> sides;
        private final Set<ReferralStatus> from;

        Act(ReferralStatus to, Set<Side> sides, Set<ReferralStatus> from) {
            this.to = to;
            this.sides = sides;
            this.from = from;
        }

        ReferralStatus to() {
            return to;
        }
    }

    /** What becomes of an act. */
    enum Verdict {
        MOVE,
        /** It is there already: the same answer again. */
        ALREADY,
        /** Another side's act. */
        NOT_YOURS,
        /** Not from this state. */
        IMPOSSIBLE
    }

    static Verdict decide(ReferralStatus status, Act act, Set<Side> sides) {
        if (act.sides.stream().noneMatch(sides::contains)) {
            return Verdict.NOT_YOURS;
        }
        if (act.from.contains(status)) {
            return Verdict.MOVE;
        }
        return status == act.to ? Verdict.ALREADY : Verdict.IMPOSSIBLE;
    }
}
