package cn.kangka.empi.matching.model;

import cn.kangka.empi.matching.value.Normaliser;
import java.util.List;

/**
 * A field that is compared.
 *
 * @param name unique in the model
 * @param columns of the input; the first holds the value, the others what some comparators look at besides
 * @param normaliser applied to every column when the record comes in
 * @param normalisers what it is made of, as written
 * @param levels from the best agreement to {@link Level#ELSE}
 * @param termFrequency whether agreement on a rare value weighs more than on a common one
 * @param evidence whether it counts in the score; otherwise it only serves blocks and vetoes
 * @param household whether people of one household share it, such as an address
 * @param separator what parts several values in one column; null when there is one
 * @param commonAbove values that more records than this share weigh nothing and build no key; 0 for no such limit
 * @param newbornColumn the column with the name by which newborns are known, whose value is missing here because it is
 *     their mother's; null when it is everybody's own
 * @param line where it stands in the model
 */
public record FieldModel(
        String name,
        List<String> columns,
        Normaliser normaliser,
        String normalisers,
        List<Level> levels,
        boolean termFrequency,
        boolean evidence,
        boolean household,
        String separator,
        int commonAbove,
        String newbornColumn,
        int line) {
    public FieldModel {
        columns = List.copyOf(columns);
        levels = List.copyOf(levels);
    }

    /** The names of the levels in their order. */
    public List<String> levelNames() {
        return levels.stream().map(Level::name).toList();
    }
}
