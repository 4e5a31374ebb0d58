package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.matching.record.BlockKey;
import cn.kangka.empi.matching.record.PreparedRecord;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Under which keys the candidates of one identity are, and which of those that are there come into question. */
final class Lookup {
    /**
     * @param subject without the values that too many share
     * @param identities those that share a block with it, itself left out
     */
    record Found(PreparedRecord subject, Set<UUID> identities) {}

    private static final String DOCUMENT = "document";

    private final UUID subject;
    private final PreparedRecord record;
    private final List<BlockKey> blocks;
    private final Map<String, Integer> counted;
    private final List<Document> documents;
    private final Engine engine;
    private final Map<IdentityKey, Integer> most = new LinkedHashMap<>();

    /**
     * @param documents by which certain rules find candidates
     * @param mostPerDocument how many may share one
     */
    Lookup(Engine engine, UUID subject, PreparedRecord record, List<Document> documents, int mostPerDocument) {
        this.engine = engine;
        this.subject = subject;
        this.record = record;
        this.documents = documents;
        this.blocks = engine.preparation().blocks(record);
        this.counted = engine.preparation().countedValues(record);
        blocks.forEach(block -> block.keys().forEach(key -> most.put(Engine.block(key), block.limit())));
        counted.forEach((key, field) ->
                most.put(Engine.value(key), engine.model().fields().get(field).commonAbove()));
        documents.forEach(document -> most.put(IdentityKey.of(document), mostPerDocument));
    }

    /** What is looked up, and how many identities there are of use; one more tells that there are too many. */
    Map<IdentityKey, Integer> most() {
        return most;
    }

    /**
     * Makes candidates of what is there.
     *
     * @param members the identities under a key, oldest first, and at least one more than are of use when there are
     * @param oversized told the name of the pass whose smallest block is still too large
     */
    Found among(Function<IdentityKey, List<UUID>> members, Consumer<String> oversized) {
        PreparedRecord known = record;
        for (Map.Entry<String, Integer> value : counted.entrySet()) {
            IdentityKey key = Engine.value(value.getKey());
            known = members.apply(key).size() > most.get(key) ? known.without(value.getValue()) : known;
        }
        Set<UUID> all = new LinkedHashSet<>();
        List<BlockKey> left = known == record ? blocks : engine.preparation().blocks(known);
        left.forEach(block -> all.addAll(members(block, members, oversized)));
        for (Document document : documents) {
            IdentityKey key = IdentityKey.of(document);
            all.addAll(within(members.apply(key), most.get(key), DOCUMENT, oversized));
        }
        all.remove(subject);
        return new Found(known, all);
    }

    /** The first of ever smaller blocks that is small enough; else what the smallest one may hold. */
    private static List<UUID> members(
            BlockKey block, Function<IdentityKey, List<UUID>> byKey, Consumer<String> oversized) {
        List<UUID> members = List.of();
        for (String key : block.keys()) {
            members = byKey.apply(Engine.block(key));
            if (members.size() <= block.limit()) {
                return members;
            }
        }
        return within(members, block.limit(), block.pass(), oversized);
    }

    private static List<UUID> within(List<UUID> members, int limit, String pass, Consumer<String> oversized) {
        if (members.size() <= limit) {
            return members;
        }
        oversized.accept(pass);
        return members.subList(0, limit);
    }
}
