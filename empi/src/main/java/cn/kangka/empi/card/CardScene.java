package cn.kangka.empi.card;

/** Where in an institution a card is used. */
public enum CardScene {
    REGISTRATION,
    LAB,
    PHARMACY,
    PAYMENT,
    WARD
}
