package cn.kangka.empi.matching.model;

import java.util.List;

/**
 * A linkage model, as read from YAML; immutable.
 *
 * @param name for humans
 * @param idColumn the input's column that names a record
 * @param fingerprint of all that parameters depend on: fields, levels, normalisers, blocks and vetoes; not thresholds
 */
public record LinkageModel(
        String name,
        String idColumn,
        List<FieldModel> fields,
        List<BlockModel> blocks,
        Thresholds thresholds,
        List<VetoModel> vetoes,
        String fingerprint) {
    public LinkageModel {
        fields = List.copyOf(fields);
        blocks = List.copyOf(blocks);
        vetoes = List.copyOf(vetoes);
    }

    /** The same with other thresholds. */
    public LinkageModel with(Thresholds other) {
        return new LinkageModel(name, idColumn, fields, blocks, other, vetoes, fingerprint);
    }
}
