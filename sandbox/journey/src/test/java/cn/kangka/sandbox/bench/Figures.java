package cn.kangka.sandbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that is committed in {@code docs/proofs}. */
final class Figures {
    private final List<String> rows = new ArrayList<>();

    void add(String what, String figure, String beside) {
        String row = "| " + what + " | " + figure + " | " + beside + " |";
        System.out.println(row);
        rows.add(row);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }

    static String ratio(double ours, double theirs) {
        return String.format(Locale.ROOT, "%s/s; ratio **%.2f**", number(theirs), ours / theirs);
    }

    void write(String test, Path file) throws IOException {
        List<String> text = new ArrayList<>(List.of(
                "# " + test + " of " + LocalDate.now(ZoneId.of("Asia/Shanghai")),
                "",
                "`./mvnw verify -Pproof -pl sandbox/journey -am -Dtest=" + test
                        + " -Dsurefire.failIfNoSpecifiedTests=false`, "
                        + Runtime.getRuntime().availableProcessors() + " cores, Java "
                        + Runtime.version().feature() + ", load generators on the same cores.",
                "",
                "| what | figure | beside it, in the same run |",
                "|---|---|---|"));
        text.addAll(rows);
        Files.createDirectories(file.getParent());
        Files.write(file, text);
    }
}
