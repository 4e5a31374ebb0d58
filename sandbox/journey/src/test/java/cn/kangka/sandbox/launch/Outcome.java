package cn.kangka.sandbox.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How a command ended that was not meant to run for long. */
record Outcome(int exitCode, String output, String error) {
    private static final long PATIENCE_SECONDS = 60;

    static Outcome of(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        Path error = Files.createTempFile("error", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(error.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(command + " does not end:\n" + text(output) + text(error));
            }
            return new Outcome(process.exitValue(), text(output), text(error));
        } finally {
            process.destroy();
            Files.delete(output);
            Files.delete(error);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** What was said to the person, who may have got the usage after it. */
    String sentence() {
        return error.lines().findFirst().orElse("");
    }
}
