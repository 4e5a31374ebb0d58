package cn.kangka.empi.linking;

import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.identity.KeyOf;
import cn.kangka.empi.matching.record.PreparedRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Rows of a file, read and prepared: whatever can be done before the index is looked at. */
public final class Batch {
    /**
     * A row of the file.
     *
     * @param column the text of a column; null when it is not there
     */
    public record Line(long number, UnaryOperator<String> column) {}

    /**
     * A row that can be taken.
     *
     * @param keys under which the identity will be found
     * @param numbers of the keys that its candidates are looked up by
     */
    record Row(
            long line,
            Told told,
            List<String> remarks,
            Identity draft,
            PreparedRecord record,
            Lookup lookup,
            Set<Long> keys,
            Map<IdentityKey, Long> numbers) {}

    /** Keys to look up, in the order of the index, and how many identities under each are of use. */
    record Wanted(Long[] keys, Integer[] most) {
        static Wanted by(List<Row> rows) {
            Map<Long, Integer> most = new HashMap<>();
            rows.forEach(row -> row.lookup()
                    .most()
                    .forEach((key, limit) -> most.merge(row.numbers().get(key), limit + 1, Math::max)));
            Long[] keys = most.keySet().toArray(Long[]::new);
            Arrays.sort(keys);
            return new Wanted(keys, Arrays.stream(keys).map(most::get).toArray(Integer[]::new));
        }
    }

    private final Source source;
    private final Instant at;
    private final List<Row> rows;
    private final List<Outcome> rejected;
    private final Wanted wanted;
    private final List<KeyOf> keys;

    Batch(Source source, Instant at, List<Row> rows, List<Outcome> rejected) {
        this.source = source;
        this.at = at;
        this.rows = rows;
        this.rejected = rejected;
        this.wanted = Wanted.by(rows);
        this.keys = KeyOf.sorted(
                rows.stream().collect(Collectors.toMap(row -> row.draft().id(), Row::keys)));
    }

    Source source() {
        return source;
    }

    Instant at() {
        return at;
    }

    List<Row> rows() {
        return rows;
    }

    List<Outcome> rejected() {
        return rejected;
    }

    /** Those of all rows. */
    Wanted wanted() {
        return wanted;
    }

    /** Under which keys some of the rows will be found. */
    List<KeyOf> keysOf(List<Row> some) {
        if (some.size() == rows.size()) {
            return keys;
        }
        Set<UUID> ids = some.stream().map(row -> row.draft().id()).collect(Collectors.toSet());
        return keys.stream().filter(key -> ids.contains(key.identity())).toList();
    }

    /** How many rows of the file it is. */
    public int size() {
        return rows.size() + rejected.size();
    }
}
