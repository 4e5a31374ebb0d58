package cn.kangka.kit.sealing;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of one service at one time: sealing keys by number, of which one seals and all open, and one hash key. In a
 * properties file: {@code seal.1=<Base64, 32 bytes>} for AES, {@code seal.2.sm=<Base64, 16 bytes>} for SM4, {@code hash=} or
 * {@code hash.sm=<Base64, 32 bytes>}, and {@code current=<number>}, without which the highest number seals.
 */
public final class SealingKeys {
    private static final String SEAL_PREFIX = "seal.";
    private static final String HASH = "hash";
    private static final String CURRENT = "current";

    /** A sealing key. */
    record Key(int id, Suite suite, SecretKeySpec spec) {}

    private final Suite hashSuite;
    private final byte[] hashKey;
    private final TreeMap<Integer, Key> sealing;
    private final Key current;

    private SealingKeys(Suite hashSuite, byte[] hashKey, TreeMap<Integer, Key> sealing, Key current) {
        this.hashSuite = hashSuite;
        this.hashKey = hashKey;
        this.sealing = sealing;
        this.current = current;
    }

    /** Fresh random keys, for tests. */
    public static SealingKeys random() {
        return random(Suite.AES);
    }

    static SealingKeys random(Suite suite) {
        return read(generate(suite), Base64.getDecoder()::decode);
    }

    /** A file's content with fresh random keys. */
    static Properties generate(Suite suite) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                HASH + suite.suffix(),
                random(Suite.HASH_KEY_BYTES),
                SEAL_PREFIX + "1" + suite.suffix(),
                random(suite.keyBytes)));
        return properties;
    }

    /**
     * Reads a file's content.
     *
     * @param opening makes the key of a value
     * @throws IllegalArgumentException when a key is missing or not of its length
     */
    static SealingKeys read(Properties properties, Function<String, byte[]> opening) {
        TreeMap<Integer, Key> sealing = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(SEAL_PREFIX)) {
                Suite suite = suite(name);
                int id = Integer.parseInt(name.substring(
                        SEAL_PREFIX.length(), name.length() - suite.suffix().length()));
                byte[] bytes = bytes(properties, name, suite.keyBytes, opening);
                if (sealing.put(id, new Key(id, suite, suite.key(bytes))) != null) {
                    throw new IllegalArgumentException("there are two keys of number " + id);
                }
            }
        }
        if (sealing.isEmpty()) {
            throw new IllegalArgumentException("there is no seal.N key");
        }
        String chosen = properties.getProperty(CURRENT);
        Key current = chosen == null ? sealing.lastEntry().getValue() : sealing.get(Integer.valueOf(chosen.strip()));
        if (current == null) {
            throw new IllegalArgumentException("current=" + chosen + ", and there is no such key");
        }
        Suite hashing = properties.containsKey(HASH) ? Suite.AES : Suite.SM;
        byte[] hashKey = bytes(properties, HASH + hashing.suffix(), Suite.HASH_KEY_BYTES, opening);
        return new SealingKeys(hashing, hashKey, sealing, current);
    }

    private static Suite suite(String name) {
        return name.endsWith(Suite.SM.suffix()) ? Suite.SM : Suite.AES;
    }

    private static byte[] bytes(Properties properties, String name, int length, Function<String, byte[]> opening) {
        String text = properties.getProperty(name);
        byte[] key = text == null ? new byte[0] : opening.apply(text.strip());
        if (key.length != length) {
            throw new IllegalArgumentException(name + " must be " + length + " bytes");
        }
        return key;
    }

    private static String random(int length) {
        byte[] key = new byte[length];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** The key that seals. */
    Key current() {
        return current;
    }

    /** The key of a number; null when there is none. */
    Key key(int id) {
        return sealing.get(id);
    }

    /** The hash under the key, ready for a value. */
    Mac mac() {
        return hashSuite.mac(hashKey);
    }

    /** Whether what was hashed under those keys is found under these: a hash key is for ever. */
    boolean finds(SealingKeys others) {
        return hashSuite == others.hashSuite && MessageDigest.isEqual(hashKey, others.hashKey);
    }

    @Override
    public String toString() {
        return "sealing keys " + sealing.keySet() + ", " + current.id() + " seals by "
                + current.suite().name().toLowerCase(Locale.ROOT);
    }
}
