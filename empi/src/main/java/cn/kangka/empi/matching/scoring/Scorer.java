package cn.kangka.empi.matching.scoring;

import cn.kangka.empi.matching.model.FieldModel;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.VetoModel;
import cn.kangka.empi.matching.record.Field;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.record.Value;
import cn.kangka.empi.matching.training.Parameters;
import cn.kangka.empi.matching.training.Parameters.LevelParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Scores pairs of records by a model and its parameters. Immutable; allocates nothing per pair. */
public final class Scorer {
    private static final double LOG_2 = Math.log(2);
    /** Bits below which the household cannot matter, and above which only it does. */
    private static final double NEGLIGIBLE = 40;

    private final LinkageModel model;
    private final List<Field> all;
    private final Field[] fields;
    private final int[] numbers;
    private final double prior;
    private final double householdPrior;
    private final double[][] bits;
    private final double[][] householdBits;
    private final double[][] logU;
    private final Frequencies frequencies;

    private Scorer(LinkageModel model, Parameters parameters, Frequencies frequencies) {
        this.model = model;
        this.frequencies = frequencies;
        all = model.fields().stream().map(Field::new).toList();
        double strangers = 1 - parameters.prior() - parameters.household();
        prior = log2(parameters.prior() / strangers);
        householdPrior = parameters.household() == 0 ? -NEGLIGIBLE : log2(parameters.household() / strangers);
        numbers = IntStream.range(0, model.fields().size())
                .filter(i -> model.fields().get(i).evidence())
                .toArray();
        fields = new Field[numbers.length];
        bits = new double[numbers.length][];
        householdBits = new double[numbers.length][];
        logU = new double[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            FieldModel field = model.fields().get(numbers[i]);
            List<LevelParameters> levels = parameters.fields().get(i).levels();
            fields[i] = all.get(numbers[i]);
            bits[i] = bits(levels);
            householdBits[i] = field.household()
                    ? levels.stream()
                            .mapToDouble(LevelParameters::householdBits)
                            .toArray()
                    : null;
            logU[i] = levels.stream().mapToDouble(level -> log2(level.u())).toArray();
        }
    }

    /**
     * For the records of a set, among which common values are counted.
     *
     * @throws cn.kangka.empi.matching.model.ModelException when the parameters are not for this model
     */
    public static Scorer of(LinkageModel model, Parameters parameters, RecordSet records) {
        parameters.check(model);
        return new Scorer(model, parameters, new Frequencies.Counted(model, parameters, records));
    }

    /**
     * For single records of a {@link cn.kangka.empi.matching.record.Preparation}; which values are common is in the
     * parameters.
     *
     * @throws cn.kangka.empi.matching.model.ModelException when the parameters are not for this model
     */
    public static Scorer of(LinkageModel model, Parameters parameters) {
        parameters.check(model);
        return new Scorer(model, parameters, new Frequencies.Learnt(model, parameters));
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

    /** The score in bits: 0 is as likely as not, 10 is a thousand to one. */
    public double score(PreparedRecord one, PreparedRecord other) {
        double sum = prior;
        double household = householdPrior;
        for (int i = 0; i < fields.length; i++) {
            Value left = one.value(numbers[i]);
            Value right = other.value(numbers[i]);
            int level = fields[i].level(left, right);
            if (level != Field.MISSING) {
                double frequency = frequency(i, level, left, right);
                sum += bits[i][level] + frequency;
                household += householdBits[i] == null ? 0 : householdBits[i][level] + frequency;
            }
        }
        return sum + explainedByHousehold(household);
    }

    /** Bits taken off because two people of one household would agree like this as well. */
    private static double explainedByHousehold(double bits) {
        if (bits <= -NEGLIGIBLE) {
            return 0;
        }
        return bits >= NEGLIGIBLE ? -bits : -log2(1 + Math.exp(bits * LOG_2));
    }

    /** Bits by which agreement on these values weighs more than agreement on the level's average value. */
    private double frequency(int index, int level, Value one, Value other) {
        double left = frequencies.logShare(numbers[index], level, one);
        if (Double.isNaN(left)) {
            return 0;
        }
        double right = frequencies.logShare(numbers[index], level, other);
        return logU[index][level] - Math.max(left, right);
    }

    /** The bits that every pair begins with. */
    public double prior() {
        return prior;
    }

    private static double log2(double number) {
        return Math.log(number) / LOG_2;
    }

    /** The probability of a score, 0 to 1. */
    public static double probability(double score) {
        return 1 / (1 + Math.exp(-score * LOG_2));
    }

    /** The score of a probability. */
    public static double score(double probability) {
        return log2(probability / (1 - probability));
    }

    /** Why a pair scores as it does. */
    public Explanation explain(PreparedRecord one, PreparedRecord other) {
        List<Explanation.Reason> reasons = new ArrayList<>();
        double household = householdPrior;
        for (int i = 0; i < fields.length; i++) {
            String name = fields[i].model().name();
            Value left = one.value(numbers[i]);
            Value right = other.value(numbers[i]);
            int level = fields[i].level(left, right);
            if (level == Field.MISSING) {
                reasons.add(new Explanation.Reason(name, "", 0, 0));
            } else {
                double frequency = frequency(i, level, left, right);
                household += householdBits[i] == null ? 0 : householdBits[i][level] + frequency;
                String agreement = fields[i].model().levels().get(level).name();
                reasons.add(new Explanation.Reason(name, agreement, bits[i][level], frequency));
            }
        }
        return new Explanation(prior, explainedByHousehold(household), reasons);
    }

    /** The veto that forbids the pair to join without a human. */
    public Optional<VetoModel> veto(PreparedRecord one, PreparedRecord other) {
        return model.vetoes().stream()
                .filter(veto -> veto.conditions().stream().allMatch(condition -> holds(condition, one, other)))
                .findFirst();
    }

    private boolean holds(VetoModel.Condition condition, PreparedRecord one, PreparedRecord other) {
        int field = condition.field();
        return condition.levels().contains(all.get(field).level(one.value(field), other.value(field)));
    }
}
