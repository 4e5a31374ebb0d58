package cn.kangka.api.draw;

/**
 * Where an entry stands: ENTERED, then WON (booked), LOST, PASSED (its turn came and a rule of booking forbade it), LEFT by the
 * person, or STOPPED with the clinic.
 */
public enum DrawEntryStatus {
    ENTERED,
    LEFT,
    WON,
    LOST,
    PASSED,
    STOPPED
}
