package cn.kangka.api.referral;

import io.quarkus.arc.Arc;

/** The job that follows what bookings and time do to referrals, for tests of other packages. */
public final class ReferralTime {
    /** A booking that was moved is followed step by step. */
    private static final int STEPS = 3;

    private ReferralTime() {}

    public static void runs() {
        ReferralUpkeep upkeep = Arc.container().instance(ReferralUpkeep.class).get();
        for (int i = 0; i < STEPS; i++) {
            upkeep.run().await().indefinitely();
        }
    }
}
