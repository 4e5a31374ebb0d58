package cn.kangka.empi.card;

import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;

/** Refusals of cards and codes; each has a page in docs/problems. */
final class CardProblems {
    private CardProblems() {}

    /** The card is lost: refused everywhere. */
    static HttpProblem lost() {
        return Problems.refused("card-lost", "card.lost", null);
    }

    /** The card is frozen, replaced, cancelled or not yet active. */
    static HttpProblem notActive() {
        return Problems.refused("card-not-active", "card.active", null);
    }

    /** Only the regional card gives codes. */
    static HttpProblem withoutCodes() {
        return Problems.refused("card-without-codes", "card.codes-of-regional-card", null);
    }

    static HttpProblem codeUsed() {
        return Problems.refused("card-code-used", "card.code-once", null);
    }

    static HttpProblem codeExpired() {
        return Problems.refused("card-code-expired", "card.code-life", null);
    }

    static HttpProblem codeUnknown() {
        return Problems.of(404, "card-code-unknown");
    }

    /** The life cycle does not allow it. */
    static HttpProblem changeImpossible(CardStatus status) {
        return status == CardStatus.LOST
                ? lost()
                : Problems.refused("card-change-impossible", "card.life-cycle", null, status.name());
    }
}
