package cn.kangka.kit.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The keys of one service: sealing keys by number (the highest seals, all open) and one hash key.
 *
 * <p>The file is a Java properties file: {@code hash=<base64 32 bytes>}, {@code seal.1=<base64 32 bytes>}, {@code
 * seal.2=…}. In the sandbox it is generated at first start; in a cluster it is a mounted Secret.
 */
public final class SealingKeys {
    private static final int KEY_BYTES = 32;
    private static final String SEAL_PREFIX = "seal.";

    private final byte[] hashKey;
    private final TreeMap<Integer, byte[]> sealing;

    private SealingKeys(byte[] hashKey, TreeMap<Integer, byte[]> sealing) {
        this.hashKey = hashKey;
        this.sealing = sealing;
    }

    /** Fresh random keys, for tests. */
    public static SealingKeys random() {
        return new SealingKeys(randomKey(), new TreeMap<>(Map.of(1, randomKey())));
    }

    /**
     * Reads the file, or makes it (readable by its owner only) when it does not exist. Losing the file loses the data.
     */
    public static SealingKeys loadOrCreate(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the sealing keys at " + file, e);
        }
    }

    private static SealingKeys load(Path file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        TreeMap<Integer, byte[]> sealing = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(SEAL_PREFIX)) {
                sealing.put(Integer.valueOf(name.substring(SEAL_PREFIX.length())), key(properties, name, file));
            }
        }
        if (sealing.isEmpty()) {
            throw new IOException(file + " holds no seal.N key");
        }
        return new SealingKeys(key(properties, "hash", file), sealing);
    }

    private static byte[] key(Properties properties, String name, Path file) throws IOException {
        String text = properties.getProperty(name);
        byte[] key = text == null ? new byte[0] : Base64.getDecoder().decode(text.trim());
        if (key.length != KEY_BYTES) {
            throw new IOException(file + ": " + name + " must be 32 bytes in Base64");
        }
        return key;
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        String text = "hash=" + encode(randomKey()) + "\nseal.1=" + encode(randomKey()) + "\n";
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "keys", ".tmp");
        Files.writeString(fresh, text, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // Another process was first: its keys are the keys.
        } finally {
            Files.delete(fresh);
        }
    }

    private static String encode(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    private static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    int currentId() {
        return sealing.lastKey();
    }

    byte[] sealingKey(int id) {
        byte[] key = sealing.get(id);
        if (key == null) {
            throw new SealingException("unknown sealing key " + id, null);
        }
        return key;
    }

    byte[] hashKey() {
        return hashKey;
    }
}
