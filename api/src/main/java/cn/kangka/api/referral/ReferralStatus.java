package cn.kangka.api.referral;

/** Where a referral stands (FHIR {@code Task.status} in brackets). */
public enum ReferralStatus {
    /** Asked (requested). */
    REQUESTED,
    /** The other institution takes the person; no time yet (accepted). */
    ACCEPTED,
    /** A unit is booked (in-progress). */
    BOOKED,
    /** The person was there (in-progress). */
    SEEN,
    /** The other institution wrote what it found (completed). */
    REPORTED_BACK,
    /** The other institution does not take the person (rejected). */
    DECLINED,
    /** By the person or who referred (cancelled). */
    CANCELLED,
    /** Nobody did anything in time (failed). */
    EXPIRED;

    /** Whether anything can still happen before the visit. */
    boolean open() {
        return this == REQUESTED || this == ACCEPTED || this == BOOKED;
    }

    /** Whether reason and documents are the other institution's business: it may treat the person, or did. */
    boolean shared() {
        return open() || this == SEEN || this == REPORTED_BACK;
    }
}
