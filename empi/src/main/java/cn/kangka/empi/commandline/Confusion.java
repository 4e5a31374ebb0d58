package cn.kangka.empi.commandline;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pairs of records, said and true.
 *
 * @param truePositives pairs of one human that are in one cluster
 * @param falsePositives pairs in one cluster that are not of one human
 * @param falseNegatives pairs of one human in different clusters
 */
record Confusion(long truePositives, long falsePositives, long falseNegatives) {
    /** A record's cluster and label; records without label are humans of their own. */
    record Placed(String id, int source, String cluster, String label) {}

    /** Counts pairs by groups, not one by one; with two sources only pairs between them count. */
    static Confusion of(List<Placed> records) {
        boolean link = records.stream().mapToInt(Placed::source).distinct().count() > 1;
        Map<String, int[]> clusters = new HashMap<>();
        Map<String, int[]> labels = new HashMap<>();
        Map<String, int[]> both = new HashMap<>();
        for (Placed record : records) {
            add(clusters, record.cluster(), record.source());
            add(labels, record.label(), record.source());
            add(both, record.cluster() + "\u0000" + record.label(), record.source());
        }
        long hits = pairs(both.values(), link);
        return new Confusion(hits, pairs(clusters.values(), link) - hits, pairs(labels.values(), link) - hits);
    }

    private static void add(Map<String, int[]> groups, String key, int source) {
        groups.computeIfAbsent(key, each -> new int[2])[source]++;
    }

    private static long pairs(Collection<int[]> groups, boolean link) {
        long pairs = 0;
        for (int[] group : groups) {
            long all = (long) group[0] + group[1];
            pairs += link ? (long) group[0] * group[1] : all * (all - 1) / 2;
        }
        return pairs;
    }

    /** How many clusters there are of each size. */
    static Map<Integer, Integer> sizes(List<Placed> records) {
        Map<String, Integer> clusters = new HashMap<>();
        records.forEach(record -> clusters.merge(record.cluster(), 1, Integer::sum));
        Map<Integer, Integer> sizes = new TreeMap<>();
        clusters.values().forEach(size -> sizes.merge(size, 1, Integer::sum));
        return sizes;
    }

    double precision() {
        return share(truePositives, truePositives + falsePositives);
    }

    double recall() {
        return share(truePositives, truePositives + falseNegatives);
    }

    double f1() {
        return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }
}
