package cn.kangka.api.referral;

import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;

/** How an act on a referral is refused. */
final class ReferralRefusals {
    private ReferralRefusals() {}

    static HttpProblem state() {
        return Problems.refused("referral-state", "referral.state", null);
    }
}
