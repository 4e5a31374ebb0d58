package cn.kangka.empi.card;

/** What can happen to a card. */
public enum CardChange {
    ISSUE(CardStatus.ACTIVE),
    FREEZE(CardStatus.FROZEN),
    THAW(CardStatus.ACTIVE),
    REPORT_LOST(CardStatus.LOST),
    LIFT_LOSS(CardStatus.ACTIVE),
    REPLACE(CardStatus.REPLACED),
    CANCEL(CardStatus.CANCELLED);

    private final CardStatus after;

    CardChange(CardStatus after) {
        this.after = after;
    }

    /** The status that the change leads to. */
    public CardStatus after() {
        return after;
    }
}
