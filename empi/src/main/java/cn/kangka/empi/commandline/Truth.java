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
            description = "The column of --truth that holds the label; default: its second.")
    private String label;

    /** One of these. */
    static final class Form {
        @Option(
                names = "--truth",
                paramLabel = "truth.csv",
                description =
                        "Ids (first column) and a label that records of one human share; the input itself may be one.")
        private Path labels;

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

    /** The label of each id that has one. */
    Map<String, String> labels(Iterable<String> ids) {
        if (form.labels != null) {
            return ofColumn(new CsvFile(form.labels, StandardCharsets.UTF_8));
        }
        return form.pairs != null ? ofPairs(new CsvFile(form.pairs, StandardCharsets.UTF_8)) : ofIds(ids);
    }

    private Map<String, String> ofColumn(CsvFile file) {
        List<String> header = file.header();
        if (label == null && header.size() < 2) {
            throw new ToolException(file.path() + ", line 1: a label needs a second column");
        }
        int column = label == null ? 1 : header.indexOf(label);
        if (column < 0) {
            throw new ToolException(file.path() + ", line 1: no column " + label + "; there are " + header);
        }
        Map<String, String> labels = new HashMap<>();
        file.forEach(List.of(), row -> labels.put(row.get(0), row.get(column)));
        return labels;
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
