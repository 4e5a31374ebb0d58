package cn.kangka.empi.matching.record;

import cn.kangka.empi.matching.model.FieldModel;
import cn.kangka.empi.matching.model.LinkageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Records of one or two sources, by number from 0, with each distinct value of a field held once. Immutable; made by a
 * {@link Builder}.
 */
public final class RecordSet {
    private final List<Field> fields;
    private final String[] ids;
    private final byte[] sources;
    private final Value[][] columns;
    private final int[][] counts;

    private RecordSet(List<Field> fields, String[] ids, byte[] sources, Value[][] columns, int[][] counts) {
        this.fields = fields;
        this.ids = ids;
        this.sources = sources;
        this.columns = columns;
        this.counts = counts;
    }

    public int size() {
        return ids.length;
    }

    public List<Field> fields() {
        return fields;
    }

    /** What the source calls the record. */
    public String id(int record) {
        return ids[record];
    }

    /** The number of its source: 0 or 1. */
    public int source(int record) {
        return sources[record];
    }

    /** Whether there are two sources, between which records are linked; otherwise duplicates of one are found. */
    public boolean isLink() {
        return ids.length > 0 && sources[ids.length - 1] != sources[0];
    }

    /** Whether two records are compared at all. */
    public boolean isComparable(int one, int other) {
        return !isLink() || sources[one] != sources[other];
    }

    /** The number of comparable pairs. */
    public double pairs() {
        double all = size() * (size() - 1.0) / 2;
        if (!isLink()) {
            return all;
        }
        double first = 0;
        for (byte source : sources) {
            first += source == sources[0] ? 1 : 0;
        }
        return first * (size() - first);
    }

    /** The value of a field; null when it is missing. */
    public Value value(int field, int record) {
        return columns[field][record];
    }

    /** Level of agreement of two records in a field. */
    public int level(int field, int one, int other) {
        return fields.get(field).level(columns[field][one], columns[field][other]);
    }

    /** How many records have a value of a field; 0 for values that are in no dictionary. */
    public int count(int field, Value value) {
        return value.number() == Value.UNNUMBERED ? 0 : counts[field][value.number()];
    }

    /** How many records have any value of a field. */
    public int present(int field) {
        return Arrays.stream(counts[field]).sum();
    }

    /** How many different values of a field there are. */
    public int distinct(int field) {
        return counts[field].length;
    }

    /** Takes records one after the other. */
    public static final class Builder {
        private final List<Field> fields;
        private final List<String> ids = new ArrayList<>();
        private final List<Map<String, Value>> dictionaries = new ArrayList<>();
        private final List<List<Value>> columns = new ArrayList<>();
        private final List<int[]> counts = new ArrayList<>();
        private byte[] sources = new byte[16];

        public Builder(LinkageModel model) {
            fields = model.fields().stream().map(Field::new).toList();
            for (int i = 0; i < fields.size(); i++) {
                dictionaries.add(new HashMap<>());
                columns.add(new ArrayList<>());
                counts.add(new int[16]);
            }
        }

        /**
         * @param source 0 or 1; those of one source come together
         * @param column gives the text of a column by its name; null when it is absent
         */
        public void add(int source, String id, Function<String, String> column) {
            int record = ids.size();
            sources = record < sources.length ? sources : Arrays.copyOf(sources, record * 2);
            sources[record] = (byte) source;
            ids.add(id);
            for (int i = 0; i < fields.size(); i++) {
                FieldModel model = fields.get(i).model();
                String[] raw = model.columns().stream().map(column).toArray(String[]::new);
                columns.get(i).add(shared(i, raw));
            }
        }

        private Value shared(int field, String[] raw) {
            String[] parts = fields.get(field).normalised(raw);
            if (parts == null) {
                return null;
            }
            Map<String, Value> dictionary = dictionaries.get(field);
            String key = parts.length == 1 ? parts[0] : joined(parts);
            Value known = dictionary.get(key);
            if (known == null) {
                known = fields.get(field).of(parts, dictionary.size());
                if (known == null) {
                    return null;
                }
                dictionary.put(key, known);
            }
            count(field, known.number());
            return known;
        }

        private static String joined(String[] parts) {
            return Arrays.stream(parts).map(part -> part == null ? "" : part).collect(Collectors.joining("\u0000"));
        }

        private void count(int field, int number) {
            int[] counted = counts.get(field);
            if (number >= counted.length) {
                counted = Arrays.copyOf(counted, counted.length * 2);
                counts.set(field, counted);
            }
            counted[number]++;
        }

        /** The records; values that too many share are missing from now on. */
        public RecordSet build() {
            Value[][] values = new Value[fields.size()][];
            int[][] sums = new int[fields.size()][];
            for (int i = 0; i < values.length; i++) {
                sums[i] = Arrays.copyOf(counts.get(i), dictionaries.get(i).size());
                values[i] = columns.get(i).toArray(Value[]::new);
                dropCommon(fields.get(i).model().commonAbove(), values[i], sums[i]);
                columns.set(i, List.of());
                dictionaries.set(i, Map.of());
            }
            return new RecordSet(fields, ids.toArray(String[]::new), sources, values, sums);
        }

        private static void dropCommon(int limit, Value[] values, int[] sums) {
            for (int record = 0; limit > 0 && record < values.length; record++) {
                if (values[record] != null && sums[values[record].number()] > limit) {
                    values[record] = null;
                }
            }
        }
    }
}
