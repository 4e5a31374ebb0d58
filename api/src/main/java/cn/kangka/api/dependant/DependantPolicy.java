package cn.kangka.api.dependant;

import java.time.LocalDate;

/**
 * Who has to agree that somebody books for a person.
 *
 * @param consentAge from then on a minor with an account of their own is asked (PIPL: below 14 the guardian decides)
 * @param adultAge from then on nobody but the person
 */
record DependantPolicy(int consentAge, int adultAge) {
    /** On what it rests. */
    enum Ground {
        /** A guardian's, until the person comes of age. */
        MINOR,
        /** The person's own agreement. */
        CONSENT
    }

    /**
     * What it takes.
     *
     * @param birth null when unknown: then as for an adult
     * @param ownAccount whether the person has an account of their own
     */
    Ground ground(LocalDate birth, boolean ownAccount, LocalDate today) {
        boolean asked = ownAccount && reached(birth, consentAge, today);
        return reached(birth, adultAge, today) || asked ? Ground.CONSENT : Ground.MINOR;
    }

    /** Whether it still holds. */
    boolean holds(Ground ground, LocalDate birth, LocalDate today) {
        return ground == Ground.CONSENT || !reached(birth, adultAge, today);
    }

    private static boolean reached(LocalDate birth, int age, LocalDate today) {
        return birth == null || !birth.plusYears(age).isAfter(today);
    }
}
