package cn.kangka.empi.matching.clustering;

import cn.kangka.empi.matching.model.Thresholds;
import java.util.List;

/** Which of the clusters that are known become one with a cluster that is new or changed. */
public final class Growth {
    private Growth() {}

    /**
     * Decides as {@link Clusters} does for a whole set, but for one cluster and those that it may touch.
     *
     * @param clusters the records of each cluster
     * @param growing the number of the cluster that is new or changed
     * @return the numbers of the clusters that join it, in the order in which they do; the best agreement first
     */
    public static List<Integer> of(Thresholds thresholds, List<int[]> clusters, int growing, PairScores pairs) {
        return Agglomeration.growth(thresholds, clusters, growing, pairs);
    }
}
