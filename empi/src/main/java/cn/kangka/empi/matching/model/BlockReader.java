package cn.kangka.empi.matching.model;

import cn.kangka.empi.matching.value.KeyTransform;
import cn.kangka.empi.matching.value.KeyTransforms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads blocking passes: {@code surname first 3 + postcode}, or a mapping with keys, split and limit. */
final class BlockReader {
    private static final int LIMIT = 1000;
    private static final String EACH = "each-part";

    private final Map<String, Integer> fields;

    BlockReader(Map<String, Integer> fields) {
        this.fields = fields;
    }

    BlockModel block(YamlNode node) {
        if (node.isText()) {
            return new BlockModel(parts(node), List.of(), LIMIT);
        }
        Map<String, YamlNode> entries = node.entries(Set.of("keys", "split", "limit"));
        List<KeyPart> keys = parts(ModelReader.required(node, entries, "keys"));
        List<KeyPart> split = entries.containsKey("split")
                ? entries.get("split").items().stream().map(this::part).toList()
                : List.of();
        int limit = entries.containsKey("limit") ? (int) entries.get("limit").number(2, 1_000_000) : LIMIT;
        return new BlockModel(keys, split, limit);
    }

    private List<KeyPart> parts(YamlNode node) {
        List<KeyPart> parts = new ArrayList<>();
        for (String written : node.text().split("\\+")) {
            parts.add(part(node, written.strip()));
        }
        return parts;
    }

    private KeyPart part(YamlNode node) {
        return part(node, node.text().strip());
    }

    private KeyPart part(YamlNode node, String written) {
        String[] words = written.split("\\s+");
        Integer field = fields.get(words[0]);
        if (field == null) {
            throw node.error("unknown field '" + words[0] + "'; known are " + YamlNode.sorted(fields.keySet()));
        }
        boolean each = words.length > 1 && words[1].equals(EACH);
        String[] rest = Arrays.copyOfRange(words, each ? 2 : 1, words.length);
        KeyTransform transform = KeyTransforms.of(rest)
                .orElseThrow(() -> node.error("'" + String.join(" ", rest) + "' cannot be taken of a value; known are "
                        + String.join(", ", KeyTransforms.names()) + "; '" + EACH + "' may stand before"));
        return new KeyPart(field, String.join(" ", words), each, transform);
    }
}
