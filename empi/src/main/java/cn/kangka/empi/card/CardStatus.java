package cn.kangka.empi.card;

/** Where a card is in its life. */
public enum CardStatus {
    /** Asked for, not yet usable. */
    APPLIED,
    ACTIVE,
    /** Stopped for a while by the registrar. */
    FROZEN,
    /** Reported lost: refused everywhere; the report may be lifted for some days. */
    LOST,
    /** Another card took its place. */
    REPLACED,
    CANCELLED
}
