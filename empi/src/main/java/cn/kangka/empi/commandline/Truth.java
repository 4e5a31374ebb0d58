package cn.kangka.empi.commandline;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Who is whom in truth, in one of the forms in which labelled data come. */
final class Truth {
    @ArgGroup(exclusive = true, multiplicity = "1", heading = "The truth, in one of three forms:%n")
    private Form form;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "The column of --truth that holds the label; default: its last.")
    private String label;

    /** One of these. */
    static final class Form {
        @Option(
                names = "--truth",
                paramLabel = "truth.csv",
                arity = "1..2",
                description = "Ids (in the column that clusters.csv calls so, otherwise the first) and a label that"
                        + " records of one human share; the input itself may be one. Of two inputs both, in their"
                        + " order; or one file that says in a column 'source', 1 or 2, which input is meant.")
        private List<Path> labels;

        @Option(
                names = "--truth-pairs",
                paramLabel = "pairs.csv",
                description = "The ids of two records of one human in each row.")
        private Path pairs;

        @Option(
                names = "--truth-id",
                paramLabel = "REGEX",
                description = "The label is a part of the id: the group of this expression, as in 'rec-(\\d+)-.*'.")
        private Pattern pattern;
    }

    /**
     * The label of each record that has one.
     *
     * @param idColumn what the input calls the id
     */
    Labels labels(String idColumn, Iterable<String> ids) {
        if (form.labels == null) {
            return new Labels(List.of(
                    form.pairs != null ? ofPairs(new CsvFile(form.pairs, StandardCharsets.UTF_8)) : ofIds(ids)));
        }
        if (form.labels.size() == 1) {
            return ofColumn(new CsvFile(form.labels.get(0), StandardCharsets.UTF_8), idColumn);
        }
        return new Labels(form.labels.stream()
                .map(path -> ofColumn(new CsvFile(path, StandardCharsets.UTF_8), idColumn))
                .map(each -> each.byFile().get(0))
                .toList());
    }

    private Labels ofColumn(CsvFile file, String idColumn) {
        List<String> header = file.header();
        if (label == null && header.size() < 2) {
            throw new ToolException(file.path() + ", line 1: a label needs a second column");
        }
        int column = label == null ? header.size() - 1 : header.indexOf(label);
        if (column < 0) {
            throw new ToolException(file.path() + ", line 1: no column " + label + "; there are " + header);
        }
        int id = Math.max(0, header.indexOf(idColumn));
        int source = header.indexOf("source");
        Map<String, String> first = new HashMap<>();
        Map<String, String> second = new HashMap<>();
        file.forEach(List.of(), row -> {
            boolean ofSecond = source >= 0 && row.get(source).equals("2");
            (ofSecond ? second : first).put(row.get(id), row.get(column));
        });
        return new Labels(second.isEmpty() ? List.of(first) : List.of(first, second));
    }

    private static Map<String, String> ofPairs(CsvFile file) {
        Map<String, String> parents = new HashMap<>();
        file.forEach(List.of(), row -> {
            String one = root(parents, row.get(0));
            String other = root(parents, row.get(1));
            parents.put(one.compareTo(other) < 0 ? other : one, one.compareTo(other) < 0 ? one : other);
        });
        Map<String, String> labels = new HashMap<>();
        List.copyOf(parents.keySet()).forEach(id -> labels.put(id, root(parents, id)));
        return labels;
    }

    private static String root(Map<String, String> parents, String id) {
        String at = id;
        for (String next = parents.get(at); next != null && !next.equals(at); next = parents.get(at)) {
            at = next;
        }
        parents.putIfAbsent(at, at);
        return at;
    }

    private Map<String, String> ofIds(Iterable<String> ids) {
        Map<String, String> labels = new HashMap<>();
        for (String id : ids) {
            Matcher matcher = form.pattern.matcher(id);
            if (matcher.matches() && matcher.groupCount() > 0) {
                labels.put(id, matcher.group(1));
            } else {
                throw new ToolException("the id " + id + " does not look like " + form.pattern);
            }
        }
        return labels;
    }
}
