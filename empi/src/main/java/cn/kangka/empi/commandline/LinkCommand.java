package cn.kangka.empi.commandline;

import cn.kangka.empi.matching.Linkage;
import cn.kangka.empi.matching.blocking.Blocking;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.training.Parameters;
import cn.kangka.empi.matching.training.ParametersYaml;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code link}: scores candidate pairs and says who is whom. */
@Command(
        name = "link",
        description = "Scores the candidate pairs and puts the records of one human into one cluster.",
        mixinStandardHelpOptions = true)
final class LinkCommand implements Callable<Integer> {
    @Mixin
    private final Inputs inputs = new Inputs();

    @Option(names = "--params", required = true, paramLabel = "params.yaml", description = "What train learnt.")
    private Path params;

    @Option(
            names = "--pairs",
            required = true,
            paramLabel = "pairs.csv",
            description = "Every pair worth a human's look, with score, decision and the bits of each field.")
    private Path pairs;

    @Option(
            names = "--clusters",
            required = true,
            paramLabel = "clusters.csv",
            description = "Each record and its cluster; with two inputs also the number of its file.")
    private Path clusters;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "Probability from which records join, 0 to 1; default: the model's own.")
    private Double threshold;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter told = spec.commandLine().getErr();
        LinkageModel model = withThreshold(inputs.readModel());
        Parameters parameters = readParameters();
        parameters.check(model);
        RecordSet records = inputs.readRecords(model);
        Blocking blocking = new Blocking(model, records);
        Linkage linkage = Linkage.of(model, parameters, records, blocking, new Progress(told, "link"));
        Results results = new Results(model, records, linkage);
        results.writePairs(pairs);
        results.writeClusters(clusters);
        told.printf(
                "%,d records, %,d pairs kept, %,d clusters%n",
                records.size(), linkage.pairs().size(), linkage.clusters().count());
        return 0;
    }

    private Parameters readParameters() throws Exception {
        try {
            return ParametersYaml.read(Files.readString(params));
        } catch (cn.kangka.empi.matching.model.ModelException e) {
            throw new ToolException(params + ", " + e.getMessage());
        }
    }

    private LinkageModel withThreshold(LinkageModel model) {
        if (threshold == null) {
            return model;
        }
        if (!(threshold > 0 && threshold < 1)) {
            throw new ToolException("--threshold is a probability between 0 and 1, not " + threshold);
        }
        return model.with(model.thresholds().withLink(threshold));
    }
}
