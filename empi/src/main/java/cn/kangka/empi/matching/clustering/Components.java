package cn.kangka.empi.matching.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records that pairs connect, directly or through others (union–find). */
final class Components {
    private final int[] parents;

    Components(int records) {
        parents = new int[records];
        Arrays.setAll(parents, i -> i);
    }

    void join(int one, int other) {
        int left = root(one);
        int right = root(other);
        parents[Math.max(left, right)] = Math.min(left, right);
    }

    private int root(int record) {
        int at = record;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    /** Components of two and more records, each in ascending order. */
    List<int[]> groups() {
        int[] sizes = new int[parents.length];
        for (int record = 0; record < parents.length; record++) {
            sizes[root(record)]++;
        }
        int[][] groups = new int[parents.length][];
        int[] filled = new int[parents.length];
        List<int[]> found = new ArrayList<>();
        for (int record = 0; record < parents.length; record++) {
            int root = root(record);
            if (sizes[root] > 1) {
                if (groups[root] == null) {
                    groups[root] = new int[sizes[root]];
                    found.add(groups[root]);
                }
                groups[root][filled[root]++] = record;
            }
        }
        return found;
    }
}
