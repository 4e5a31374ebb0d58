package cn.kangka.empi.matching.model;

import cn.kangka.empi.matching.comparator.Comparators;
import cn.kangka.empi.matching.value.Normaliser;
import cn.kangka.empi.matching.value.Normalisers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a field of a model. */
final class FieldReader {
    private static final Set<String> KEYS = Set.of(
            "columns",
            "normalise",
            "junk",
            "levels",
            "term-frequency",
            "evidence",
            "household",
            "separator",
            "common-above",
            "not-of-newborns");
    private static final String NAME = "name";
    private static final String OPTIONAL = "optional";
    private static final int MOST_LEVELS = 15;

    private FieldReader() {}

    static FieldModel read(String name, YamlNode node) {
        Map<String, YamlNode> entries = node.entries(KEYS);
        List<String> columns = entries.containsKey("columns") ? texts(entries.get("columns")) : List.of(name);
        List<String> normalisers = entries.containsKey("normalise") ? texts(entries.get("normalise")) : List.of();
        Set<String> junk = entries.containsKey("junk") ? Set.copyOf(texts(entries.get("junk"))) : Set.of();
        String separator =
                entries.containsKey("separator") ? entries.get("separator").text() : null;
        boolean frequency = yes(entries, "term-frequency", false);
        if (frequency && separator != null) {
            throw entries.get("term-frequency").error("a field with a separator has no term frequencies");
        }
        if (separator != null && columns.size() > 1) {
            throw entries.get("separator").error("a field of several columns has no separator");
        }
        return new FieldModel(
                name,
                columns,
                normaliser(entries.get("normalise"), junk),
                normalisers + " " + junk.stream().sorted().toList(),
                levels(ModelReader.required(node, entries, "levels"), columns),
                frequency,
                yes(entries, "evidence", true),
                yes(entries, "household", false),
                separator,
                entries.containsKey("common-above")
                        ? (int) entries.get("common-above").number(1, Integer.MAX_VALUE)
                        : 0,
                entries.containsKey("not-of-newborns")
                        ? entries.get("not-of-newborns").text()
                        : null,
                node.line());
    }

    private static boolean yes(Map<String, YamlNode> entries, String key, boolean otherwise) {
        return entries.containsKey(key) ? entries.get(key).yesOrNo() : otherwise;
    }

    private static List<String> texts(YamlNode node) {
        return node.items().stream().map(YamlNode::text).toList();
    }

    private static Normaliser normaliser(YamlNode node, Set<String> junk) {
        Normaliser all = text -> text;
        for (YamlNode each : node == null ? List.<YamlNode>of() : node.items()) {
            Normaliser next = Normalisers.named(each.text())
                    .orElseThrow(() -> each.error("unknown normaliser '" + each.text() + "'; known are "
                            + String.join(", ", Normalisers.names())));
            all = all.then(next);
        }
        return junk.isEmpty() ? all : all.then(Normalisers.without(junk));
    }

    private static List<Level> levels(YamlNode node, List<String> columns) {
        List<Level> levels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlNode item : node.items()) {
            Level level =
                    item.isText() && item.text().equals(Level.ELSE) ? Level.rest(item.line()) : level(item, columns);
            if (!names.add(level.name())) {
                throw item.error("level '" + level.name() + "' stands there twice");
            }
            if (names.contains(Level.ELSE) && !level.name().equals(Level.ELSE)) {
                throw item.error("nothing comes after 'else'");
            }
            levels.add(level);
        }
        if (!names.contains(Level.ELSE)) {
            levels.add(Level.rest(node.line()));
        }
        if (levels.size() < 2 || levels.size() > MOST_LEVELS) {
            throw node.error("a field has 1 to " + (MOST_LEVELS - 1) + " levels besides 'else'");
        }
        return levels;
    }

    private static Level level(YamlNode item, List<String> columns) {
        if (item.isText()) {
            return level(item, item.text(), null, item.text(), false, columns);
        }
        Map<String, YamlNode> entries = item.entries();
        List<String> comparators = entries.keySet().stream()
                .filter(key -> !key.equals(NAME) && !key.equals(OPTIONAL))
                .toList();
        if (comparators.size() != 1) {
            throw item.error("a level has one comparator, not "
                    + comparators.stream().collect(Collectors.joining(", ", "(", ")")));
        }
        String comparator = comparators.get(0);
        String argument = entries.get(comparator).text();
        String given = argument.isEmpty() ? comparator : comparator + " " + argument;
        String name = entries.containsKey(NAME) ? entries.get(NAME).text() : given;
        boolean optional = yes(entries, OPTIONAL, false);
        return level(item, comparator, argument.isEmpty() ? null : argument, name, optional, columns);
    }

    private static Level level(
            YamlNode item, String comparator, String argument, String name, boolean optional, List<String> columns) {
        Comparators.problem(comparator, argument).ifPresent(problem -> {
            throw item.error(problem);
        });
        if (columns.size() < Comparators.columnsNeeded(comparator, argument)) {
            throw item.error("'" + comparator + "' compares several columns; the field has one: 'columns: [a, b]'");
        }
        Comparators.Agreement agreement = Comparators.level(comparator, argument);
        return new Level(name, agreement.comparator(), agreement.atLeast(), optional, item.line());
    }
}
