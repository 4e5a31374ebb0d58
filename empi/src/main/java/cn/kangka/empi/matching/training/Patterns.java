package cn.kangka.empi.matching.training;

import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.ModelException;
import cn.kangka.empi.matching.model.VetoModel;
import cn.kangka.empi.matching.record.RecordSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Writes the levels of a pair's fields as one number, and reads them again. */
final class Patterns {
    private final int[] fields;
    private final int[] levels;
    private final List<VetoModel> vetoes;

    Patterns(LinkageModel model) {
        vetoes = model.vetoes();
        fields = IntStream.range(0, model.fields().size())
                .filter(i -> model.fields().get(i).evidence())
                .toArray();
        levels = IntStream.of(fields)
                .map(field -> model.fields().get(field).levels().size())
                .toArray();
        double most = IntStream.of(levels).mapToDouble(n -> n + 1.0).reduce(1, (a, b) -> a * b);
        if (most >= Long.MAX_VALUE) {
            throw new ModelException("the model has too many fields and levels: more than 2^63 patterns of agreement");
        }
    }

    int fields() {
        return fields.length;
    }

    /** The number of the field in the model. */
    int field(int index) {
        return fields[index];
    }

    int levels(int index) {
        return levels[index];
    }

    long of(RecordSet records, int one, int other) {
        long pattern = 0;
        for (int i = 0; i < fields.length; i++) {
            pattern = pattern * (levels[i] + 1) + records.level(fields[i], one, other) + 1;
        }
        return pattern;
    }

    /** The counted patterns as a table. */
    PatternTable table(PatternCounts counts) {
        long[] patterns = counts.sortedPatterns();
        byte[][] rows = new byte[patterns.length][fields.length];
        double[] frequencies = new double[patterns.length];
        for (int row = 0; row < patterns.length; row++) {
            long rest = patterns[row];
            for (int i = fields.length - 1; i >= 0; i--) {
                rows[row][i] = (byte) (rest % (levels[i] + 1) - 1);
                rest /= levels[i] + 1;
            }
            frequencies[row] = counts.count(patterns[row]);
        }
        boolean[] vetoed = new boolean[rows.length];
        for (int row = 0; row < rows.length; row++) {
            byte[] pattern = rows[row];
            vetoed[row] = vetoes.stream().anyMatch(veto -> holds(veto, pattern));
        }
        return new PatternTable(rows, frequencies, vetoed);
    }

    /** A condition on a field that is no evidence cannot be seen in a pattern: such a veto teaches nothing. */
    private boolean holds(VetoModel veto, byte[] pattern) {
        return veto.conditions().stream().allMatch(condition -> {
            int index = Arrays.binarySearch(fields, condition.field());
            return index >= 0 && condition.levels().contains((int) pattern[index]);
        });
    }
}
