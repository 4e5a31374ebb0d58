package cn.kangka.api.education;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One article as it is written: front matter between two lines of {@code ---}, then Markdown.
 *
 * @param slug the article's name in every language, such as {@code blood-count}
 * @param language {@code zh-CN} or {@code en}
 * @param topics words a reader would look for
 * @param icd10 ICD-10 categories that it is about
 * @param loinc LOINC codes of results that it explains
 * @param audience {@code adult}, {@code elder}, {@code child} …
 * @param reviewedOn when a professional last checked it
 * @param sources guidelines and standards it follows
 * @param markdown the text
 */
record ArticleSource(
        String slug,
        String language,
        String title,
        String summary,
        List<String> topics,
        List<String> icd10,
        List<String> loinc,
        List<String> audience,
        LocalDate reviewedOn,
        List<String> sources,
        String markdown) {
    private static final String FENCE = "---";

    /**
     * Reads a file.
     *
     * @param fileName {@code <slug>.<language>.md}
     * @throws IllegalArgumentException when a field is missing or the name does not fit the slug
     */
    static ArticleSource parse(String fileName, String text) {
        String[] name = fileName.split("\\.");
        int end = text.indexOf("\n" + FENCE + "\n", FENCE.length());
        if (name.length != 3 || !text.startsWith(FENCE + "\n") || end < 0) {
            throw new IllegalArgumentException(fileName + ": not an article with front matter");
        }
        Map<String, String> fields = fields(fileName, text.substring(FENCE.length() + 1, end));
        if (!field(fields, fileName, "slug").equals(name[0])) {
            throw new IllegalArgumentException(fileName + ": its slug is another one");
        }
        return new ArticleSource(
                name[0],
                name[1],
                field(fields, fileName, "title"),
                field(fields, fileName, "summary"),
                list(field(fields, fileName, "topics")),
                list(field(fields, fileName, "icd10")),
                list(field(fields, fileName, "loinc")),
                list(field(fields, fileName, "audience")),
                LocalDate.parse(field(fields, fileName, "reviewedOn")),
                list(field(fields, fileName, "sources")),
                text.substring(end + FENCE.length() + 2));
    }

    private static Map<String, String> fields(String fileName, String header) {
        Map<String, String> fields = new TreeMap<>();
        for (String line : header.split("\n")) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                throw new IllegalArgumentException(fileName + ": not a field: " + line);
            }
            fields.put(
                    line.substring(0, colon).strip(), line.substring(colon + 2).strip());
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String fileName, String name) {
        String value = fields.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(fileName + ": " + name + " is missing");
        }
        return value;
    }

    /** {@code [a, b]}; a comma inside an item is not possible, a Chinese one is. */
    private static List<String> list(String value) {
        if (!value.startsWith("[") || !value.endsWith("]")) {
            throw new IllegalArgumentException("not a list: " + value);
        }
        return Arrays.stream(value.substring(1, value.length() - 1).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
