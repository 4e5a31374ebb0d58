package cn.kangka.api.search;

import cn.kangka.api.directory.Subjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which department sees people with what: the table that the release carries ({@code directory/symptoms.txt}). */
@ApplicationScoped
class Symptoms {
    private static final String FILE = "/directory/symptoms.txt";

    private final List<Symptom> all =
            Subjects.lines(FILE).stream().map(Symptoms::symptom).toList();

    private record Found(Symptom symptom, int length) {}

    private static Symptom symptom(String[] line) {
        boolean urgent = line[0].startsWith("!");
        boolean group = line[0].startsWith("@");
        String words = urgent || group ? line[0].substring(1) : line[0];
        return new Symptom(
                List.of(words.split("、")), List.of(line[1].split(",")), List.of(line[2].split(",")), urgent, group);
    }

    /** What a question is about: urgent ones first, then whom it is about, then by the longest word that it has of each. */
    List<Symptom> of(String question) {
        String asked = question.strip().toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(symptom -> symptom.wordIn(asked) != null)
                .map(symptom -> new Found(symptom, symptom.wordIn(asked).length()))
                .sorted(Comparator.comparing((Found found) -> !found.symptom().urgent())
                        .thenComparing(found -> !found.symptom().group())
                        .thenComparing(found -> -found.length()))
                .map(Found::symptom)
                .toList();
    }

    List<Symptom> all() {
        return all;
    }

    /**
     * Departments that a question names or that see what it is about.
     *
     * @param first the likeliest
     * @param others also good, or good for some of it
     */
    record Departments(List<String> first, List<String> others) {}

    /** A child's fever is the children's doctors' first: who it is about comes before what it is. */
    static Departments departments(List<String> named, List<Symptom> symptoms, Subjects subjects) {
        boolean group = symptoms.stream().anyMatch(Symptom::group);
        List<String> first = Stream.concat(
                        named.stream(),
                        symptoms.stream()
                                .filter(symptom -> symptom.group() || symptom.urgent() || !group)
                                .map(symptom -> symptom.codes().get(0)))
                .distinct()
                .toList();
        List<String> likely = subjects.withParts(first);
        List<String> others = Stream.concat(
                        symptoms.stream().flatMap(symptom -> symptom.codes().stream()), Subjects.wholes(first).stream())
                .filter(code -> !likely.contains(code))
                .distinct()
                .toList();
        return new Departments(likely, others);
    }
}
