package cn.kangka.empi.commandline;

import cn.kangka.empi.matching.model.ModelException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the commands; exit codes are 0 for done, 1 for what the files say, 2 for words that make no sense. */
@Command(
        name = "linkage",
        description = "Finds records of one human in files: probabilistic linkage (Fellegi-Sunter) without labels.",
        footer = {"", "A model is YAML; docs/linkage/README.md teaches it and has ready ones."},
        subcommands = {
            TrainCommand.class,
            LinkCommand.class,
            EvaluateCommand.class,
            LoadCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "1")
final class LinkageTool {
    private static final Set<String> COMMANDS = Set.of("train", "link", "evaluate", "load", "help");

    private LinkageTool() {}

    /** Whether the word is one of the commands. */
    static boolean knows(String word) {
        return COMMANDS.contains(word);
    }

    /** Runs a command; its exit code. */
    static int run(String... arguments) {
        return run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
    }

    /** The same with other channels. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new LinkageTool())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(sentence(failure));
                    return 1;
                })
                .execute(arguments);
    }

    /** What a person is told; what no person can mend keeps its stack. */
    private static String sentence(Exception failure) throws RuntimeException {
        if (failure instanceof ToolException || failure instanceof ModelException) {
            return failure.getMessage();
        }
        if (failure instanceof java.io.IOException) {
            return "Cannot read or write: " + failure.getMessage();
        }
        throw new IllegalStateException(failure);
    }
}
