package cn.kangka.empi.matching.blocking;

import java.util.Arrays;

/** Numbers distinct 64-bit keys from 0 on, in order of appearance. */
final class LongNumbers {
    private long[] keys = new long[1 << 10];
    private int[] numbers = new int[1 << 10];
    private int size;

    LongNumbers() {
        Arrays.fill(numbers, -1);
    }

    int size() {
        return size;
    }

    int numberOf(long key) {
        if (size * 2 > keys.length) {
            grow();
        }
        int at = slot(key);
        if (numbers[at] < 0) {
            keys[at] = key;
            numbers[at] = size++;
        }
        return numbers[at];
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int at = (int) (key ^ key >>> 32) & mask;
        while (numbers[at] >= 0 && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[oldKeys.length * 2];
        numbers = new int[keys.length];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] >= 0) {
                int at = slot(oldKeys[i]);
                keys[at] = oldKeys[i];
                numbers[at] = oldNumbers[i];
            }
        }
    }
}
