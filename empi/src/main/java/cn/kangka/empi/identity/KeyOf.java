package cn.kangka.empi.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Under the number of a key ({@link Identities#hash}) an identity is found. */
public record KeyOf(long key, UUID identity) {
    /** In the order of the index, so that neighbours meet the same page. */
    public static List<KeyOf> sorted(Map<UUID, Set<Long>> keys) {
        List<KeyOf> all = new ArrayList<>();
        keys.forEach((identity, own) -> own.forEach(key -> all.add(new KeyOf(key, identity))));
        all.sort(Comparator.comparingLong(KeyOf::key));
        return all;
    }
}
