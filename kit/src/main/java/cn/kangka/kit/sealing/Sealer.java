package cn.kangka.kit.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what identifies a human before it reaches the database (rule 7 of the house).
 *
 * <p>An envelope is {@code version(1) | key id(4) | nonce(12) | AES-256-GCM ciphertext and tag}. The associated data is
 * the purpose, so an envelope copied into another column does not open. Exact look-ups use {@link #hash}: HMAC-SHA-256
 * under a key of its own, prefixed by the purpose. Thread-safe.
 */
public final class Sealer {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int HEADER_BYTES = 1 + Integer.BYTES + NONCE_BYTES;
    private static final int TAG_BITS = 128;
    private static final String HMAC = "HmacSHA256";
    /** Looking an algorithm up costs more than using it; it is initialised anew for every call. */
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Sealer::cipher);

    private final SealingKeys keys;
    /** Each under the key, ready for another value. */
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::mac);

    private final SecureRandom random = new SecureRandom();

    public Sealer(SealingKeys keys) {
        this.keys = keys;
    }

    /** Seals bytes for a purpose such as {@code "phone"}; two calls never give the same envelope. */
    public byte[] seal(String purpose, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        int keyId = keys.currentId();
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, keys.sealingKey(keyId), nonce, purpose, plain, 0, plain.length);
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                .put(VERSION)
                .putInt(keyId)
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
        if (envelope.length < HEADER_BYTES || envelope[0] != VERSION) {
            throw new SealingException("not an envelope of version " + VERSION, null);
        }
        ByteBuffer buffer = ByteBuffer.wrap(envelope, 1, HEADER_BYTES - 1);
        int keyId = buffer.getInt();
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        return crypt(
                Cipher.DECRYPT_MODE,
                keys.sealingKey(keyId),
                nonce,
                purpose,
                envelope,
                HEADER_BYTES,
                envelope.length - HEADER_BYTES);
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

    private static byte[] crypt(
            int mode, byte[] key, byte[] nonce, String purpose, byte[] input, int offset, int length) {
        try {
            Cipher cipher = CIPHER.get();
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(UTF_8));
            return cipher.doFinal(input, offset, length);
        } catch (GeneralSecurityException e) {
            throw new SealingException("cannot open or seal an envelope for " + purpose, e);
        }
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new SealingException("this Java has no AES/GCM", e);
        }
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(keys.hashKey(), HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new SealingException("this Java has no " + HMAC, e);
        }
    }
}
