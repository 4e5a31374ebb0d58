package cn.kangka.sandbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads over HTTP by {@code wrk}: 2 threads, 64 connections. */
final class Wrk {
    private static final String SCRIPT = """
            local lines = {}
            for line in io.lines(os.getenv("BENCH_INPUT")) do lines[#lines + 1] = line end
            local started = 0
            function setup(thread) thread:set("offset", started * 7919) started = started + 1 end
            local turn = 0
            request = function()
              turn = turn + 1
              local path, token = lines[(turn + offset) % #lines + 1]:match("^(%S+) (%S+)$")
              return wrk.format("GET", path, { ["Authorization"] = "Bearer " .. token })
            end
            """;

    /** @param p99Millis 99th percentile of the latency */
    record Result(double perSecond, double p99Millis) {}

    private Wrk() {}

    /**
     * Asks for ten seconds, after forty of warming up: so long the compiler works on two cores.
     *
     * @param requests path and token, by a blank between them
     */
    static Result read(String base, List<String> requests) throws IOException {
        Path input = Files.createTempFile("bench", ".txt");
        Path script = Files.createTempFile("bench", ".lua");
        try {
            Files.write(input, requests);
            Files.writeString(script, SCRIPT);
            run(base, input, script, 40);
            return result(run(base, input, script, 10));
        } finally {
            Files.delete(input);
            Files.delete(script);
        }
    }

    private static String run(String base, Path input, Path script, int seconds) {
        return Command.output(
                List.of("wrk", "-t2", "-c64", "-d" + seconds + "s", "--latency", "-s", script.toString(), base),
                Map.of("BENCH_INPUT", input.toString()));
    }

    private static Result result(String output) {
        if (output.contains("Non-2xx") || output.contains("Socket errors")) {
            throw new IllegalStateException("not every request was answered with 200:\n" + output);
        }
        double p99 = Command.number(output, "99%\\s+([\\d.]+)(?:us|ms|s)");
        String unit = output.replaceAll("(?s).*99%\\s+[\\d.]+(us|ms|s).*", "$1");
        double millis =
                switch (unit) {
                    case "us" -> p99 / 1000;
                    case "s" -> p99 * 1000;
                    default -> p99;
                };
        return new Result(Command.number(output, "Requests/sec:\\s+([\\d.]+)"), millis);
    }
}
