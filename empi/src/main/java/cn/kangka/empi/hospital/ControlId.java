package cn.kangka.empi.hospital;

import java.math.BigInteger;
import java.util.Locale;
import java.util.UUID;

/**
 * MSH-10 of our messages: the same for every attempt to deliver one, and at most 20 characters, which is all that
 * versions before 2.7 allow.
 */
final class ControlId {
    private static final int LENGTH = 20;
    private static final int RADIX = 32;

    private ControlId() {}

    /** 100 of the id's 128 bits: all of its time and 52 of its random bits. */
    static String of(UUID id) {
        BigInteger high = BigInteger.valueOf(id.getMostSignificantBits() >>> 16);
        BigInteger low = BigInteger.valueOf(id.getLeastSignificantBits() & 0xF_FFFF_FFFF_FFFFL);
        String text = high.shiftLeft(52).or(low).toString(RADIX).toUpperCase(Locale.ROOT);
        return "0".repeat(LENGTH - text.length()) + text;
    }
}
