package cn.kangka.sandbox.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code ./run load}: {@code empi}'s {@code load}, for the region that runs here. */
final class LoadPatients {
    private final Options region;
    private final List<String> words;

    private LoadPatients(Options region, List<String> words) {
        this.region = region;
        this.words = words;
    }

    /** Keeps where the region is; everything else is the command's own. */
    static LoadPatients parse(Path home, List<String> arguments) {
        Path data = home.resolve("data");
        Ports ports = Ports.usual();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            boolean takesValue = i + 1 < arguments.size();
            if (arguments.get(i).equals("--data") && takesValue) {
                data = Path.of(arguments.get(++i));
            } else if (arguments.get(i).equals("--port-base") && takesValue) {
                ports = Ports.from(Options.number("--port-base", arguments.get(++i), 1_024, 65_000));
            } else {
                words.add(arguments.get(i));
            }
        }
        Options region = new Options(
                home, data.toAbsolutePath().normalize(), false, false, ports, Set.of(), Options.PEOPLE, Options.PACE);
        return new LoadPatients(region, words);
    }

    /** The command's exit code. */
    int run() throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xmx1g", "-XX:+UseParallelGC", "-jar"));
        command.add(
                region.home().resolve("empi/target/quarkus-app/quarkus-run.jar").toString());
        command.add("load");
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(new ServiceEnvironment(region).variables());
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
