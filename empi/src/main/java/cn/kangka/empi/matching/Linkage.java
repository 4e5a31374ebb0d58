package cn.kangka.empi.matching;

import cn.kangka.empi.matching.blocking.Blocking;
import cn.kangka.empi.matching.clustering.Clusters;
import cn.kangka.empi.matching.clustering.PairList;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.scoring.Scorer;
import cn.kangka.empi.matching.training.Parameters;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Links a whole set of records: scores every candidate pair and puts into one cluster who is one human.
 *
 * @param scorer by which pairs were scored, to ask it why
 * @param pairs every pair at least likely enough for a human to look at
 * @param clusters who is whom
 */
public record Linkage(Scorer scorer, PairList pairs, Clusters clusters) {
    /**
     * @param progress is told the share of the work that is done, 0 to 1, now and then
     * @throws cn.kangka.empi.matching.model.ModelException when the parameters are not for this model
     */
    public static Linkage of(
            LinkageModel model, Parameters parameters, RecordSet records, Blocking blocking, DoubleConsumer progress) {
        Scorer scorer = new Scorer(model, parameters, records);
        PairList pairs = score(model, scorer, blocking, progress);
        return new Linkage(scorer, pairs, Clusters.of(records, scorer, model.thresholds(), pairs));
    }

    private static PairList score(LinkageModel model, Scorer scorer, Blocking blocking, DoubleConsumer progress) {
        double least = Scorer.score(model.thresholds().review());
        List<Blocking.Chunk> chunks = blocking.chunks();
        java.util.concurrent.atomic.AtomicInteger done = new java.util.concurrent.atomic.AtomicInteger();
        List<PairList> lists = IntStream.range(0, chunks.size())
                .parallel()
                .mapToObj(chunk -> {
                    PairList found = new PairList();
                    blocking.scan(chunks.get(chunk), (one, other, first) -> {
                        double score = first ? scorer.score(one, other) : Double.NEGATIVE_INFINITY;
                        if (score >= least) {
                            found.add(one, other, score);
                        }
                    });
                    progress.accept((double) done.incrementAndGet() / chunks.size());
                    return found;
                })
                .toList();
        PairList all = new PairList();
        lists.forEach(all::plus);
        return all;
    }
}
