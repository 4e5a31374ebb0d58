package cn.kangka.empi.matching.scoring;

import cn.kangka.empi.matching.model.FieldModel;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.VetoModel;
import cn.kangka.empi.matching.record.Field;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.record.Value;
import cn.kangka.empi.matching.training.Parameters;
import cn.kangka.empi.matching.training.Parameters.LevelParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Scores pairs of a record set by a model and its parameters. Immutable; allocates nothing per pair. */
public final class Scorer {
    private static final double LOG_2 = Math.log(2);

    private final LinkageModel model;
    private final RecordSet records;
    private final double prior;
    private final int[] fields;
    private final double[][] bits;
    private final float[][] frequency;

    /**
     * @throws cn.kangka.empi.matching.model.ModelException when the parameters are not for this model
     */
    public Scorer(LinkageModel model, Parameters parameters, RecordSet records) {
        parameters.check(model);
        this.model = model;
        this.records = records;
        this.prior = Math.log(parameters.prior() / (1 - parameters.prior())) / LOG_2;
        fields = IntStream.range(0, model.fields().size())
                .filter(i -> model.fields().get(i).evidence())
                .toArray();
        bits = new double[fields.length][];
        frequency = new float[fields.length][];
        for (int i = 0; i < fields.length; i++) {
            List<LevelParameters> levels = parameters.fields().get(i).levels();
            bits[i] = bits(levels);
            FieldModel field = model.fields().get(fields[i]);
            frequency[i] =
                    field.termFrequency() ? frequencies(fields[i], levels.get(0).u()) : null;
        }
    }

    /** A level that was never observed weighs what the one below it does. */
    private static double[] bits(List<LevelParameters> levels) {
        double[] bits = new double[levels.size()];
        for (int level = bits.length - 1; level >= 0; level--) {
            boolean borrowed = !levels.get(level).observed() && level < bits.length - 1;
            bits[level] = borrowed ? bits[level + 1] : levels.get(level).bits();
        }
        return bits;
    }

    /** By how many bits agreement on each value weighs more than agreement on the field's average value. */
    private float[] frequencies(int field, double u) {
        Map<String, Integer> counts = new HashMap<>();
        for (int record = 0; record < records.size(); record++) {
            Value value = records.value(field, record);
            if (value != null) {
                counts.merge(value.text(), 1, Integer::sum);
            }
        }
        double present = records.present(field);
        float[] adjustments = new float[records.distinct(field)];
        for (int record = 0; record < records.size(); record++) {
            Value value = records.value(field, record);
            if (value != null) {
                adjustments[value.number()] = (float) (Math.log(u * present / counts.get(value.text())) / LOG_2);
            }
        }
        return adjustments;
    }

    /** The bits that speak for one human, before the prior. */
    public double evidence(int one, int other) {
        double sum = 0;
        for (int i = 0; i < fields.length; i++) {
            int level = records.level(fields[i], one, other);
            if (level != Field.MISSING) {
                sum += bits[i][level] + frequency(i, level, one, other);
            }
        }
        return sum;
    }

    private double frequency(int index, int level, int one, int other) {
        if (level > 0 || frequency[index] == null) {
            return 0;
        }
        float[] adjustments = frequency[index];
        float left = adjustments[records.value(fields[index], one).number()];
        float right = adjustments[records.value(fields[index], other).number()];
        return Math.min(left, right);
    }

    /** The bits that every pair begins with. */
    public double prior() {
        return prior;
    }

    /** The score in bits: 0 is as likely as not, 10 is a thousand to one. */
    public double score(int one, int other) {
        return prior + evidence(one, other);
    }

    /** The probability of a score, 0 to 1. */
    public static double probability(double score) {
        return 1 / (1 + Math.exp(-score * LOG_2));
    }

    /** The score of a probability. */
    public static double score(double probability) {
        return Math.log(probability / (1 - probability)) / LOG_2;
    }

    /** Why a pair scores as it does. */
    public Explanation explain(int one, int other) {
        List<Explanation.Reason> reasons = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            FieldModel field = model.fields().get(fields[i]);
            int level = records.level(fields[i], one, other);
            reasons.add(
                    level == Field.MISSING
                            ? new Explanation.Reason(field.name(), "", 0, 0)
                            : new Explanation.Reason(
                                    field.name(),
                                    field.levels().get(level).name(),
                                    bits[i][level],
                                    frequency(i, level, one, other)));
        }
        return new Explanation(prior, reasons);
    }

    /** The veto that forbids the pair to join without a human. */
    public Optional<VetoModel> veto(int one, int other) {
        return model.vetoes().stream().filter(veto -> holds(veto, one, other)).findFirst();
    }

    private boolean holds(VetoModel veto, int one, int other) {
        return veto.conditions().stream()
                .allMatch(condition -> condition.levels().contains(records.level(condition.field(), one, other)));
    }
}
