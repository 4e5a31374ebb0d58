package cn.kangka.api.schedule;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * What is repeated every week.
 *
 * @param weekday 1 Monday to 7 Sunday
 * @param role code of who works where
 * @param minutes length of a band
 * @param units of each band
 * @param remote its visits are by video
 * @param to last day; null for ever
 */
record Template(
        UUID id,
        int weekday,
        String half,
        String department,
        String doctor,
        String role,
        LocalTime firstBand,
        int minutes,
        int bands,
        int units,
        BigDecimal fee,
        boolean draw,
        boolean remote,
        LocalDate from,
        LocalDate to) {

    boolean holds(LocalDate day) {
        return !day.isBefore(from) && (to == null || !day.isAfter(to));
    }

    Template by(String other) {
        return with(other, remote);
    }

    Template remote(boolean other) {
        return with(role, other);
    }

    private Template with(String who, boolean byVideo) {
        return new Template(
                id,
                weekday,
                half,
                department,
                doctor,
                who,
                firstBand,
                minutes,
                bands,
                units,
                fee,
                draw,
                byVideo,
                from,
                to);
    }

    String modality() {
        return remote ? "REMOTE" : "IN_PERSON";
    }

    /**
     * The code of its session on a day. It has a fingerprint of everything that must not change under a booking (who, when,
     * where, how much), so a changed template is another session.
     */
    String code(LocalDate day) {
        CRC32 print = new CRC32();
        String what = role + "|" + firstBand + "|" + minutes + "|" + bands + "|"
                + fee.stripTrailingZeros().toPlainString() + "|" + draw
                + (remote
                        ? "|REMOTE"
                        : ""); // What was laid out before there were remote ones is still the same session.
        print.update(what.getBytes(StandardCharsets.UTF_8));
        return "T-" + id + "-" + day + "-" + Long.toHexString(print.getValue());
    }
}
