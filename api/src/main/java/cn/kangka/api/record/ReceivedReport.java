package cn.kangka.api.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One version of a report as the hospital sent it.
 *
 * @param identity whose it is: the hospital's own record of the patient
 * @param source the hospital's id
 * @param number the hospital's number of the report (filler order number, OBR-3)
 * @param code LOINC code of the whole report; null when there is none
 * @param category such as LAB or RAD (HL7 table 0074); null when there is none
 * @param hospital the hospital's name, for people
 * @param effectiveAt when the specimen was taken or the examination made; null when unknown
 * @param conclusion null when there is none
 */
record ReceivedReport(
        UUID identity,
        String source,
        String number,
        ReportStatus status,
        String code,
        String title,
        String category,
        String hospital,
        Instant effectiveAt,
        Instant issuedAt,
        String conclusion,
        List<ReceivedObservation> observations) {

    int abnormal() {
        return (int) observations.stream().filter(ReceivedObservation::abnormal).count();
    }

    /**
     * Changes when anything does that a reader would see. The time of issue is left out: a hospital that sends none has
     * the time of its message there, and a repeated message is no correction.
     */
    byte[] fingerprint() {
        String content = identity + "|" + status + "|" + code + "|" + title + "|" + category + "|" + effectiveAt + "|"
                + conclusion + "|"
                + observations.stream().map(ReceivedObservation::toString).collect(Collectors.joining("|"));
        try {
            return MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Names what a patient has: never shown. */
    @Override
    public String toString() {
        return "a report of " + source;
    }
}
