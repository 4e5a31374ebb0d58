package cn.kangka.sandbox.population;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A patient file, read back: the first record of each human, and the further ones. */
record Lines(Map<String, String[]> first, List<String[]> further, PatientFileSummary summary) {

    static String text(long seed, int people, double duplicates, ErrorMix mix) {
        StringBuilder text = new StringBuilder();
        write(text, seed, people, duplicates, mix);
        return text.toString();
    }

    private static PatientFileSummary write(
            StringBuilder text, long seed, int people, double duplicates, ErrorMix mix) {
        try {
            return new PatientFile(seed, people, duplicates, mix).write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Lines of(long seed, int people, double duplicates, ErrorMix mix) {
        StringBuilder text = new StringBuilder();
        PatientFileSummary summary = write(text, seed, people, duplicates, mix);
        Map<String, String[]> first = new HashMap<>();
        List<String[]> further = new ArrayList<>();
        List<String> lines = text.toString().lines().toList();
        if (!lines.get(0).equals(PatientFile.HEADER)) {
            throw new AssertionError(lines.get(0));
        }
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields.length != 14) {
                throw new AssertionError(line);
            }
            if (first.putIfAbsent(fields[12], fields) != null) {
                further.add(fields);
            }
        }
        return new Lines(first, further, summary);
    }

    String[] firstOf(String[] line) {
        return first.get(line[12]);
    }
}
