package cn.kangka.empi.linking;

import cn.kangka.empi.review.Doubt;
import java.util.List;
import java.util.UUID;

/**
 * What a model says of an identity.
 *
 * @param joins the persons that it, with the rest of its own person, is one human with; the best agreement first
 * @param move the person that it moves to, away from the rest of its own; null when it stays
 * @param leaves the rest of its own person when it no longer fits them; null when it does, or there is none
 * @param doubts pairs for a human to look at
 */
record Decision(List<Join> joins, Join move, Join leaves, List<Doubt> doubts) {
    /**
     * @param with the identity that speaks most for it
     * @param probability of the pair that speaks most for it, 0–1
     * @param rule what decided: a certain rule, or the model's version
     */
    record Join(UUID person, UUID with, double probability, String rule) {}

    /** All persons that something is done to. */
    List<UUID> touched() {
        return move == null ? joins.stream().map(Join::person).toList() : List.of(move.person());
    }
}
