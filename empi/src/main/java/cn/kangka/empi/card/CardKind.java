package cn.kangka.empi.card;

/** What a card is. */
public enum CardKind {
    /** The region's one health card (健康卡); the only kind that gives dynamic codes. */
    REGIONAL,
    /** A hospital's own card (就诊卡), known by its number there. */
    HOSPITAL
}
