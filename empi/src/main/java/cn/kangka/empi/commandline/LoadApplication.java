package cn.kangka.empi.commandline;

import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.linking.Batch;
import cn.kangka.empi.linking.BulkLinking;
import cn.kangka.empi.load.LoadReport;
import cn.kangka.empi.load.LoadRun;
import cn.kangka.empi.load.Loads;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/** Does what {@link LoadCommand} asks for: while one batch is written, the next one is read. */
public final class LoadApplication implements QuarkusApplication {
    static final int LARGEST_BATCH = 50_000;
    /** Set before the application starts. */
    static LoadCommand order;

    private final Loads loads;
    private final PrintWriter told;
    private final List<Batch.Line> lines = new ArrayList<>();
    private CompletableFuture<LoadRun> writing;

    @Inject
    LoadApplication(Loads loads) {
        this(loads, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    /** The same that tells somebody else. */
    LoadApplication(Loads loads, PrintWriter told) {
        this.loads = loads;
        this.told = told;
    }

    @Override
    public int run(String... arguments) {
        return run(order);
    }

    /** The exit code. */
    int run(LoadCommand what) {
        try {
            load(what);
            return 0;
        } catch (ToolException | IOException e) {
            told.println(e.getMessage());
            return 1;
        }
    }

    private void load(LoadCommand what) throws IOException {
        Source source = loads.source(what.source)
                .orElseThrow(() -> new ToolException(
                        "--source " + what.source + ": no institution of that id is configured (sources.json)"));
        Instant toldAt =
                what.toldAt == null ? Files.getLastModifiedTime(what.file).toInstant() : what.toldAt.toInstant();
        Input input = Input.of(what.file);
        LoadRun run =
                loads.open(source, input.digest(), toldAt, what.batch).await().indefinitely();
        if (run.rows() > 0) {
            told.printf("%,d rows were loaded before; going on%n", run.rows());
        }
        try (LoadReport report = LoadReport.open(what.report(), run.reportBytes())) {
            LoadRun done = load(what, input, run, report);
            loads.finish(done).await().indefinitely();
            told.printf(
                    "%,d rows: %s%n",
                    done.rows(),
                    done.counts().entrySet().stream()
                            .map(each ->
                                    "%s %,d".formatted(each.getKey().name().toLowerCase(Locale.ROOT), each.getValue()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private LoadRun load(LoadCommand what, Input input, LoadRun run, LoadReport report) {
        Progress progress = new Progress(told, "load");
        writing = CompletableFuture.completedFuture(run);
        try {
            new CsvFile(what.file, what.encoding)
                    .forEach(List.of(BulkLinking.columns().get(0)), row -> {
                        take(row, run, report);
                        progress.accept(Math.min(1, (double) row.getRecordNumber() / input.lines()));
                    });
            write(run, report);
        } finally {
            // Where the file ends badly, what came before is loaded all the same.
            writing.exceptionally(failure -> null).join();
        }
        return writing.join();
    }

    private void take(CSVRecord row, LoadRun from, LoadReport report) {
        if (row.getRecordNumber() <= from.rows()) {
            return;
        }
        lines.add(new Batch.Line(row.getRecordNumber() + 1, name -> row.isMapped(name) ? row.get(name) : null));
        if (lines.size() == from.batch()) {
            write(from, report);
        }
    }

    private void write(LoadRun from, LoadReport report) {
        if (lines.isEmpty()) {
            return;
        }
        Batch next = loads.prepare(from, List.copyOf(lines));
        lines.clear();
        LoadRun before = writing.join();
        writing = loads.add(before, next, outcomes -> report.write(before.reportBytes(), outcomes))
                .subscribeAsCompletionStage();
    }

    /**
     * A file, read once.
     *
     * @param lines about as many rows as it has
     */
    private record Input(String digest, long lines) {
        static Input of(Path file) throws IOException {
            try (InputStream bytes = Files.newInputStream(file)) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                byte[] some = new byte[1 << 16];
                long lines = 0;
                for (int read = bytes.read(some); read >= 0; read = bytes.read(some)) {
                    digest.update(some, 0, read);
                    for (int i = 0; i < read; i++) {
                        lines += some[i] == '\n' ? 1 : 0;
                    }
                }
                return new Input(HexFormat.of().formatHex(digest.digest()), Math.max(1, lines));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }
}
