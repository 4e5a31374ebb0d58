package cn.kangka.empi.matching.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a linkage model from YAML. */
public final class ModelReader {
    private static final String UNIQUE = "uniqueWithinSource";
    private static final Set<String> KEYS =
            Set.of("model", "id", "source", UNIQUE, "fields", "blocks", "thresholds", "vetoes");
    private static final Thresholds DEFAULT = new Thresholds(0.99, 0.5, 0, 20);

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<FieldModel> fields = new ArrayList<>();

    private ModelReader() {}

    /**
     * @throws ModelException with line and place of the first mistake
     */
    public static LinkageModel read(String yaml) {
        return new ModelReader().model(YamlNode.read(yaml));
    }

    private LinkageModel model(YamlNode root) {
        Map<String, YamlNode> entries = root.entries(KEYS);
        String name = required(root, entries, "model").text();
        String id = required(root, entries, "id").text();
        required(root, entries, "fields").entries().forEach(this::field);
        if (fields.stream().noneMatch(FieldModel::evidence)) {
            throw entries.get("fields").error("no field is evidence");
        }
        BlockReader blocks = new BlockReader(numbers);
        List<BlockModel> passes = required(root, entries, "blocks").items().stream()
                .map(blocks::block)
                .toList();
        Thresholds thresholds = entries.containsKey("thresholds") ? thresholds(entries.get("thresholds")) : DEFAULT;
        List<VetoModel> vetoes = entries.containsKey("vetoes")
                ? entries.get("vetoes").items().stream().map(this::veto).toList()
                : List.of();
        return new LinkageModel(
                name, id, sources(entries), fields, passes, thresholds, vetoes, fingerprint(id, passes, vetoes));
    }

    private static SourceModel sources(Map<String, YamlNode> entries) {
        String column = entries.containsKey("source") ? entries.get("source").text() : null;
        YamlNode unique = entries.get(UNIQUE);
        if (unique == null) {
            return new SourceModel(column, false, Set.of());
        }
        if (!unique.isList()) {
            return new SourceModel(column, unique.yesOrNo(), Set.of());
        }
        List<String> names = unique.items().stream().map(YamlNode::text).toList();
        return new SourceModel(column, false, Set.copyOf(names));
    }

    static YamlNode required(YamlNode parent, Map<String, YamlNode> entries, String key) {
        YamlNode value = entries.get(key);
        if (value == null) {
            throw parent.error("'" + key + "' is missing");
        }
        return value;
    }

    private void field(String name, YamlNode node) {
        numbers.put(name, fields.size());
        fields.add(FieldReader.read(name, node));
    }

    private static Thresholds thresholds(YamlNode node) {
        Map<String, YamlNode> entries = node.entries(Set.of("link", "review", "support", "conflict"));
        double link = entries.containsKey("link") ? entries.get("link").number(0, 1) : DEFAULT.link();
        double review =
                entries.containsKey("review") ? entries.get("review").number(0, 1) : Math.min(link, DEFAULT.review());
        if (review > link) {
            throw entries.get("review").error("review is above link");
        }
        double support = entries.containsKey("support") ? entries.get("support").number(-100, 100) : DEFAULT.support();
        double conflict =
                entries.containsKey("conflict") ? entries.get("conflict").number(0, 1000) : DEFAULT.conflict();
        return new Thresholds(link, review, support, conflict);
    }

    private VetoModel veto(YamlNode node) {
        Map<String, YamlNode> entries = node.entries(Set.of("name", "review", "when"));
        List<VetoModel.Condition> conditions = new ArrayList<>();
        required(node, entries, "when").entries().forEach((field, levels) -> conditions.add(condition(field, levels)));
        if (conditions.isEmpty()) {
            throw node.error("a veto needs a condition");
        }
        boolean review = !entries.containsKey("review") || entries.get("review").yesOrNo();
        return new VetoModel(required(node, entries, "name").text(), review, conditions);
    }

    private VetoModel.Condition condition(String field, YamlNode node) {
        Integer number = numbers.get(field);
        if (number == null) {
            throw node.error("unknown field '" + field + "'; known are " + YamlNode.sorted(numbers.keySet()));
        }
        List<String> names = fields.get(number).levelNames();
        Set<Integer> levels = new java.util.TreeSet<>();
        for (YamlNode level : node.items()) {
            int at = names.indexOf(level.text());
            if (at < 0) {
                throw level.error(
                        "'" + level.text() + "' is no level of " + field + "; levels are " + String.join(", ", names));
            }
            levels.add(at);
        }
        return new VetoModel.Condition(number, levels);
    }

    /** In an order of their own: sets have none. */
    private static List<String> conditions(VetoModel veto) {
        return veto.conditions().stream()
                .map(condition -> condition.field() + " " + new java.util.TreeSet<>(condition.levels()))
                .sorted()
                .toList();
    }

    private String fingerprint(String id, List<BlockModel> blocks, List<VetoModel> vetoes) {
        StringBuilder all = new StringBuilder(id);
        for (FieldModel field : fields) {
            all.append('\n').append(field.name()).append(field.columns()).append(field.normalisers());
            all.append(field.levelNames())
                    .append(field.levels().stream().map(Level::atLeast).toList());
            all.append(field.evidence())
                    .append(field.household())
                    .append(field.separator())
                    .append(field.commonAbove())
                    .append(field.newbornColumn());
        }
        blocks.forEach(block -> all.append('\n').append(block.name()));
        vetoes.forEach(veto -> all.append('\n').append(conditions(veto)));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
