package cn.kangka.sandbox.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code pgbench} with our own statements, prepared, on the region's own database. */
final class PgBench {
    private PgBench() {}

    /** Transactions per second over ten seconds, as the owner of a schema. */
    static double perSecond(int port, String owner, int clients, String script) throws IOException {
        return run(port, owner, clients, List.of("-T", "10"), script);
    }

    /**
     * Transactions per second of so many by each client, of which the first {@code warm} are not counted: on a fresh
     * connection they plan every statement of every function.
     */
    static double perSecond(int port, String owner, int clients, int warm, int each, String script) throws IOException {
        Path folder = Files.createTempDirectory("bench");
        Path prefix = folder.resolve("log");
        run(port, owner, clients, List.of("-t", Integer.toString(each), "-l", "--log-prefix=" + prefix), script);
        try (Stream<Path> logs = Files.list(folder)) {
            List<Logged> counted = logs.flatMap(PgBench::read)
                    .filter(transaction -> transaction.number() >= warm)
                    .toList();
            double start = counted.stream().mapToDouble(Logged::start).min().orElseThrow();
            double end = counted.stream().mapToDouble(Logged::end).max().orElseThrow();
            return counted.size() / (end - start);
        }
    }

    /** A line of pgbench's log; times in seconds. */
    private record Logged(int number, double start, double end) {}

    private static Stream<Logged> read(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines
                    .map(line -> line.split(" "))
                    .map(fields -> {
                        double end = Double.parseDouble(fields[4]) + Double.parseDouble(fields[5]) / 1e6;
                        return new Logged(Integer.parseInt(fields[1]), end - Double.parseDouble(fields[2]) / 1e6, end);
                    })
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double run(int port, String owner, int clients, List<String> length, String script)
            throws IOException {
        Path file = Files.createTempFile("bench", ".sql");
        try {
            Files.writeString(file, script);
            List<String> command = new java.util.ArrayList<>(List.of(
                    "pgbench",
                    "-n",
                    "-M",
                    "prepared",
                    "-h",
                    "localhost",
                    "-p",
                    Integer.toString(port),
                    "-U",
                    owner,
                    "-c",
                    Integer.toString(clients),
                    "-j",
                    "2"));
            command.addAll(length);
            command.addAll(List.of("-f", file.toString(), "kangka"));
            String output = Command.output(command, Map.of("PGPASSWORD", owner));
            if (Command.number(output, "number of failed transactions: (\\d+)") > 0) {
                throw new IllegalStateException("transactions failed:\n" + output);
            }
            return Command.number(output, "tps = ([\\d.]+)");
        } finally {
            Files.delete(file);
        }
    }
}
