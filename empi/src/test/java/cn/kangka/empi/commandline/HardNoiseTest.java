package cn.kangka.empi.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.commandline.Confusion.Placed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Families, twins and namesakes with a third of the values missing: no chain may glue them together. */
class HardNoiseTest {
    private static final String MODEL = """
            model: hard
            id: id
            fields:
              first_name:
                columns: [first_name, surname]
                normalise: [lower, letters]
                term-frequency: yes
                levels: [exact, jaro-winkler: 0.9, truncated: 3, swapped: 0.9, else]
              surname:
                household: yes
                normalise: [lower, letters]
                term-frequency: yes
                levels: [exact, jaro-winkler: 0.9, else]
              birth:
                normalise: [date]
                levels: [exact, date-digit, date-parts: 2, date-parts: 1, else]
              birth_place:
                household: yes
                normalise: [lower]
                term-frequency: yes
                levels: [exact, jaro-winkler: 0.9, else]
              postcode:
                household: yes
                levels: [exact, damerau-levenshtein: 1, else]
              occupation:
                term-frequency: yes
                levels: [exact, else]
            blocks:
              - first_name + surname
              - surname + birth year
              - first_name + birth year
              - birth
              - surname + postcode
              - first_name + postcode
              - surname + birth_place
              - first_name each-part first 3 + postcode
              - surname first 3 + birth year-month
            thresholds: {link: 0.9, review: 0.2}
            """;

    @TempDir
    Path folder;

    private record Scored(String one, String other, double score) {}

    @Test
    void clusters_stay_precise_and_find_more_than_connected_components_do() throws IOException {
        Path input = folder.resolve("hard.csv");
        HardNoise.write(input, 7, 4000);
        String yaml = Files.writeString(folder.resolve("hard.yaml"), MODEL).toString();
        String params = folder.resolve("params.yaml").toString();
        Path clusters = folder.resolve("clusters.csv");
        Path pairs = folder.resolve("pairs.csv");
        Tool.run("train", "--model", yaml, "--in", input.toString(), "--out", params);
        Tool.run(
                "link",
                "--model",
                yaml,
                "--params",
                params,
                "--in",
                input.toString(),
                "--pairs",
                pairs.toString(),
                "--clusters",
                clusters.toString());
        Map<String, String> truth = column(input, "person");
        Confusion ours = confusion(column(clusters, "cluster"), truth);
        Confusion theirs = bestComponents(pairs, truth, ours.precision());
        String figures = "precision %.4f recall %.4f F1 %.4f; components at that precision: recall %.4f"
                .formatted(ours.precision(), ours.recall(), ours.f1(), theirs.recall());
        assertThat(ours.precision()).as(figures).isGreaterThanOrEqualTo(0.95);
        assertThat(ours.recall()).as(figures).isGreaterThan(theirs.recall() + 0.05);
    }

    /** Connected components of the same pairs, at the score at which they find most and are as precise. */
    private static Confusion bestComponents(Path pairs, Map<String, String> truth, double precision) {
        List<Scored> scored = new ArrayList<>();
        new CsvFile(pairs, StandardCharsets.UTF_8)
                .forEach(
                        List.of(),
                        row -> scored.add(new Scored(row.get(0), row.get(1), Double.parseDouble(row.get("score")))));
        Confusion best = new Confusion(0, 0, 1);
        for (double least = 25; least > -2; least -= 0.25) {
            Confusion confusion = confusion(components(truth, scored, least), truth);
            if (confusion.precision() >= precision && confusion.recall() > best.recall()) {
                best = confusion;
            }
        }
        return best;
    }

    private static Map<String, String> components(Map<String, String> truth, List<Scored> pairs, double least) {
        Map<String, String> parents = new HashMap<>();
        truth.keySet().forEach(id -> parents.put(id, id));
        pairs.stream()
                .filter(pair -> pair.score >= least)
                .forEach(pair -> parents.put(root(parents, pair.one), root(parents, pair.other)));
        Map<String, String> roots = new HashMap<>();
        truth.keySet().forEach(id -> roots.put(id, root(parents, id)));
        return roots;
    }

    private static String root(Map<String, String> parents, String id) {
        String at = id;
        while (!parents.get(at).equals(at)) {
            parents.put(at, parents.get(parents.get(at)));
            at = parents.get(at);
        }
        return at;
    }

    private static Confusion confusion(Map<String, String> clusters, Map<String, String> truth) {
        return Confusion.of(truth.keySet().stream()
                .map(id -> new Placed(id, 0, clusters.get(id), truth.get(id)))
                .toList());
    }

    private static Map<String, String> column(Path file, String column) {
        Map<String, String> values = new HashMap<>();
        new CsvFile(file, StandardCharsets.UTF_8)
                .forEach(List.of(column), row -> values.put(row.get(0), row.get(column)));
        return values;
    }
}
