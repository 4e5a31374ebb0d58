package cn.kangka.empi.matching.record;

import cn.kangka.empi.identity.Names;
import cn.kangka.empi.matching.model.FieldModel;
import cn.kangka.empi.matching.model.KeyPart;
import cn.kangka.empi.matching.model.LinkageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
     * The keys under which the candidates of a record are found, as {@code pass number|text}: records that share one are
     * compared.
     */
    public List<String> keys(PreparedRecord record) {
        List<String> keys = new ArrayList<>();
        for (int pass = 0; pass < model.blocks().size(); pass++) {
            List<String> texts = List.of(Integer.toString(pass));
            for (KeyPart part : model.blocks().get(pass).keys()) {
                texts = combined(texts, fields.get(part.field()).keys(record.value(part.field()), part));
            }
            keys.addAll(texts);
        }
        return keys;
    }

    private static List<String> combined(List<String> keys, List<String> texts) {
        return keys.stream()
                .flatMap(key -> texts.stream().map(text -> key + '|' + text))
                .toList();
    }
}
