package cn.kangka.kit.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Identifiers of the house: UUID version 7 (RFC 9562), so that they sort by time and indexes stay warm. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int COUNTER_BITS = 12;
    /** Leaves room to count within a millisecond. */
    private static final int COUNTER_START = 1 << COUNTER_BITS - 1;

    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    /**
     * A new UUIDv7, greater than all that this process was given before: 48 bits of Unix milliseconds, 12 bits that count
     * from a random start (RFC 9562, 6.2, method 1), 62 random bits.
     */
    public static UUID next() {
        long earliest = System.currentTimeMillis() << COUNTER_BITS | RANDOM.nextInt(COUNTER_START);
        long now = LAST.updateAndGet(last -> Math.max(last + 1, earliest));
        return uuid(now >>> COUNTER_BITS, now & (1 << COUNTER_BITS) - 1);
    }

    /** A new UUIDv7 for the given instant; two calls for one instant differ in their random bits. */
    public static UUID at(long epochMillis) {
        return uuid(epochMillis, RANDOM.nextInt() & 0x0FFFL);
    }

    /** When a UUIDv7 was made, to the millisecond. */
    public static Instant instant(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    private static UUID uuid(long epochMillis, long counter) {
        long high = (epochMillis << 16) | 0x7000L | counter;
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
