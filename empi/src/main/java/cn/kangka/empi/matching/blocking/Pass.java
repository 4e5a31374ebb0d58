package cn.kangka.empi.matching.blocking;

import cn.kangka.empi.matching.model.BlockModel;
import cn.kangka.empi.matching.model.KeyPart;
import cn.kangka.empi.matching.record.RecordSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One pass: the blocks of two and more records, and in which of them each record is. */
final class Pass {
    private static final int LEFT_OUT_FROM = 20;
    private static final int[] NOWHERE = {};

    private final RecordSet records;
    private final BlockModel model;
    private final List<int[]> blocks = new ArrayList<>();
    private final int[] firstBlock;
    private final Map<Integer, int[]> moreBlocks = new HashMap<>();
    private int keyed;
    private int split;
    private int setAside;
    private int oversized;
    private int leftOut;

    Pass(RecordSet records, BlockModel model) {
        this.records = records;
        this.model = model;
        firstBlock = new int[records.size()];
        Arrays.fill(firstBlock, -1);
        for (int[] block : grouped(everybody(), model.keys(), true)) {
            take(block, 0);
        }
    }

    private int[] everybody() {
        int[] all = new int[records.size()];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private void take(int[] block, int splitsUsed) {
        if (block.length <= model.limit()) {
            keep(block);
        } else if (splitsUsed < model.split().size()) {
            split++;
            KeyPart further = model.split().get(splitsUsed);
            for (int[] part : grouped(block, List.of(further), false)) {
                take(part, splitsUsed + 1);
            }
        } else if (block.length <= (long) LEFT_OUT_FROM * model.limit()) {
            oversized++;
            keep(block);
        } else {
            leftOut += block.length;
        }
    }

    private void keep(int[] block) {
        int number = blocks.size();
        blocks.add(block);
        for (int record : block) {
            if (firstBlock[record] < 0) {
                firstBlock[record] = number;
            } else {
                int[] known = moreBlocks.getOrDefault(record, NOWHERE);
                int[] more = Arrays.copyOf(known, known.length + 1);
                more[known.length] = number;
                moreBlocks.put(record, more);
            }
        }
    }

    /** Groups of two and more records that share a key, each in ascending order. */
    private List<int[]> grouped(int[] members, List<KeyPart> parts, boolean whole) {
        LongNumbers numbers = new LongNumbers();
        int[] numberOf = new int[members.length];
        int[] recordOf = new int[members.length];
        int entries = 0;
        for (int record : members) {
            long[] keys = Keys.of(records, record, parts);
            keyed += whole && keys.length > 0 ? 1 : 0;
            setAside += !whole && keys.length == 0 ? 1 : 0;
            for (long key : keys) {
                if (entries == numberOf.length) {
                    numberOf = Arrays.copyOf(numberOf, entries * 2);
                    recordOf = Arrays.copyOf(recordOf, entries * 2);
                }
                numberOf[entries] = numbers.numberOf(key);
                recordOf[entries++] = record;
            }
        }
        return groups(numberOf, recordOf, entries, numbers.size());
    }

    private static List<int[]> groups(int[] numberOf, int[] recordOf, int entries, int groups) {
        int[] sizes = new int[groups];
        for (int i = 0; i < entries; i++) {
            sizes[numberOf[i]]++;
        }
        int[][] byNumber = new int[groups][];
        int[] filled = new int[groups];
        for (int i = 0; i < entries; i++) {
            int number = numberOf[i];
            if (sizes[number] > 1) {
                byNumber[number] = byNumber[number] == null ? new int[sizes[number]] : byNumber[number];
                byNumber[number][filled[number]++] = recordOf[i];
            }
        }
        return Arrays.stream(byNumber).filter(group -> group != null).toList();
    }

    int blocks() {
        return blocks.size();
    }

    int[] block(int number) {
        return blocks.get(number);
    }

    long pairs(int number) {
        long size = blocks.get(number).length;
        return size * (size - 1) / 2;
    }

    /** Whether both records stand in one block of this pass. */
    boolean finds(int one, int other) {
        int first = firstBlock[one];
        int second = firstBlock[other];
        if (first < 0 || second < 0) {
            return false;
        }
        return first == second || !moreBlocks.isEmpty() && shareBlock(one, other);
    }

    private boolean shareBlock(int one, int other) {
        return isIn(firstBlock[one], other)
                || Arrays.stream(moreBlocks.getOrDefault(one, NOWHERE)).anyMatch(block -> isIn(block, other));
    }

    private boolean isIn(int block, int record) {
        return firstBlock[record] == block
                || Arrays.stream(moreBlocks.getOrDefault(record, NOWHERE)).anyMatch(each -> each == block);
    }

    /** The first block of this pass that holds both, by which pairs of records with several keys are found once. */
    boolean isFirstBlock(int block, int one, int other) {
        if (moreBlocks.isEmpty()) {
            return true;
        }
        return Arrays.stream(moreBlocks.getOrDefault(one, NOWHERE)).noneMatch(each -> each < block && isIn(each, other))
                && (firstBlock[one] >= block || !isIn(firstBlock[one], other));
    }

    PassReport report() {
        int largest = blocks.stream().mapToInt(block -> block.length).max().orElse(0);
        long pairs = 0;
        for (int i = 0; i < blocks(); i++) {
            pairs += pairs(i);
        }
        return new PassReport(model.name(), keyed, blocks(), largest, pairs, split, setAside, oversized, leftOut);
    }
}
