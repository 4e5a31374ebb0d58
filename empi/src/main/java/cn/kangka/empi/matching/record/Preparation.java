package cn.kangka.empi.matching.record;

import cn.kangka.empi.identity.Names;
import cn.kangka.empi.matching.model.BlockModel;
import cn.kangka.empi.matching.model.FieldModel;
import cn.kangka.empi.matching.model.KeyPart;
import cn.kangka.empi.matching.model.LinkageModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Prepares single records, as they come from a service: once when a record arrives, never again per comparison. Values
 * that more records than a field's {@code common-above} share are the caller's to leave out: one record does not know.
 */
public final class Preparation {
    private final LinkageModel model;
    private final List<Field> fields;

    public Preparation(LinkageModel model) {
        this.model = model;
        this.fields = model.fields().stream().map(Field::new).toList();
    }

    /**
     * @param column gives the text of a column by its name; null when it is absent
     */
    public PreparedRecord prepare(Function<String, String> column) {
        Value[] values = new Value[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields.get(i).value(raw(fields.get(i).model(), column), Value.UNNUMBERED);
        }
        return new PreparedRecord(values);
    }

    static String[] raw(FieldModel field, Function<String, String> column) {
        String[] raw = field.columns().stream().map(column).toArray(String[]::new);
        boolean mothers = field.newbornColumn() != null && isNewborn(column.apply(field.newbornColumn()));
        return mothers ? new String[raw.length] : raw;
    }

    private static boolean isNewborn(String name) {
        return name != null && Names.isNewborn(Names.tidy(name));
    }

    /**
     * The blocks in which a record's candidates are: records that share one are compared. Keys of one text mean the same
     * in every model.
     */
    public List<BlockKey> blocks(PreparedRecord record) {
        List<BlockKey> blocks = new ArrayList<>();
        for (BlockModel block : model.blocks()) {
            List<String> texts = List.of(block.name());
            for (KeyPart part : block.keys()) {
                texts = combined(texts, fields.get(part.field()).keys(record.value(part.field()), part));
            }
            texts.forEach(text -> blocks.addAll(finer(record, block, text)));
        }
        return blocks;
    }

    private List<BlockKey> finer(PreparedRecord record, BlockModel block, String text) {
        List<List<String>> chains = List.of(List.of(text));
        List<List<String>> ended = new ArrayList<>();
        for (KeyPart part : block.split()) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> chain : chains) {
                List<String> texts = fields.get(part.field()).keys(record.value(part.field()), part);
                if (texts.isEmpty()) {
                    ended.add(chain);
                }
                String last = chain.get(chain.size() - 1);
                texts.forEach(each ->
                        longer.add(Stream.concat(chain.stream(), Stream.of(last + " / " + part.written() + '|' + each))
                                .toList()));
            }
            chains = longer;
        }
        return Stream.concat(ended.stream(), chains.stream())
                .map(chain -> new BlockKey(block.name(), chain, block.limit()))
                .toList();
    }

    /**
     * Keys of the values that weigh nothing once too many share them, with the number of their field in the model: a field
     * one of whose values more records than its {@code common-above} share is the caller's to leave out.
     */
    public Map<String, Integer> countedValues(PreparedRecord record) {
        Map<String, Integer> counted = new LinkedHashMap<>();
        for (int field = 0; field < fields.size(); field++) {
            Value value = record.value(field);
            if (value != null && fields.get(field).model().commonAbove() > 0) {
                List<Value> each = value.elements().isEmpty() ? List.of(value) : value.elements();
                for (Value one : each) {
                    counted.put(fields.get(field).model().name() + '|' + one.text(), field);
                }
            }
        }
        return counted;
    }

    private static List<String> combined(List<String> keys, List<String> texts) {
        List<String> combined = new ArrayList<>(keys.size() * texts.size());
        for (String key : keys) {
            for (String text : texts) {
                combined.add(key + '|' + text);
            }
        }
        return combined;
    }
}
