package cn.kangka.empi.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file is one sentence with its place, and exit code 1; words that make no sense are 2. */
class BadInputTest {
    private static final String MODEL = """
            model: people
            id: id
            fields:
              name: {levels: [exact, else]}
              birth: {levels: [exact, else]}
            blocks: [name, birth]
            """;
    private static final String ROWS = """
            id,name,birth
            1,张三,19800101
            2,张三,19800101
            3,李四,19810202
            4,李四,19800101
            5,王五,19850505
            6,赵六,19860606
            """;

    @TempDir
    Path folder;

    private final StringWriter told = new StringWriter();

    @BeforeEach
    void model() throws IOException {
        Files.writeString(folder.resolve("m.yaml"), MODEL);
    }

    @Test
    void a_good_file_is_learnt_from_whatever_its_line_ends_and_marks() throws IOException {
        for (String text : List.of(
                ROWS, ROWS.replace("\n", "\r\n"), "\uFEFF" + ROWS, ROWS.replaceFirst("\n", "\r\n"), ROWS.strip())) {
            assertThat(train(Files.writeString(folder.resolve("in.csv"), text)))
                    .as(told.toString())
                    .isZero();
        }
        assertThat(train(
                        Files.writeString(folder.resolve("gb.csv"), ROWS, Charset.forName("GB18030")),
                        "--encoding",
                        "GB18030"))
                .isZero();
    }

    @Test
    void an_absent_column_is_named() throws IOException {
        assertRefused(ROWS.replace("birth", "born"), "in.csv, line 1: no column birth; there are id, name, born");
    }

    @Test
    void a_column_that_stands_twice_is_refused() throws IOException {
        assertRefused(ROWS.replace("id,name,birth", "id,name,name"), "in.csv, line 1");
    }

    @Test
    void an_empty_file_is_told() throws IOException {
        assertRefused("", "in.csv: the file is empty");
    }

    @Test
    void a_row_of_another_length_is_named() throws IOException {
        assertRefused(ROWS.replace("3,李四,19810202", "3,李四"), "in.csv, line 4: 2 fields, the header has 3");
    }

    @Test
    void an_open_quote_is_told() throws IOException {
        assertRefused(ROWS.replace("3,李四", "3,\"李四"), "in.csv, line");
    }

    @Test
    void an_id_that_stands_twice_is_named() throws IOException {
        assertRefused(ROWS.replace("5,王五", "2,王五"), "the id 2 stands there twice");
    }

    @Test
    void bytes_of_another_encoding_are_told() throws IOException {
        Path file = Files.writeString(folder.resolve("in.csv"), ROWS, Charset.forName("GB18030"));
        assertThat(train(file)).isEqualTo(1);
        assertThat(told.toString()).contains("bytes that are not UTF-8; name the encoding by --encoding");
    }

    @Test
    void a_line_without_end_is_refused_before_it_fills_the_memory() throws IOException {
        Path file = folder.resolve("in.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("id,name,birth\n");
            for (int i = 0; i < 64; i++) {
                out.write("x".repeat(1 << 20));
            }
        }
        assertThat(train(file)).isEqualTo(1);
        assertThat(told.toString()).contains("in.csv, line 2: more than 1000000 characters without a line end");
    }

    @Test
    void a_level_that_was_never_observed_is_refused_by_name() throws IOException {
        Files.writeString(
                folder.resolve("m.yaml"),
                MODEL.replace("birth: {levels: [exact, ", "birth: {levels: [exact, date-swapped, "));
        assertRefused(ROWS, "level 'date-swapped' was never observed in training");
    }

    @Test
    void parameters_of_another_model_are_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("in.csv"), ROWS);
        assertThat(train(file)).isZero();
        Files.writeString(folder.resolve("m.yaml"), MODEL.replace("blocks: [name, birth]", "blocks: [name]"));
        assertThat(run(
                        "link",
                        "--model",
                        folder + "/m.yaml",
                        "--in",
                        file.toString(),
                        "--params",
                        folder + "/p.yaml",
                        "--pairs",
                        folder + "/pairs.csv",
                        "--clusters",
                        folder + "/c.csv"))
                .isEqualTo(1);
        assertThat(told.toString()).contains("trained for another version of the model");
    }

    @Test
    void words_that_make_no_sense_are_told_with_the_usage() {
        assertThat(run("train", "--modl", "m.yaml")).isEqualTo(2);
        assertThat(told.toString()).contains("Usage: linkage train");
    }

    private void assertRefused(String text, String sentence) throws IOException {
        assertThat(train(Files.writeString(folder.resolve("in.csv"), text))).isEqualTo(1);
        assertThat(told.toString()).contains(sentence).doesNotContain("Exception");
    }

    private int train(Path file, String... more) {
        List<String> words = new ArrayList<>(
                List.of("train", "--model", folder + "/m.yaml", "--in", file.toString(), "--out", folder + "/p.yaml"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private int run(String... words) {
        PrintWriter out = new PrintWriter(told, true);
        return LinkageTool.run(out, out, words);
    }
}
