package cn.kangka.empi.commandline;

import cn.kangka.empi.matching.Linkage;
import cn.kangka.empi.matching.clustering.PairList;
import cn.kangka.empi.matching.model.FieldModel;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.VetoModel;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.scoring.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** What a linkage says, as CSV. */
final class Results {
    private final LinkageModel model;
    private final RecordSet records;
    private final Linkage linkage;

    Results(LinkageModel model, RecordSet records, Linkage linkage) {
        this.model = model;
        this.records = records;
        this.linkage = linkage;
    }

    /** Pairs in order of score, best first. */
    void writePairs(Path file) throws IOException {
        PairList pairs = linkage.pairs();
        List<Integer> order = IntStream.range(0, pairs.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer pair) -> -pairs.score(pair))
                        .thenComparing(pair -> records.id(pairs.one(pair)))
                        .thenComparing(pair -> records.id(pairs.other(pair))))
                .toList();
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.RFC4180)) {
            csv.printRecord(pairHeader());
            for (int pair : order) {
                if (!isSettled(pairs.one(pair), pairs.other(pair))) {
                    csv.printRecord(row(pairs.one(pair), pairs.other(pair)));
                }
            }
        }
    }

    /** Whether a veto says that there is nothing to ask a human. */
    private boolean isSettled(int one, int other) {
        return linkage.scorer()
                .veto(records.record(one), records.record(other))
                .filter(veto -> !veto.review())
                .isPresent();
    }

    private List<String> pairHeader() {
        List<String> names = new ArrayList<>(
                List.of(model.idColumn() + "_1", model.idColumn() + "_2", "score", "probability", "decision", "veto"));
        if (hasHousehold()) {
            names.add("household");
        }
        model.fields().stream()
                .filter(FieldModel::evidence)
                .map(field -> "bits_" + field.name())
                .forEach(names::add);
        return names;
    }

    private List<Object> row(int one, int other) {
        PreparedRecord left = records.record(one);
        PreparedRecord right = records.record(other);
        Explanation explained = linkage.scorer().explain(left, right);
        List<Object> row = new ArrayList<>(List.of(
                records.id(one),
                records.id(other),
                number("%.3f", explained.score()),
                number("%.6f", explained.probability()),
                linkage.clusters().together(one, other) ? "link" : "review",
                linkage.scorer().veto(left, right).map(VetoModel::name).orElse("")));
        if (hasHousehold()) {
            row.add(number("%.3f", explained.household()));
        }
        for (Explanation.Reason reason : explained.reasons()) {
            row.add(reason.level().isEmpty() ? "" : number("%.3f", reason.bits() + reason.frequency()));
        }
        return row;
    }

    private boolean hasHousehold() {
        return model.fields().stream().anyMatch(FieldModel::household);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** Records in their order. */
    void writeClusters(Path file) throws IOException {
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.RFC4180)) {
            if (records.isLink()) {
                csv.printRecord(model.idColumn(), "source", "cluster");
            } else {
                csv.printRecord(model.idColumn(), "cluster");
            }
            for (int record = 0; record < records.size(); record++) {
                int cluster = linkage.clusters().of(record);
                if (records.isLink()) {
                    csv.printRecord(records.id(record), records.file(record) + 1, cluster);
                } else {
                    csv.printRecord(records.id(record), cluster);
                }
            }
        }
    }
}
