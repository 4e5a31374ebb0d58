package cn.kangka.empi.matching.training;

import cn.kangka.empi.matching.record.Field;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.record.Value;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How common what a level compares is among the records: names for an exact level, their pinyin for homophones. From it
 * comes the chance that a stranger agrees with a value on that level and on no better one.
 */
public final class FormCounts {
    /** A value that fewer records share could name somebody, and has no place in parameters. */
    private static final int FEWEST = 10;

    private static final int MOST_LISTED = 2_000;

    private final Field field;
    private final int level;
    private final double present;
    private final Map<String, Integer> counts = new HashMap<>();
    private final FormCounts better;

    private FormCounts(RecordSet records, int number, int level, FormCounts better) {
        this.field = records.fields().get(number);
        this.level = level;
        this.better = better;
        this.present = records.present(number);
        for (int record = 0; record < records.size(); record++) {
            Value value = records.value(number, record);
            String form = value == null ? null : field.form(value, level);
            if (form != null) {
                counts.merge(form, 1, Integer::sum);
            }
        }
    }

    /**
     * @param field number in the model
     * @return empty when the model has no term frequency for the field, or the level compares likeness
     */
    public static Optional<FormCounts> of(RecordSet records, int field, int level) {
        if (!records.fields().get(field).model().termFrequency()) {
            return Optional.empty();
        }
        FormCounts better = null;
        FormCounts last = null;
        for (int each = 0; each <= level; each++) {
            FormCounts counts = new FormCounts(records, field, each, better);
            last = counts.counts.isEmpty() ? null : counts;
            better = last == null ? better : last;
        }
        return Optional.ofNullable(last);
    }

    /**
     * The chance that a stranger agrees with the value on this level and on no better one. Those who agree because they
     * are the same human are taken off; a value that nobody else has is as rare as values of the field usually are.
     *
     * @param matches how many other records of the same human agree on this level, as may be expected
     * @param u the chance for any value
     */
    public double share(Value value, double matches, double u) {
        double same = counts.getOrDefault(form(value), 0);
        double closer = better == null ? 1 : better.counts.getOrDefault(better.form(value), 1);
        return share(same - closer, matches, u);
    }

    private double share(double others, double matches, double u) {
        return Math.max(others - matches, Math.min(1, u * present)) / present;
    }

    private String form(Value value) {
        String form = field.form(value, level);
        return form == null ? "" : form;
    }

    /** The commonest, and what may be expected of any other; parameters as for {@link #share}. */
    ValueShares table(double matches, double u) {
        Map<String, Double> listed = new LinkedHashMap<>();
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= FEWEST)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .limit(MOST_LISTED)
                .forEach(entry -> listed.put(entry.getKey(), entry.getValue() / present));
        double records = 0;
        double squares = 0;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            double count = listed.containsKey(entry.getKey()) ? 0 : entry.getValue();
            records += count;
            squares += count * count;
        }
        double others = records == 0 ? 0 : squares / records - 1;
        return new ValueShares(listed, share(others, matches, u));
    }
}
