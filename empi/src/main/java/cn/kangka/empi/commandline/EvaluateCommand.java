package cn.kangka.empi.commandline;

import cn.kangka.empi.commandline.Confusion.Placed;
import cn.kangka.empi.matching.blocking.Blocking;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.record.RecordSet;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: compares clusters with the truth. */
@Command(
        name = "evaluate",
        description =
                "Compares clusters with labels: pairs, precision, recall, F1, cluster sizes; with the model and its"
                        + " input the share of true pairs that blocking finds; with pairs how reliable probabilities are.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    @Option(names = "--clusters", required = true, paramLabel = "clusters.csv", description = "What link wrote.")
    private Path clusters;

    @Mixin
    private final Truth truth = new Truth();

    @ArgGroup(exclusive = false, heading = "For pair completeness:%n")
    private Inputs inputs;

    @Option(names = "--pairs", paramLabel = "pairs.csv", description = "What link wrote, for the reliability table.")
    private Path pairs;

    @Option(names = "--reliability", paramLabel = "curve.svg", description = "The reliability curve as a picture.")
    private Path picture;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> labels = new HashMap<>();
        List<Placed> records = placed(labels);
        print(out, Confusion.of(records), Confusion.sizes(records));
        if (inputs != null) {
            LinkageModel model = inputs.readModel();
            out.printf(Locale.ROOT, "pair completeness %.5f%n", completeness(model, labels));
        }
        if (pairs != null) {
            Reliability reliability = Reliability.of(new CsvFile(pairs, StandardCharsets.UTF_8), labels);
            reliability.print(out);
            if (picture != null) {
                reliability.draw(picture);
            }
        } else if (picture != null) {
            throw new ToolException("--reliability needs --pairs");
        }
        return 0;
    }

    private List<Placed> placed(Map<String, String> labels) {
        CsvFile file = new CsvFile(clusters, StandardCharsets.UTF_8);
        boolean sourced = file.header().contains("source");
        List<String[]> rows = new ArrayList<>();
        file.forEach(
                List.of("cluster"),
                row -> rows.add(new String[] {row.get(0), sourced ? row.get("source") : "1", row.get("cluster")}));
        labels.putAll(truth.labels(rows.stream().map(row -> row[0]).toList()));
        return rows.stream()
                .map(row -> new Placed(
                        row[0],
                        row[1].equals("2") ? 1 : 0,
                        row[2],
                        labels.getOrDefault(row[0], "\u0000" + row[1] + row[0])))
                .toList();
    }

    private static void print(PrintWriter out, Confusion confusion, Map<Integer, Integer> sizes) {
        out.printf(
                "true pairs %d, found %d, false %d, missed %d%n",
                confusion.truePositives() + confusion.falseNegatives(),
                confusion.truePositives(),
                confusion.falsePositives(),
                confusion.falseNegatives());
        out.printf(
                Locale.ROOT,
                "precision %.5f%nrecall %.5f%nF1 %.5f%n",
                confusion.precision(),
                confusion.recall(),
                confusion.f1());
        sizes.forEach((size, count) -> out.printf("clusters of %d: %d%n", size, count));
    }

    private double completeness(LinkageModel model, Map<String, String> labels) {
        RecordSet records = inputs.readRecords(model);
        Blocking blocking = new Blocking(model, records);
        Map<String, List<Integer>> humans = new HashMap<>();
        for (int record = 0; record < records.size(); record++) {
            String label = labels.get(records.id(record));
            if (label != null) {
                humans.computeIfAbsent(label, each -> new ArrayList<>()).add(record);
            }
        }
        long all = 0;
        long found = 0;
        for (List<Integer> human : humans.values()) {
            for (int i = 0; i < human.size(); i++) {
                for (int j = 0; j < i; j++) {
                    if (records.isComparable(human.get(j), human.get(i))) {
                        all++;
                        found += blocking.finds(human.get(j), human.get(i)) ? 1 : 0;
                    }
                }
            }
        }
        return all == 0 ? 1 : (double) found / all;
    }
}
