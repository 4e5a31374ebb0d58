package cn.kangka.empi.matching.training;

import cn.kangka.empi.matching.model.ModelException;
import cn.kangka.empi.matching.model.YamlNode;
import cn.kangka.empi.matching.training.Parameters.FieldParameters;
import cn.kangka.empi.matching.training.Parameters.LevelParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Parameters as a file that people can read and keep versions of. */
public final class ParametersYaml {
    private static final int VERSION = 1;
    private static final Set<String> KEYS = Set.of("version", "model", "fingerprint", "records", "prior", "fields");

    private ParametersYaml() {}

    /** The file's text. */
    public static String write(Parameters parameters) {
        StringBuilder yaml = new StringBuilder("# Learnt by 'train'; bits is log2(m / u), for readers only.\n");
        line(yaml, "version: %d", VERSION);
        line(yaml, "model: %s", quoted(parameters.model()));
        line(yaml, "fingerprint: %s", quoted(parameters.fingerprint()));
        line(yaml, "records: %d", parameters.records());
        line(yaml, "prior: %s", parameters.prior());
        line(yaml, "fields:");
        for (FieldParameters field : parameters.fields()) {
            line(yaml, "  %s:", quoted(field.field()));
            for (LevelParameters level : field.levels()) {
                line(
                        yaml,
                        "    - {level: %s, m: %s, u: %s, bits: %.2f%s}",
                        quoted(level.level()),
                        level.m(),
                        level.u(),
                        level.bits(),
                        level.observed() ? "" : ", observed: no");
            }
        }
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, String format, Object... values) {
        yaml.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * @throws ModelException with line and place of the first mistake
     */
    public static Parameters read(String yaml) {
        YamlNode root = YamlNode.read(yaml);
        Map<String, YamlNode> entries = root.entries(KEYS);
        for (String key : KEYS) {
            required(root, entries, key);
        }
        if (entries.get("version").number() != VERSION) {
            throw entries.get("version")
                    .error("this is version " + entries.get("version").text() + ", not " + VERSION);
        }
        List<FieldParameters> fields = new ArrayList<>();
        entries.get("fields").entries().forEach((name, node) -> fields.add(new FieldParameters(name, levels(node))));
        return new Parameters(
                entries.get("model").text(),
                entries.get("fingerprint").text(),
                entries.get("prior").number(Double.MIN_VALUE, 0.5),
                (int) entries.get("records").number(0, Integer.MAX_VALUE),
                fields);
    }

    private static List<LevelParameters> levels(YamlNode node) {
        return node.items().stream().map(ParametersYaml::level).toList();
    }

    private static LevelParameters level(YamlNode node) {
        Map<String, YamlNode> entries = node.entries(Set.of("level", "m", "u", "bits", "observed"));
        return new LevelParameters(
                required(node, entries, "level").text(),
                required(node, entries, "m").number(Double.MIN_VALUE, 1),
                required(node, entries, "u").number(Double.MIN_VALUE, 1),
                !entries.containsKey("observed") || entries.get("observed").yesOrNo());
    }

    private static YamlNode required(YamlNode parent, Map<String, YamlNode> entries, String key) {
        YamlNode value = entries.get(key);
        if (value == null) {
            throw parent.error("'" + key + "' is missing");
        }
        return value;
    }
}
