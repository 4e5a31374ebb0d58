package cn.kangka.empi.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Public sets that others measure themselves by: trained and linked without labels, as docs/linkage tells. */
class FiguresTest {
    private static final Path MODELS = Path.of("..", "docs", "linkage");
    private static final String FEBRL_LABEL = "rec-(\\d+)-.*";

    @TempDir
    Path folder;

    /** Pairs found, false and missed. */
    private record Pairs(int found, int wrong, int missed) {
        double precision() {
            return (double) found / (found + wrong);
        }

        double f1() {
            return 2.0 * found / (2 * found + wrong + missed);
        }
    }

    @Test
    void febrl_1_is_linked_without_a_mistake() throws IOException {
        assertThat(pairs("febrl", "febrl/dataset1.csv", "--truth-id", FEBRL_LABEL))
                .isEqualTo(new Pairs(500, 0, 0));
    }

    @Test
    void febrl_2_is_linked_as_well_as_by_the_best() throws IOException {
        assertThat(pairs("febrl", "febrl/dataset2.csv", "--truth-id", FEBRL_LABEL)
                        .f1())
                .isGreaterThan(0.9992);
    }

    @Test
    void febrl_3_is_linked_without_a_false_pair() throws IOException {
        Pairs pairs = pairs("febrl", "febrl/dataset3.csv", "--truth-id", FEBRL_LABEL);
        assertThat(pairs.wrong()).isZero();
        assertThat(pairs.f1()).isGreaterThanOrEqualTo(0.9995);
    }

    @Test
    void fake_1000_is_linked_better_than_by_its_own_makers() throws IOException {
        Pairs pairs = pairs(
                "fake_1000",
                "splink/fake_1000.csv",
                "--truth",
                SharedData.path("splink/fake_1000.csv").toString(),
                "--label",
                "cluster");
        assertThat(pairs.precision()).isGreaterThanOrEqualTo(0.999);
        assertThat(pairs.f1()).isGreaterThan(0.96);
    }

    @Test
    void opencr_has_all_its_links_and_no_other() throws IOException {
        Pairs pairs = pairs(
                "opencr",
                "opencr/uganda_data_v21_20201501.csv",
                "--truth-pairs",
                SharedData.path("opencr/uganda_data_v21_20201501_true_links.csv")
                        .toString());
        assertThat(pairs).isEqualTo(new Pairs(1000, 0, 0));
    }

    private Pairs pairs(String model, String data, String... truth) throws IOException {
        String input = SharedData.path(data).toString();
        String yaml = MODELS.resolve(model + ".yaml").toString();
        String params = folder.resolve("params.yaml").toString();
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
                "--clusters",
                clusters,
                "--pairs",
                folder.resolve("pairs.csv").toString());
        List<String> words = new ArrayList<>(List.of("evaluate", "--clusters", clusters));
        words.addAll(List.of(truth));
        Matcher matcher = Pattern.compile("true pairs \\d+, found (\\d+), false (\\d+), missed (\\d+)")
                .matcher(Tool.run(words.toArray(String[]::new)));
        assertThat(matcher.find()).isTrue();
        return new Pairs(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }
}
