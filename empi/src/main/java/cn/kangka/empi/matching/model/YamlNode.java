package cn.kangka.empi.matching.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A place in a YAML file that knows its line and its path, so that every error can tell them. */
public final class YamlNode {
    private final Node node;
    private final String path;

    private YamlNode(Node node, String path) {
        this.node = node;
        this.path = path;
    }

    /**
     * Reads a whole file.
     *
     * @throws ModelException when it is no YAML, or not a mapping
     */
    public static YamlNode read(String yaml) {
        try {
            LoaderOptions options = new LoaderOptions();
            Node root = new Yaml(new SafeConstructor(options)).compose(new java.io.StringReader(yaml));
            if (root == null) {
                throw ModelException.at(1, "", "the file is empty");
            }
            return new YamlNode(root, "");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw ModelException.at(line, "", "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw ModelException.at(
                    1, "", "not YAML: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    /** From 1. */
    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    public String path() {
        return path;
    }

    public ModelException error(String problem) {
        return ModelException.at(line(), path, problem);
    }

    public boolean isText() {
        return node instanceof ScalarNode;
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** The entries of a mapping in their order. */
    public Map<String, YamlNode> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw error("expected a mapping (key: value)");
        }
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw error("a key must be a plain word");
            }
            YamlNode value =
                    new YamlNode(tuple.getValueNode(), path.isEmpty() ? key.getValue() : path + "." + key.getValue());
            if (entries.put(key.getValue(), value) != null) {
                throw ModelException.at(
                        key.getStartMark().getLine() + 1, path, "'" + key.getValue() + "' stands there twice");
            }
        }
        return entries;
    }

    /** The entries of a mapping that has no others than these. */
    public Map<String, YamlNode> entries(Set<String> known) {
        Map<String, YamlNode> entries = entries();
        entries.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.error("unknown key '" + key + "'; known are " + sorted(known));
            }
        });
        return entries;
    }

    /** The items of a list; a single value counts as a list of one. */
    public List<YamlNode> items() {
        if (!(node instanceof SequenceNode sequence)) {
            return List.of(this);
        }
        List<YamlNode> items = new ArrayList<>();
        for (Node each : sequence.getValue()) {
            items.add(new YamlNode(each, path));
        }
        return items;
    }

    public String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw error("expected a single value");
        }
        return scalar.getValue();
    }

    public double number() {
        try {
            double number = Double.parseDouble(text());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below, as for numbers that are not finite
        }
        throw error("'" + text() + "' is no number");
    }

    public double number(double low, double high) {
        double number = number();
        if (number < low || number > high) {
            throw error(text() + " is not between " + trimmed(low) + " and " + trimmed(high));
        }
        return number;
    }

    public boolean yesOrNo() {
        return switch (text()) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw error("'" + text() + "' is neither yes nor no");
        };
    }

    private static String trimmed(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    static String sorted(Collection<String> words) {
        return String.join(", ", words.stream().sorted().toList());
    }
}
