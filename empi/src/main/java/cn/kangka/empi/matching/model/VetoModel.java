package cn.kangka.empi.matching.model;

import java.util.List;
import java.util.Set;

/**
 * What forbids that two records join without a human: every condition holds.
 *
 * @param name what a person is told
 * @param review whether a human is shown a pair that it forbids; otherwise there is nothing to ask
 */
public record VetoModel(String name, boolean review, List<Condition> conditions) {
    public VetoModel {
        conditions = List.copyOf(conditions);
    }

    /**
     * The field agrees on one of these levels. A missing value never fulfils a condition.
     *
     * @param field index of the field
     * @param levels indexes of its levels
     */
    public record Condition(int field, Set<Integer> levels) {
        public Condition {
            levels = Set.copyOf(levels);
        }
    }
}
