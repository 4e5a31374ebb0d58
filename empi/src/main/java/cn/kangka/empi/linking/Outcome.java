package cn.kangka.empi.linking;

import java.util.List;

/**
 * What a load made of one row.
 *
 * @param line of the file
 * @param localId of the patient; null when the row has none
 * @param with {@code source|localId} of the patient of whom there was most evidence that it is the same human; null when
 *     there is none
 * @param probability of that pair, 0–1; null when there is none
 * @param rule what decided; null when nothing had to be
 * @param asks {@code source|localId} of those that a registrar is asked about
 * @param remarks what could not be read, or why the row was rejected
 */
public record Outcome(
        long line,
        String localId,
        Kind kind,
        String with,
        Double probability,
        String rule,
        List<String> asks,
        List<String> remarks) {
    /** In one word. */
    public enum Kind {
        /** Belongs to a person that was there. */
        LINKED,
        /** Is a person of its own. */
        MADE,
        /** Is a person of its own until a registrar has looked. */
        REVIEW,
        /** Was there, with other data. */
        CHANGED,
        /** Was there as it is, or newer. */
        UNCHANGED,
        /** Cannot be taken. */
        REJECTED
    }

    static Outcome rejected(long line, String localId, List<String> remarks) {
        return new Outcome(line, localId, Kind.REJECTED, null, null, null, List.of(), remarks);
    }

    static Outcome of(Batch.Row row, Kind kind) {
        return new Outcome(row.line(), row.told().localId(), kind, null, null, null, List.of(), row.remarks());
    }
}
