package cn.kangka.empi.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a veto forbids is shown to a human, unless the veto says that there is nothing to ask. */
class ReviewedPairsTest {
    private static final String MODEL = """
            model: people
            id: id
            fields:
              name: {levels: [exact, else]}
              phone: {levels: [exact, else]}
              card: {levels: [exact, else]}
              birth: {levels: [exact, else]}
            blocks: [name, phone]
            thresholds: {link: 0.5, review: 0.1}
            vetoes:
              - name: born on another day
                when: {birth: [else]}
            """;
    private static final String VETO = "born on another day";

    @TempDir
    Path folder;

    /** Two hundred humans twice; of ten more pairs everything agrees but the birth date. */
    private String pairs(String model) throws IOException {
        StringBuilder rows = new StringBuilder("id,name,phone,card,birth\n");
        for (int i = 0; i < 210; i++) {
            rows.append("a%d,n%d,p%d,c%d,b%d%n".formatted(i, i, i, i, i % 50));
            rows.append("b%d,n%d,p%d,c%d,b%d%n".formatted(i, i, i, i, i < 200 ? i % 50 : i % 50 + 1));
        }
        String input = Files.writeString(folder.resolve("in.csv"), rows).toString();
        String yaml = Files.writeString(folder.resolve("m.yaml"), model).toString();
        String params = folder.resolve("params.yaml").toString();
        Path pairs = folder.resolve("pairs.csv");
        String clusters = folder.resolve("clusters.csv").toString();
        Tool.run("train", "--model", yaml, "--in", input, "--out", params);
        Tool.run(
                "link",
                "--model",
                yaml,
                "--params",
                params,
                "--in",
                input,
                "--pairs",
                pairs.toString(),
                "--clusters",
                clusters);
        return Files.readString(pairs);
    }

    @Test
    void a_forbidden_pair_waits_for_a_human() throws IOException {
        assertThat(pairs(MODEL).lines().filter(line -> line.contains("review," + VETO)))
                .hasSize(10);
    }

    @Test
    void a_forbidden_pair_about_which_there_is_nothing_to_ask_does_not() throws IOException {
        String pairs = pairs(MODEL.replace("    when:", "    review: no\n    when:"));
        assertThat(pairs).doesNotContain(VETO);
        assertThat(pairs.lines().filter(line -> line.contains(",link,"))).hasSize(200);
    }
}
