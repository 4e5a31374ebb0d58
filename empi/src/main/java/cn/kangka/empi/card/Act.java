package cn.kangka.empi.card;

/**
 * Who changes a card, and why.
 *
 * @param who a person's, clerk's or rule's id, such as {@code person}, {@code registrar:li} or {@code rule:card.issue};
 *     never a name
 * @param channel where it was asked for, such as {@code app} or {@code call-centre}; {@code system} for rules
 * @param reason why; null when the change explains itself
 */
record Act(String who, String channel, String reason) {
    private static final String SYSTEM = "system";

    /** A rule of the region acts. */
    static Act rule(String rule, String reason) {
        return new Act("rule:" + rule, SYSTEM, reason);
    }

    /** The holder acts through a channel. */
    static Act holder(String channel, String reason) {
        return new Act("holder", channel, reason);
    }
}
