package cn.kangka.api.queue;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * The code on a clinic's wall: six digits of a keyed hash of department and time. It proves that somebody is there, or was
 * a minute ago; it is no secret of anybody's.
 *
 * @param shown how long a code is shown; it is good for as long again
 * @param keyed a keyed hash of at least 8 bytes
 */
record PlaceCodePolicy(Duration shown, Function<String, byte[]> keyed) {
    private static final int CODES = 1_000_000;

    /** What is shown at a time. */
    String code(UUID department, Instant at) {
        return code(department, step(at));
    }

    /** When another one is shown. */
    Instant until(Instant at) {
        return Instant.ofEpochMilli((step(at) + 1) * shown.toMillis());
    }

    boolean good(UUID department, String code, Instant at) {
        byte[] said = code.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        boolean now = same(said, code(department, step(at)));
        boolean before = same(said, code(department, step(at) - 1));
        return now || before;
    }

    private static boolean same(byte[] said, String code) {
        return MessageDigest.isEqual(said, code.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private long step(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), shown.toMillis());
    }

    private String code(UUID department, long step) {
        long number = ByteBuffer.wrap(keyed.apply(department + ":" + step)).getLong();
        return "%06d".formatted(Math.floorMod(number, (long) CODES));
    }
}
