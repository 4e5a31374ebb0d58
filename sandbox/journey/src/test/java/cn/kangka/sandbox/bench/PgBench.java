package cn.kangka.sandbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code pgbench} with our own statements, prepared, on the region's own database. */
final class PgBench {
    private PgBench() {}

    /** Transactions per second over ten seconds, as the owner of a schema. */
    static double perSecond(int port, String owner, int clients, String script) throws IOException {
        return run(port, owner, clients, List.of("-T", "10"), script);
    }

    /** Transactions per second of so many transactions by each client. */
    static double perSecond(int port, String owner, int clients, int each, String script) throws IOException {
        return run(port, owner, clients, List.of("-t", Integer.toString(each)), script);
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
