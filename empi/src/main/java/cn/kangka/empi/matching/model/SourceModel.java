package cn.kangka.empi.matching.model;

import java.util.Set;

/**
 * Where records come from, and which of these sources has each human only once.
 *
 * @param column of the input that names a record's source; null when each file is one, named 1 and 2
 * @param allUnique whether no source has a human twice
 * @param unique the sources that have no human twice
 */
public record SourceModel(String column, boolean allUnique, Set<String> unique) {
    public SourceModel {
        unique = Set.copyOf(unique);
    }

    /** Whether two records of that source are never one human, unless a human says so. */
    public boolean isUniqueWithin(String source) {
        return allUnique || unique.contains(source);
    }
}
