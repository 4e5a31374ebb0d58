package cn.kangka.empi.commandline;

import cn.kangka.empi.matching.blocking.Blocking;
import cn.kangka.empi.matching.blocking.PassReport;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.training.Parameters;
import cn.kangka.empi.matching.training.ParametersYaml;
import cn.kangka.empi.matching.training.Trainer;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: learns what agreement and disagreement weigh, from the records alone. */
@Command(
        name = "train",
        description = "Learns from unlabelled records what each level of agreement weighs: u from random pairs, m by"
                + " expectation-maximisation over the blocking passes. Refuses a level that was never observed.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private final Inputs inputs = new Inputs();

    @Option(names = "--out", required = true, paramLabel = "params.yaml", description = "Where the parameters go.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter told = spec.commandLine().getErr();
        LinkageModel model = inputs.readModel();
        RecordSet records = inputs.readRecords(model);
        told.printf("%,d records%n", records.size());
        Blocking blocking = new Blocking(model, records);
        blocking.report().forEach(pass -> told.println(sentence(pass)));
        Parameters parameters = Trainer.train(model, records, blocking, told::println);
        Files.writeString(out, ParametersYaml.write(parameters));
        return 0;
    }

    static String sentence(PassReport pass) {
        StringBuilder text = new StringBuilder("block %s: %,d records in %,d blocks, the largest of %,d, %,d pairs"
                .formatted(pass.name(), pass.keyed(), pass.blocks(), pass.largest(), pass.pairs()));
        if (pass.split() > 0) {
            text.append("; %,d blocks split".formatted(pass.split()));
        }
        if (pass.oversized() > 0) {
            text.append("; %,d blocks above the limit".formatted(pass.oversized()));
        }
        if (pass.setAside() + pass.leftOut() > 0) {
            text.append("; %,d records not compared by this pass".formatted(pass.setAside() + pass.leftOut()));
        }
        return text.toString();
    }
}
