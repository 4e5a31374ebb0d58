package cn.kangka.kit.id;

import java.security.SecureRandom;
import java.util.UUID;

/** Identifiers of the house: UUID version 7 (RFC 9562), so that they sort by time and indexes stay warm. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new UUIDv7: 48 bits of Unix milliseconds, 74 random bits. */
    public static UUID next() {
        return at(System.currentTimeMillis());
    }

    /** A new UUIDv7 for the given instant; two calls for one instant differ in their random bits. */
    public static UUID at(long epochMillis) {
        long high = (epochMillis << 16) | 0x7000L | (RANDOM.nextInt() & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
