package cn.kangka.empi.matching.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How common values are, as parameters carry it to where single records are scored.
 *
 * @param listed the share of records that have a value, above 0, at most 1; common values only, so that none names a person
 * @param rest what may be expected of any other value
 */
public record ValueShares(Map<String, Double> listed, double rest) {
    public ValueShares {
        listed = Collections.unmodifiableMap(new LinkedHashMap<>(listed));
    }

    /** The share of records that have a value. */
    public double share(String value) {
        Double share = listed.get(value);
        return share == null ? rest : share;
    }
}
