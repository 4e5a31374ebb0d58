package cn.kangka.empi.matching.record;

import cn.kangka.empi.matching.model.SourceModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which file and source each record comes from, and which pairs are therefore not compared. */
final class Origins {
    private final SourceModel model;
    private final List<String> sources = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private byte[] files = new byte[16];

    Origins(SourceModel model) {
        this.model = model;
    }

    /**
     * @param file 0 or 1
     * @param source as the record names it; null when it names none
     */
    void add(int file, String source) {
        int record = sources.size();
        files = record < files.length ? files : Arrays.copyOf(files, record * 2);
        files[record] = (byte) file;
        String name = source == null || source.isBlank() ? Integer.toString(file + 1) : source.strip();
        sources.add(names.computeIfAbsent(name, each -> each));
    }

    int file(int record) {
        return files[record];
    }

    String source(int record) {
        return sources.get(record);
    }

    boolean isLink() {
        return !sources.isEmpty() && files[sources.size() - 1] != files[0];
    }

    boolean mayBeOne(int one, int other) {
        return !sources.get(one).equals(sources.get(other)) || !model.isUniqueWithin(sources.get(one));
    }

    boolean isComparable(int one, int other) {
        return (!isLink() || files[one] != files[other]) && mayBeOne(one, other);
    }

    /** The number of comparable pairs. */
    double pairs() {
        double[] all = new double[2];
        Map<String, double[]> unique = new HashMap<>();
        for (int record = 0; record < sources.size(); record++) {
            all[files[record]]++;
            if (model.isUniqueWithin(sources.get(record))) {
                unique.computeIfAbsent(sources.get(record), each -> new double[2])[files[record]]++;
            }
        }
        return pairs(all) - unique.values().stream().mapToDouble(this::pairs).sum();
    }

    private double pairs(double[] byFile) {
        double records = byFile[0] + byFile[1];
        return isLink() ? byFile[0] * byFile[1] : records * (records - 1) / 2;
    }
}
