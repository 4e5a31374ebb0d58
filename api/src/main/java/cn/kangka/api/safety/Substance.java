package cn.kangka.api.safety;

/**
 * What somebody is allergic to, or what is prescribed.
 *
 * @param atc ATC code; null when the hospital gave none
 * @param text as the hospital wrote it
 */
record Substance(String atc, String text) {
    /** Names what a patient has or takes: never shown. */
    @Override
    public String toString() {
        return "a substance";
    }
}
