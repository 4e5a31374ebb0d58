package cn.kangka.api.directory;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The national list of diagnosis and treatment subjects (医疗机构诊疗科目名录), as far as people book them: what departments of
 * all hospitals have in common. The release carries it ({@code directory/subjects.txt}).
 */
@ApplicationScoped
public class Subjects {
    private static final String FILE = "/directory/subjects.txt";
    private static final int SHORTEST = 2;

    private final Map<String, Subject> byCode = new LinkedHashMap<>();

    /** One line of the list; {@code names} in lower case are all under which people look for it. */
    private record Subject(String code, String chinese, String english, List<String> names) {}

    Subjects() {
        for (String[] line : lines(FILE)) {
            Stream<String> others = line.length > 3 ? Stream.of(line[3].split("、")) : Stream.empty();
            List<String> names = Stream.concat(Stream.of(line[1], line[2]), others)
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .filter(name -> !name.isBlank())
                    .toList();
            byCode.put(line[0], new Subject(line[0], line[1], line[2], names));
        }
    }

    /** The fields of a table of the release, by ; – empty lines and those that begin with # left out. */
    public static List<String[]> lines(String file) {
        try (InputStream in = Subjects.class.getResourceAsStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(";"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its name; null for a code that is not in the list. */
    public String name(String code, Locale locale) {
        Subject subject = byCode.get(code);
        if (subject == null) {
            return null;
        }
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? subject.english() : subject.chinese();
    }

    /** Codes whose name, or one of the names that people use, is in the question or begins with it. */
    public List<String> named(String question) {
        String asked = question.strip().toLowerCase(Locale.ROOT);
        if (asked.length() < SHORTEST) {
            return List.of();
        }
        Map<String, String> found = new LinkedHashMap<>();
        byCode.values().forEach(subject -> subject.names().stream()
                .filter(name -> Words.begins(asked, name) || Words.in(asked, name))
                .map(name -> Words.begins(asked, name) ? asked : name)
                .max(Comparator.comparing(String::length))
                .ifPresent(name -> found.put(subject.code(), name)));
        return found.entrySet().stream()
                .filter(one -> found.values().stream().noneMatch(other -> within(one.getValue(), other)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** 内科 is in 心内科, which then is what was meant. */
    private static boolean within(String one, String other) {
        return other.length() > one.length() && other.contains(one);
    }

    /** The codes with everything below them: 03 is also 03.04. */
    public List<String> withParts(List<String> codes) {
        List<String> all = new ArrayList<>();
        for (String code : codes) {
            all.add(code);
            byCode.keySet().stream().filter(each -> each.startsWith(code + ".")).forEach(all::add);
        }
        return all.stream().distinct().toList();
    }

    /** What each is a part of: 03.04 is of 03. */
    public static List<String> wholes(List<String> codes) {
        return codes.stream()
                .filter(code -> code.indexOf('.') > 0)
                .map(code -> code.substring(0, code.indexOf('.')))
                .distinct()
                .toList();
    }
}
