package cn.kangka.empi.matching.blocking;

import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.record.RecordSet;
import java.util.ArrayList;
import java.util.List;

/** The candidate pairs of a set of records, found by several passes. Immutable once made. */
public final class Blocking {
    private static final long PAIRS_PER_CHUNK = 20_000;

    private final RecordSet records;
    private final List<Pass> passes;

    public Blocking(LinkageModel model, RecordSet records) {
        this.records = records;
        this.passes = model.blocks().parallelStream()
                .map(block -> new Pass(records, block))
                .toList();
    }

    /**
     * A piece of work: some blocks of one pass, so that pieces can be done at the same time.
     *
     * @param to excluded
     */
    public record Chunk(int pass, int from, int to) {}

    /** All pieces in their order. */
    public List<Chunk> chunks() {
        List<Chunk> chunks = new ArrayList<>();
        for (int pass = 0; pass < passes.size(); pass++) {
            int from = 0;
            long pairs = 0;
            for (int block = 0; block < passes.get(pass).blocks(); block++) {
                pairs += passes.get(pass).pairs(block);
                if (pairs >= PAIRS_PER_CHUNK) {
                    chunks.add(new Chunk(pass, from, block + 1));
                    from = block + 1;
                    pairs = 0;
                }
            }
            if (pairs > 0) {
                chunks.add(new Chunk(pass, from, passes.get(pass).blocks()));
            }
        }
        return chunks;
    }

    /** Shows every pair of a piece once. */
    public void scan(Chunk chunk, PairVisitor visitor) {
        Pass pass = passes.get(chunk.pass());
        for (int number = chunk.from(); number < chunk.to(); number++) {
            int[] block = pass.block(number);
            for (int i = 0; i < block.length; i++) {
                for (int j = i + 1; j < block.length; j++) {
                    if (isPair(pass, number, block[i], block[j])) {
                        visitor.pair(block[i], block[j], isFirst(chunk.pass(), block[i], block[j]));
                    }
                }
            }
        }
    }

    private boolean isPair(Pass pass, int block, int one, int other) {
        return one != other && records.isComparable(one, other) && pass.isFirstBlock(block, one, other);
    }

    private boolean isFirst(int pass, int one, int other) {
        for (int earlier = 0; earlier < pass; earlier++) {
            if (passes.get(earlier).finds(one, other)) {
                return false;
            }
        }
        return true;
    }

    /** Whether any pass finds the pair. */
    public boolean finds(int one, int other) {
        return !isFirst(passes.size(), one, other);
    }

    public int passes() {
        return passes.size();
    }

    /** What each pass did. */
    public List<PassReport> report() {
        return passes.stream().map(Pass::report).toList();
    }
}
