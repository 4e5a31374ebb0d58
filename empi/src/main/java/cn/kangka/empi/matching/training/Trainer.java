package cn.kangka.empi.matching.training;

import cn.kangka.empi.matching.blocking.Blocking;
import cn.kangka.empi.matching.blocking.Blocking.Chunk;
import cn.kangka.empi.matching.model.FieldModel;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.training.Parameters.FieldParameters;
import cn.kangka.empi.matching.training.Parameters.LevelParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Learns parameters from records without labels.
 *
 * <ol>
 *   <li>u from pairs drawn at random;
 *   <li>m by expectation maximisation within each blocking pass, for the fields that are not in its key, averaged over
 *       the passes by the number of matches in each;
 *   <li>m, u and the prior together over all candidate pairs, now by all fields; random pairs that turn out to be one
 *       human no longer count in u.
 * </ol>
 */
public final class Trainer {
    private static final int RANDOM_PAIRS = 4_000_000;
    private static final long BLOCKED_PAIRS = 30_000_000;
    private static final int ROUNDS = 200;
    private static final double SETTLED = 1e-6;
    private static final double FIRST_GUESS = 0.05;

    private final LinkageModel model;
    private final RecordSet records;
    private final Patterns patterns;
    private final Blocking blocking;
    private final Consumer<String> progress;

    private Trainer(LinkageModel model, RecordSet records, Blocking blocking, Consumer<String> progress) {
        this.model = model;
        this.records = records;
        this.patterns = new Patterns(model);
        this.blocking = blocking;
        this.progress = progress;
    }

    /**
     * @param progress is told a line per step
     * @throws cn.kangka.empi.matching.model.ModelException when a level that is not optional was never observed
     */
    public static Parameters train(
            LinkageModel model, RecordSet records, Blocking blocking, Consumer<String> progress) {
        Parameters parameters = new Trainer(model, records, blocking, progress).train();
        parameters.check(model);
        return parameters;
    }

    private Parameters train() {
        PatternTable random = patterns.table(RandomPairs.count(records, patterns, RANDOM_PAIRS));
        progress.accept("random pairs: %,.0f".formatted(random.total()));
        Mixture start = new Mixture(Mixture.believedM(patterns), believedU(), FIRST_GUESS);
        start.learnU(random, new double[random.size()], believedU(), everyField());
        Candidates candidates = candidates();
        progress.accept("candidate pairs: %,.0f".formatted(candidates.union.total() * candidates.scale));
        Mixture averaged = averaged(start, candidates);
        Mixture settled = together(averaged, candidates, random);
        return parameters(settled, random, candidates.union);
    }

    private double[][] believedU() {
        return IntStream.range(0, patterns.fields())
                .mapToObj(field -> {
                    double[] u = new double[patterns.levels(field)];
                    Arrays.fill(u, 0.1 / (u.length - 1));
                    u[u.length - 1] = 0.9;
                    return u;
                })
                .toArray(double[][]::new);
    }

    private boolean[] everyField() {
        boolean[] all = new boolean[patterns.fields()];
        Arrays.fill(all, true);
        return all;
    }

    /**
     * Patterns of the candidate pairs.
     *
     * @param scale how many pairs stand for each that was looked at
     */
    private record Candidates(List<PatternTable> passes, PatternTable union, double scale) {}

    private Candidates candidates() {
        long pairs = blocking.report().stream().mapToLong(pass -> pass.pairs()).sum();
        int step = (int) (pairs / BLOCKED_PAIRS) + 1;
        List<Chunk> chunks = blocking.chunks();
        PatternCounts[] counts = IntStream.range(0, (chunks.size() + step - 1) / step)
                .parallel()
                .mapToObj(i -> counted(chunks.get(i * step)))
                .reduce(empty(), Trainer::plus, Trainer::plus);
        List<PatternTable> passes = IntStream.range(0, blocking.passes())
                .mapToObj(pass -> patterns.table(counts[pass]))
                .toList();
        return new Candidates(passes, patterns.table(counts[blocking.passes()]), step);
    }

    private PatternCounts[] empty() {
        return new PatternCounts[blocking.passes() + 1];
    }

    private static PatternCounts[] plus(PatternCounts[] one, PatternCounts[] other) {
        PatternCounts[] sum = new PatternCounts[one.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = new PatternCounts();
            sum[i] = one[i] == null ? sum[i] : sum[i].plus(one[i]);
            sum[i] = other[i] == null ? sum[i] : sum[i].plus(other[i]);
        }
        return sum;
    }

