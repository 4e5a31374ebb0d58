package cn.kangka.empi.person;

/**
 * Why an identity is linked as it is.
 *
 * @param manual whether a human decided
 * @param rule id of the rule, or of the kind of act
 * @param score probability, 0–1; null when none was computed
 * @param reason what the human gave as reason; null for rules
 * @param actor the human's id; null for rules
 */
public record LinkDecision(boolean manual, String rule, Double score, String reason, String actor) {
    /** A rule decided. */
    public static LinkDecision rule(String rule, double score) {
        return new LinkDecision(false, rule, score, null, null);
    }

    /** A human, or a hospital's registrar by message, decided. */
    public static LinkDecision manual(String rule, String reason, String actor) {
        return new LinkDecision(true, rule, null, reason, actor);
    }

    String decidedBy() {
        return manual ? "MANUAL" : "AUTO";
    }
}
