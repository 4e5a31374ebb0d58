package cn.kangka.empi.matching.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One pass of blocking: records whose key is the same are compared.
 *
 * @param name the keys as written: {@code surname + postcode}
 * @param keys the parts of the key; a record that lacks one has no key
 * @param split further parts, by which a block of more than {@code limit} records is split, one after the other
 * @param limit records
 */
public record BlockModel(String name, List<KeyPart> keys, List<KeyPart> split, int limit) {
    public BlockModel {
        keys = List.copyOf(keys);
        split = List.copyOf(split);
    }

    public BlockModel(List<KeyPart> keys, List<KeyPart> split, int limit) {
        this(keys.stream().map(KeyPart::written).collect(Collectors.joining(" + ")), keys, split, limit);
    }
}