    private PatternCounts[] counted(Chunk chunk) {
        PatternCounts[] counts = empty();
        PatternCounts pass = new PatternCounts();
        PatternCounts union = new PatternCounts();
        blocking.scan(chunk, (one, other, first) -> {
            long pattern = patterns.of(records, one, other);
            pass.add(pattern, 1);
            if (first) {
                union.add(pattern, 1);
            }
        });
        counts[chunk.pass()] = pass;
        counts[counts.length - 1] = union;
        return counts;
    }

    private Mixture averaged(Mixture start, Candidates candidates) {
        double[][] sums = new double[patterns.fields()][];
        double[] weights = new double[patterns.fields()];
        Arrays.setAll(sums, field -> new double[patterns.levels(field)]);
        for (int pass = 0; pass < blocking.passes(); pass++) {
            PatternTable table = candidates.passes.get(pass);
            boolean[] free = notInKey(pass);
            Mixture learnt = within(start, table, free);
            double matches = learnt.prior * table.total();
            progress.accept("pass %d (%s): %,.0f matches in %,.0f pairs"
                    .formatted(
                            pass + 1,
                            model.blocks().get(pass).name(),
                            matches * candidates.scale,
                            table.total() * candidates.scale));
            addWeighted(sums, weights, learnt.m, matches, free);
        }
        Mixture average = start.copy();
        for (int field = 0; field < sums.length; field++) {
            if (weights[field] >= 1) {
                double weight = weights[field];
                average.m[field] =
                        Arrays.stream(sums[field]).map(sum -> sum / weight).toArray();
            }
        }
        return average;
    }

    private static void addWeighted(double[][] sums, double[] weights, double[][] m, double matches, boolean[] free) {
        for (int field = 0; field < sums.length; field++) {
            if (free[field]) {
                weights[field] += matches;
                for (int level = 0; level < sums[field].length; level++) {
                    sums[field][level] += matches * m[field][level];
                }
            }
        }
    }

    private boolean[] notInKey(int pass) {
        boolean[] free = new boolean[patterns.fields()];
        for (int i = 0; i < free.length; i++) {
            List<String> columns = model.fields().get(patterns.field(i)).columns();
            free[i] = model.blocks().get(pass).keys().stream()
                    .map(part -> model.fields().get(part.field()))
                    .noneMatch(field -> columns.contains(field.columns().get(0)));
        }
        return free;
    }

    /** Within one pass u is learnt too: records that share a key agree by chance more often than random ones. */
    private static Mixture within(Mixture start, PatternTable table, boolean[] free) {
        Mixture now = start.copy();
        for (int round = 0; round < ROUNDS; round++) {
            Mixture before = now.copy();
            double[] posteriors = now.posteriors(table, free);
            now.learnM(table, posteriors, start.m, free);
            now.learnU(table, posteriors, start.u, free);
            now.prior = (Mixture.expected(table, posteriors) + FIRST_GUESS) / (table.total() + 1);
            if (now.distance(before) < SETTLED) {
                break;
            }
        }
        return now;
    }

    private Mixture together(Mixture start, Candidates candidates, PatternTable random) {
        Mixture now = start.copy();
        boolean[] all = everyField();
        double pairs = records.pairs();
        double found = candidates.union.total() * candidates.scale;
        now.prior = Math.min(0.5, FIRST_GUESS * found / pairs);
        double[][] believed = Mixture.believedM(patterns);
        int round = 0;
        Mixture before;
        do {
            before = now.copy();
            double[] posteriors = now.posteriors(candidates.union, all);
            double[] randomPosteriors = now.posteriors(random, all);
            now.learnM(candidates.union, posteriors, believed, all);
            now.learnU(random, randomPosteriors, believedU(), all);
            double matches = Mixture.expected(candidates.union, posteriors) * candidates.scale;
            now.prior = Math.min(0.5, (matches + FIRST_GUESS) / (pairs + 1));
        } while (++round < ROUNDS && now.distance(before) > SETTLED * now.prior);
        progress.accept("together: %,.0f matches after %d rounds".formatted(now.prior * pairs, round));
        return now;
    }

    private Parameters parameters(Mixture mixture, PatternTable random, PatternTable union) {
        List<FieldParameters> fields = new ArrayList<>();
        for (int field = 0; field < patterns.fields(); field++) {
            FieldModel compared = model.fields().get(patterns.field(field));
            List<LevelParameters> levels = new ArrayList<>();
            for (int level = 0; level < patterns.levels(field); level++) {
                boolean observed = random.count(field, level) + union.count(field, level) > 0;
                levels.add(new LevelParameters(
                        compared.levels().get(level).name(),
                        mixture.m[field][level],
                        mixture.u[field][level],
                        observed));
            }
            fields.add(new FieldParameters(compared.name(), levels));
        }
        return new Parameters(model.name(), model.fingerprint(), mixture.prior, records.size(), fields);
    }
}
