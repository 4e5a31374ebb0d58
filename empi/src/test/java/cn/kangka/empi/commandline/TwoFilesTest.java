package cn.kangka.empi.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two files are linked, whose ids may be the same and one of which has people twice. */
class TwoFilesTest {
    private static final String MODEL = """
            model: people
            id: id
            fields:
              name: {levels: [exact, else]}
              birth: {levels: [exact, else]}
              phone: {levels: [exact, else]}
            blocks: [name, birth, phone]
            thresholds: {link: 0.5, review: 0.1}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        StringBuilder first = new StringBuilder("id,name,birth,phone,human\n");
        StringBuilder second = new StringBuilder("id,name,birth,phone,human\n");
        // Of 0, 63, 126, 189 and 252 nothing but the name is known twice: no link is the right answer.
        for (int i = 0; i < 300; i++) {
            String birth = i % 9 == 0 ? "" : "b" + i % 150;
            first.append("%d,n%d,b%d,p%d,h%d%n".formatted(i, i % 120, i % 150, i, i));
            second.append("%d,n%d,%s,p%d,h%d%n".formatted(299 - i, i % 120, birth, i % 7 == 0 ? 999 : i, i));
            if (i < 40) {
                second.append("%d,n%d,b%d,p%d,h%d%n".formatted(1000 + i, i % 120, i % 150, i, i));
            }
        }
        Files.writeString(folder.resolve("a.csv"), first);
        Files.writeString(folder.resolve("b.csv"), second);
    }

    private String linked(String model) throws IOException {
        String yaml = Files.writeString(folder.resolve("m.yaml"), model).toString();
        String a = folder.resolve("a.csv").toString();
        String b = folder.resolve("b.csv").toString();
        String params = folder.resolve("params.yaml").toString();
        String clusters = folder.resolve("clusters.csv").toString();
        String pairs = folder.resolve("pairs.csv").toString();
        Tool.run("train", "--model", yaml, "--in", a, "--in", b, "--out", params);
        Tool.run(
                "link",
                "--model",
                yaml,
                "--params",
                params,
                "--in",
                a,
                "--in",
                b,
                "--pairs",
                pairs,
                "--clusters",
                clusters);
        return Tool.run("evaluate", "--clusters", clusters, "--truth", a, b, "--label", "human", "--pairs", pairs);
    }

    @Test
    void a_record_is_linked_with_both_doubles_of_the_other_file() throws IOException {
        assertThat(linked(MODEL))
                .contains("true pairs 340, found 335, false 0, missed 5")
                .contains("clusters of 3: 39");
        List<String> lines = Files.readAllLines(folder.resolve("clusters.csv"));
        assertThat(lines.get(0)).isEqualTo("id,source,cluster");
        assertThat(lines).hasSize(1 + 300 + 340);
    }

    @Test
    void a_source_without_doubles_gives_each_record_one_partner_at_most() throws IOException {
        assertThat(linked(MODEL.replace("id: id", "id: id\nuniqueWithinSource: yes")))
                .contains("true pairs 340, found 296, false 0, missed 44")
                .doesNotContain("clusters of 3");
    }

    @Test
    void labels_may_stand_in_one_file_that_names_the_source() throws IOException {
        linked(MODEL);
        StringBuilder truth = new StringBuilder("source,id,human\n");
        for (int source = 1; source <= 2; source++) {
            for (String line : Files.readAllLines(folder.resolve(source == 1 ? "a.csv" : "b.csv"))) {
                String[] parts = line.split(",", -1);
                truth.append(parts[0].equals("id") ? "" : source + "," + parts[0] + "," + parts[4] + "\n");
            }
        }
        Path file = Files.writeString(folder.resolve("truth.csv"), truth);
        assertThat(Tool.run(
                        "evaluate",
                        "--clusters",
                        folder.resolve("clusters.csv").toString(),
                        "--truth",
                        file.toString()))
                .contains("true pairs 340, found 335, false 0, missed 5");
    }
}
