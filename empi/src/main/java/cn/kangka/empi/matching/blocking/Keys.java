package cn.kangka.empi.matching.blocking;

import cn.kangka.empi.matching.model.KeyPart;
import cn.kangka.empi.matching.record.RecordSet;
import java.util.List;

/** Blocking keys as 64-bit hashes. */
final class Keys {
    private static final long SEED = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;
    private static final long[] NONE = {};

    private Keys() {}

    /** The keys of a record: none when a part is missing, several when a field holds several values. */
    static long[] of(RecordSet records, int record, List<KeyPart> parts) {
        long[] keys = {SEED};
        for (KeyPart part : parts) {
            List<String> texts = records.fields().get(part.field()).keys(records.value(part.field(), record), part);
            if (texts.isEmpty()) {
                return NONE;
            }
            keys = combined(keys, texts);
        }
        return keys;
    }

    private static long[] combined(long[] keys, List<String> texts) {
        long[] all = new long[keys.length * texts.size()];
        int next = 0;
        for (long key : keys) {
            for (String text : texts) {
                all[next++] = mixed(key, text);
            }
        }
        return all;
    }

    private static long mixed(long seed, String text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        hash = (hash ^ 0xFFFF) * PRIME;
        return hash ^ hash >>> 29;
    }
}
