package cn.kangka.api.referral;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Referrals between institutions. */
@ConfigMapping(prefix = "kangka.referral")
public interface ReferralConfig {
    /** After so many days without a booking a referral expires; an answer begins them anew. */
    @WithDefault("30")
    int validDays();

    /** Account level that reading and answering one's referrals takes: they tell of health. */
    @WithDefault("2")
    int level();

    /** How often bookings and time are looked at. */
    @WithDefault("15s")
    String upkeepEvery();

    /** How many referrals one round of that looks at. */
    @WithDefault("500")
    int upkeepBatch();
}
