package cn.kangka.empi.matching.scoring;

import cn.kangka.empi.matching.model.FieldModel;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.record.Field;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.record.Value;
import cn.kangka.empi.matching.training.FormCounts;
import cn.kangka.empi.matching.training.Parameters;
import cn.kangka.empi.matching.training.Parameters.LevelParameters;
import cn.kangka.empi.matching.training.ValueShares;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Says how likely a stranger agrees with a value: 李 is common, 逄 is not. */
sealed interface Frequencies {
    /** What {@link #logShare} answers where values are not told apart. */
    double NONE = Double.NaN;

    /**
     * The binary logarithm of the chance that a stranger agrees with the value on a level; {@link #NONE} where values are
     * not told apart.
     *
     * @param field number in the model
     */
    double logShare(int field, int level, Value value);

    private static double log2(double share) {
        return Math.log(share) / Math.log(2);
    }

    /** Counted in the records that are linked. */
    final class Counted implements Frequencies {
        private final float[][][] logs;

        Counted(LinkageModel model, Parameters parameters, RecordSet records) {
            int index = 0;
            logs = new float[records.fields().size()][][];
            for (int field = 0; field < logs.length; field++) {
                List<LevelParameters> levels = model.fields().get(field).evidence()
                        ? parameters.fields().get(index++).levels()
                        : List.of();
                logs[field] = new float[levels.size()][];
                for (int level = 0; level < levels.size(); level++) {
                    LevelParameters learnt = levels.get(level);
                    double matches = parameters.prior() * (records.size() - 1) * learnt.m();
                    int number = field;
                    logs[field][level] = FormCounts.of(records, field, level)
                            .map(counts -> logs(records, number, value -> counts.share(value, matches, learnt.u())))
                            .orElse(null);
                }
            }
        }

        private static float[] logs(RecordSet records, int field, ToDoubleFunction<Value> share) {
            float[] logs = new float[records.distinct(field)];
            for (int record = 0; record < records.size(); record++) {
                Value value = records.value(field, record);
                if (value != null) {
                    logs[value.number()] = (float) log2(share.applyAsDouble(value));
                }
            }
            return logs;
        }

        @Override
        public double logShare(int field, int level, Value value) {
            float[] byNumber = logs[field][level];
            return byNumber == null ? NONE : byNumber[value.number()];
        }
    }

    /** As training left them in the parameters. */
    final class Learnt implements Frequencies {
        private final LinkageModel model;
        private final ValueShares[][] shares;
        private final Field[] fields;

        Learnt(LinkageModel model, Parameters parameters) {
            this.model = model;
            int count = model.fields().size();
            shares = new ValueShares[count][];
            fields = new Field[count];
            int index = 0;
            for (int field = 0; field < count; field++) {
                FieldModel each = model.fields().get(field);
                fields[field] = new Field(each);
                shares[field] = !each.evidence()
                        ? null
                        : parameters.fields().get(index++).levels().stream()
                                .map(LevelParameters::values)
                                .toArray(ValueShares[]::new);
            }
        }

        @Override
        public double logShare(int field, int level, Value value) {
            ValueShares known = model.fields().get(field).termFrequency() ? shares[field][level] : null;
            String form = known == null ? null : fields[field].form(value, level);
            return form == null ? NONE : log2(known.share(form));
        }
    }
}
