package cn.kangka.sandbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Load over HTTP by {@code wrk}, 2 threads. */
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

    /** Posts one body again and again, by another person each time, and tells how many got 201, 409 or something else. */
    private static final String POST = SCRIPT + """
            local threads = {}
            local before = setup
            function setup(thread) before(thread) table.insert(threads, thread) end
            function init(args) math.randomseed(offset + os.time()) made, taken, other = 0, 0, 0 end
            request = function()
              turn = turn + 1
              local path, token = lines[(turn + offset) % #lines + 1]:match("^(%S+) (%S+)$")
              return wrk.format("POST", path, {
                ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json",
                ["Idempotency-Key"] = string.format("%d-%d", math.random(1, 2 ^ 31), turn) }, os.getenv("BENCH_BODY"))
            end
            response = function(status)
              if status == 201 then made = made + 1 elseif status == 409 then taken = taken + 1 else other = other + 1 end
            end
            function done()
              local sum = { 0, 0, 0 }
              for _, thread in ipairs(threads) do
                sum[1] = sum[1] + thread:get("made") sum[2] = sum[2] + thread:get("taken")
                sum[3] = sum[3] + thread:get("other")
              end
              print(string.format("made=%d taken=%d other=%d", sum[1], sum[2], sum[3]))
            end
            """;

    private static final int CONNECTIONS = 64;
    private static final int FEW_CONNECTIONS = 8;
    private static final int WARM_SECONDS = 40;
    private static final int SECONDS = 10;

    /** @param p99Millis 99th percentile of the latency */
    record Result(double perSecond, double p99Millis) {}

    private Wrk() {}

    /**
     * Asks for ten seconds, after forty of warming up: so long the compiler works on two cores.
     *
     * @param requests path and token, by a blank between them
     */
    static Result read(String base, List<String> requests) throws IOException {
        return measure(requests, SCRIPT, (input, script) -> {
            run(base, input, script, CONNECTIONS, WARM_SECONDS, "");
            return result(checked(run(base, input, script, CONNECTIONS, SECONDS, "")));
        });
    }

    /** Asks for so many seconds over eight connections; how many were answered, all with 200. */
    static double steady(String base, List<String> requests, int seconds) throws IOException {
        return measure(
                requests,
                SCRIPT,
                (input, script) -> seconds
                        * result(checked(run(base, input, script, FEW_CONNECTIONS, seconds, "")))
                                .perSecond());
    }

    /** How many got 201 and 409, over how many connections. */
    record Rush(Result result, int made, int taken) {}

    /** Posts the body for so many seconds, as the people of the requests in turn; only 201 and 409 are answers. */
    static Rush post(String base, List<String> requests, String body, int connections, int seconds) throws IOException {
        return measure(requests, POST, (input, script) -> {
            String output = run(base, input, script, connections, seconds, body);
            if (Command.number(output, "other=(\\d+)") > 0) {
                throw new IllegalStateException("something else than 201 and 409:\n" + output);
            }
            return new Rush(result(output), (int) Command.number(output, "made=(\\d+)"), (int)
                    Command.number(output, "taken=(\\d+)"));
        });
    }

    private static <T> T measure(List<String> requests, String text, BiFunction<Path, Path, T> work)
            throws IOException {
        Path input = Files.createTempFile("bench", ".txt");
        Path script = Files.createTempFile("bench", ".lua");
        try {
            Files.write(input, requests);
            Files.writeString(script, text);
            return work.apply(input, script);
        } finally {
            Files.delete(input);
            Files.delete(script);
        }
    }

    private static String run(String base, Path input, Path script, int connections, int seconds, String body) {
        return Command.output(
                List.of(
                        "wrk",
                        "-t2",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout",
                        "30s",
                        "--latency",
                        "-s",
                        script.toString(),
                        base),
                Map.of("BENCH_INPUT", input.toString(), "BENCH_BODY", body));
    }

    private static String checked(String output) {
        if (output.contains("Non-2xx")) {
            throw new IllegalStateException("not every request was answered with 200:\n" + output);
        }
        return output;
    }

    private static Result result(String output) {
        if (output.contains("Socket errors")) {
            throw new IllegalStateException("connections broke:\n" + output);
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
