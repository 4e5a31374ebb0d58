package cn.kangka.kit.sealing;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Properties;
import java.util.stream.Collectors;

/** Where a service's sealing keys come from; asked at start and every now and then, so that keys change without downtime. */
public interface KeySource {
    /**
     * The keys as they are now; may wait for disk or network.
     *
     * @throws IOException when they cannot be had
     */
    SealingKeys load() throws IOException;

    /** The same keys for ever, for tests. */
    static KeySource of(SealingKeys keys) {
        return () -> keys;
    }

    /**
     * A file with the keys themselves, readable by its owner only: the sandbox, or a mounted Secret. It is made with fresh keys
     * when it is not there. Losing it loses the data.
     *
     * @param suite of fresh keys
     */
    static KeySource file(Path file, Suite suite) {
        return () -> {
            if (!Files.exists(file)) {
                create(file, suite);
            }
            return read(file, Base64.getDecoder()::decode);
        };
    }

    /** A file with keys that were wrapped by a key management service, which alone can unwrap them. */
    static KeySource wrapped(Path file, KeyManagement kms) {
        return () -> read(file, kms::unwrap);
    }

    private static SealingKeys read(Path file, java.util.function.Function<String, byte[]> opening) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        try {
            return SealingKeys.read(properties, opening);
        } catch (IllegalArgumentException | SealingException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static void create(Path file, Suite suite) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        String text = SealingKeys.generate(suite).entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                .sorted()
                .collect(Collectors.joining());
        Path fresh = Files.createTempFile(folder, "keys", ".tmp");
        Files.writeString(fresh, text, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // Another process was first: its keys are the keys.
        } finally {
            Files.delete(fresh);
        }
    }
}
