package cn.kangka.api.referral;

/** What the person said to sharing the documents (PIPL art. 29, separate consent). */
public enum Consent {
    /** No documents, nothing to agree to. */
    NONE,
    ASKED,
    /** In the app. */
    GIVEN,
    /** Signed at the referring institution. */
    PAPER,
    /** Refused, or withdrawn. */
    REFUSED;

    boolean given() {
        return this == GIVEN || this == PAPER;
    }

    /** After the person agreed or not; without documents nothing changes. */
    Consent said(boolean agree) {
        if (this == NONE) {
            return NONE;
        }
        return agree ? (this == PAPER ? PAPER : GIVEN) : REFUSED;
    }
}
