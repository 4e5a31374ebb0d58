package cn.kangka.api.draw;

/**
 * Where a draw stands: OPEN for entries, CLOSED (its list and digest are public), DRAWN (the seed is public, units are being
 * given), DONE, or STOPPED with the clinic.
 */
public enum DrawStatus {
    OPEN,
    CLOSED,
    DRAWN,
    DONE,
    STOPPED
}
