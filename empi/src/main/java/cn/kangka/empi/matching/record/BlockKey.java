package cn.kangka.empi.matching.record;

import java.util.List;

/**
 * A block that a record is in, and the smaller ones into which it is split when it holds too many.
 *
 * @param pass the name of the pass
 * @param keys the block's key, then those of ever smaller parts of it; at least one
 * @param limit of records, above which the next key is used
 */
public record BlockKey(String pass, List<String> keys, int limit) {
    public BlockKey {
        keys = List.copyOf(keys);
    }
}
