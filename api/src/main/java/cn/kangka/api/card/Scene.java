package cn.kangka.api.card;

/** What a card is used for. */
enum Scene {
    REGISTRATION,
    LAB,
    PHARMACY,
    PAYMENT,
    WARD
}
