package cn.kangka.empi.commandline;

import io.quarkus.runtime.Quarkus;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code load}: brings an institution's patients into the index that the service's configuration names. */
@Command(
        name = "load",
        description = {
            "Brings a hospital's patient file into the live index, linked to persons, cards issued.",
            "Interrupted, the same command goes on where it stood; repeated, it changes nothing.",
            "Nobody is told of single changes; afterwards api and each hospital that knows the persons hear how they are.",
            "",
            "Columns: id (needed), name or family and given, sex, birth, idType, idNumber, phone (several with ;),",
            "address, insurance, motherId, deceased. Others are passed over.",
            "",
            "The index is found as the service finds it, by KANGKA_DB_HOST, KANGKA_DATA_FOLDER (keys) and the like."
        },
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    private static final Map<String, String> NO_SERVICE = Map.of(
            "quarkus.http.host-enabled", "false",
            "quarkus.scheduler.enabled", "false",
            "kangka.traffic.enabled", "false",
            "quarkus.banner.enabled", "false",
            "quarkus.log.level", "WARN");

    @Option(names = "--source", required = true, paramLabel = "ID", description = "The hospital, such as H001.")
    String source;

    @Option(names = "--in", required = true, paramLabel = "patients.csv", description = "Its patients.")
    Path file;

    @Option(
            names = "--report",
            paramLabel = "report.csv",
            description =
                    "What became of each row; default: the input's name with .report.csv. It names patients' ids.")
    Path report;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "When the hospital wrote the file, such as 2026-11-25T03:00:00+08:00; default: the file's own"
                    + " time. What messages told later stays.")
    OffsetDateTime toldAt;

    @Option(
            names = "--batch",
            defaultValue = "5000",
            paramLabel = "N",
            description = "Rows in one transaction, 1 to 50000 (default 5000); messages wait for as long as one takes,"
                    + " and each thousand needs about 40 MB of heap.")
    int batch;

    @Option(
            names = "--encoding",
            defaultValue = "UTF-8",
            paramLabel = "NAME",
            description = "Of the input, such as UTF-8 (default) or GB18030.")
    Charset encoding = StandardCharsets.UTF_8;

    @Override
    public Integer call() {
        if (!Files.isReadable(file)) {
            throw new ToolException(file + ": there is no such file, or it may not be read");
        }
        if (batch < 1 || batch > LoadApplication.LARGEST_BATCH) {
            throw new ToolException("--batch is 1 to " + LoadApplication.LARGEST_BATCH + ", not " + batch);
        }
        NO_SERVICE.forEach(System::setProperty);
        LoadApplication.order = this;
        AtomicInteger exit = new AtomicInteger(1);
        AtomicReference<Throwable> broken = new AtomicReference<>();
        Quarkus.run(LoadApplication.class, (code, failure) -> {
            exit.set(code);
            broken.set(failure);
        });
        if (broken.get() != null) {
            throw new ToolException("The index cannot be opened, or the load broke off: " + reason(broken.get())
                    + System.lineSeparator() + "What is loaded stays; the same command goes on from there.");
        }
        return exit.get();
    }

    private static String reason(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }

    Path report() {
        return report == null ? Path.of(file + ".report.csv") : report;
    }
}
