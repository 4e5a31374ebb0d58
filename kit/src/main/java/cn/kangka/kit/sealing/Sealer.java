package cn.kangka.kit.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals what identifies a human before it reaches the database (rule 7 of the house).
 *
 * <p>An envelope is {@code version(1) | key id(4) | nonce(12) | ciphertext and tag} of AES-256-GCM (version 1) or SM4-GCM
 * (version 2). The associated data is the purpose, so an envelope copied into another column does not open. Exact look-ups use
 * {@link #hash}: HMAC-SHA-256 or HMAC-SM3 under a key of its own, prefixed by the purpose. Thread-safe.
 */
public final class Sealer implements AutoCloseable {
    private static final int NONCE_BYTES = 12;
    private static final int HEADER_BYTES = 1 + Integer.BYTES + NONCE_BYTES;
    private static final int TAG_BITS = 128;
    private static final Duration SELDOM = Duration.ofDays(1);
    /** Looking an algorithm up costs more than using it; it is initialised anew for every call. */
    private static final ThreadLocal<Map<Suite, Cipher>> CIPHERS =
            ThreadLocal.withInitial(() -> new EnumMap<>(Suite.class));

    private final KeyRing ring;
    /** Each under the key, ready for another value. */
    private final ThreadLocal<Mac> macs;

    private final SecureRandom random = new SecureRandom();

    /** With keys that stay, for tests. */
    public Sealer(SealingKeys keys) {
        this(KeySource.of(keys), SELDOM);
    }

    /** @param every how often the keys are read again */
    public Sealer(KeySource source, Duration every) {
        ring = new KeyRing(source, every);
        macs = ThreadLocal.withInitial(() -> ring.keys().mac());
    }

    /**
     * With the keys of a service.
     *
     * @param file with its keys
     * @param suite of the keys, when the file is made
     * @param every how often the keys are read again
     * @param kms where wrapped keys are unwrapped, see {@link TransitKms}; absent when the file holds the keys themselves
     * @param token file with the token for that; needed when there is one
     */
    public static Sealer of(Path file, Suite suite, Duration every, Optional<URI> kms, Optional<Path> token) {
        KeySource source = kms.map(decrypt -> KeySource.wrapped(
                        file,
                        new TransitKms(
                                decrypt,
                                token.orElseThrow(() -> new IllegalStateException(
                                        "kangka.keys.kms-token is needed with kangka.keys.kms")))))
                .orElseGet(() -> KeySource.file(file, suite));
        return new Sealer(source, every);
    }

    /** Seals bytes for a purpose such as {@code "phone"}; two calls never give the same envelope. */
    public byte[] seal(String purpose, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        SealingKeys.Key key = ring.keys().current();
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, nonce, purpose, plain, 0, plain.length);
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                .put(key.suite().version)
                .putInt(key.id())
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** Seals text; null stays null, so that an absent value is an SQL null. */
    public byte[] seal(String purpose, String plain) {
        return plain == null ? null : seal(purpose, plain.getBytes(UTF_8));
    }

    /**
     * Opens an envelope.
     *
     * @throws SealingException when it was sealed for another purpose, by an unknown key, or was altered
     */
    public byte[] openBytes(String purpose, byte[] envelope) {
        Suite suite = envelope.length < HEADER_BYTES ? null : Suite.of(envelope[0]);
        if (suite == null) {
            throw new SealingException("not an envelope", null);
        }
        ByteBuffer buffer = ByteBuffer.wrap(envelope, 1, HEADER_BYTES - 1);
        SealingKeys.Key key = ring.key(buffer.getInt());
        if (key.suite() != suite) {
            throw new SealingException("key " + key.id() + " is not of the envelope's algorithm", null);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        return crypt(Cipher.DECRYPT_MODE, key, nonce, purpose, envelope, HEADER_BYTES, envelope.length - HEADER_BYTES);
    }

    /** Opens sealed text; null stays null. */
    public String open(String purpose, byte[] envelope) {
        return envelope == null ? null : new String(openBytes(purpose, envelope), UTF_8);
    }

    /** The keyed hash for exact look-ups and block keys, 32 bytes; null stays null. */
    public byte[] hash(String purpose, String value) {
        if (value == null) {
            return null;
        }
        Mac mac = macs.get();
        mac.update(purpose.getBytes(UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(value.getBytes(UTF_8));
    }

    /** Ends reading the keys again. */
    @Override
    public void close() {
        ring.close();
    }

    private static byte[] crypt(
            int mode, SealingKeys.Key key, byte[] nonce, String purpose, byte[] input, int offset, int length) {
        try {
            Cipher cipher = CIPHERS.get().computeIfAbsent(key.suite(), Suite::cipher);
            cipher.init(mode, key.spec(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(UTF_8));
            return cipher.doFinal(input, offset, length);
        } catch (GeneralSecurityException e) {
            throw new SealingException("cannot open or seal an envelope for " + purpose, e);
        }
    }
}
