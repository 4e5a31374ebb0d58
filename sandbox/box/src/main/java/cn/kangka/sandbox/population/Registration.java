package cn.kangka.sandbox.population;

/**
 * One hospital's record of a resident.
 *
 * @param number 0 for the resident's first registration, which is free of errors
 * @param localId the hospital's own number for the patient
 * @param written what the clerk wrote down
 * @param wrong whether that differs from the truth
 */
public record Registration(int number, String source, String localId, Resident written, boolean wrong) {
    /** Names the registration in the whole region. */
    public String key() {
        return written.index() + "." + number;
    }
}
