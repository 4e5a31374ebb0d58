package cn.kangka.api.record;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;

/**
 * One value of a report as the hospital sent it.
 *
 * @param loinc LOINC code; null when the hospital gave none
 * @param code the hospital's own code; null when it gave none
 * @param name what people read
 * @param comparator {@code <}, {@code <=}, {@code >} or {@code >=} before the value; null for an exact one
 * @param value null when the value is text
 * @param unit as printed; null when there is none
 * @param text null when the value is a number
 * @param flag N, L, H, LL, HH or A (abnormal); null when not judged
 * @param low lower limit of the reference range; null when open or absent
 * @param high upper limit; null when open or absent
 * @param range the reference range as printed
 * @param at when the specimen was taken or the value measured; null when unknown
 */
record ReceivedObservation(
        String loinc,
        String code,
        String name,
        String comparator,
        BigDecimal value,
        String unit,
        String text,
        String flag,
        BigDecimal low,
        BigDecimal high,
        String range,
        Instant at) {
    static final Set<String> FLAGS = Set.of("N", "L", "H", "LL", "HH", "A");

    boolean abnormal() {
        return flag != null && !flag.equals("N");
    }
}
