package cn.kangka.empi.matching.record;

import cn.kangka.empi.matching.model.LinkageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Records of one or two files, by number from 0, with each distinct value of a field held once. Immutable; made by a
 * {@link Builder}.
 */
public final class RecordSet {
    private final List<Field> fields;
    private final String[] ids;
    private final Origins origins;
    private final PreparedRecord[] records;
    private final int[][] counts;

    private RecordSet(List<Field> fields, String[] ids, Origins origins, PreparedRecord[] records, int[][] counts) {
        this.fields = fields;
        this.ids = ids;
        this.origins = origins;
        this.records = records;
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

    /** The number of its file: 0 or 1. */
    public int file(int record) {
        return origins.file(record);
    }

    /** The source it names, or the number of its file from 1. */
    public String source(int record) {
        return origins.source(record);
    }

    /** Whether there are two files, between which records are linked; otherwise duplicates in one are found. */
    public boolean isLink() {
        return origins.isLink();
    }

    /** Whether two records are candidates at all: of two files, if there are two, and not of one source without doubles. */
    public boolean isComparable(int one, int other) {
        return origins.isComparable(one, other);
    }

    /** Whether a source that has no human twice says that the two are not one. */
    public boolean mayBeOne(int one, int other) {
        return origins.mayBeOne(one, other);
    }

    /** The number of comparable pairs. */
    public double pairs() {
        return origins.pairs();
    }

    /** A record by its number. */
    public PreparedRecord record(int number) {
        return records[number];
    }

    /** The value of a field; null when it is missing. */
    public Value value(int field, int record) {
        return records[record].value(field);
    }

    /** Level of agreement of two records in a field. */
    public int level(int field, int one, int other) {
        return fields.get(field).level(records[one].value(field), records[other].value(field));
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
        private final List<PreparedRecord> records = new ArrayList<>();
        private final List<int[]> counts = new ArrayList<>();
        private final String sourceColumn;
        private final Origins origins;

        public Builder(LinkageModel model) {
            sourceColumn = model.sources().column();
            origins = new Origins(model.sources());
            fields = model.fields().stream().map(Field::new).toList();
            for (int i = 0; i < fields.size(); i++) {
                dictionaries.add(new HashMap<>());
                counts.add(new int[16]);
            }
        }

        /**
         * @param file 0 or 1; those of one file come together
         * @param column gives the text of a column by its name; null when it is absent
         */
        public void add(int file, String id, Function<String, String> column) {
            origins.add(file, sourceColumn == null ? null : column.apply(sourceColumn));
            ids.add(id);
            Value[] values = new Value[fields.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = shared(i, Preparation.raw(fields.get(i).model(), column));
            }
            records.add(new PreparedRecord(values));
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
            PreparedRecord[] all = records.toArray(PreparedRecord[]::new);
            int[][] sums = new int[fields.size()][];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = Arrays.copyOf(counts.get(i), dictionaries.get(i).size());
                dropCommon(i, all, sums[i]);
                dictionaries.set(i, Map.of());
            }
            records.clear();
            return new RecordSet(fields, ids.toArray(String[]::new), origins, all, sums);
        }

        private void dropCommon(int field, PreparedRecord[] all, int[] sums) {
            int limit = fields.get(field).model().commonAbove();
            for (int record = 0; limit > 0 && record < all.length; record++) {
                Value value = all[record].value(field);
                if (value != null && sums[value.number()] > limit) {
                    all[record] = all[record].without(field);
                }
            }
        }
    }
}
