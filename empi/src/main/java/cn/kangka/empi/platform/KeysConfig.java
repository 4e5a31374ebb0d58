package cn.kangka.empi.platform;

import cn.kangka.kit.sealing.Suite;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where this service's keys lie. */
@ConfigMapping(prefix = "kangka.keys")
public interface KeysConfig {
    /** The folder with the own signing key, the sealing keys and {@code trust/}; default {@code ./data/keys}. */
    Path folder();

    /** Algorithms of fresh sealing keys: {@code AES} (AES-256-GCM, HMAC-SHA-256) or {@code SM} (SM4-GCM, HMAC-SM3). */
    @WithDefault("AES")
    Suite algorithms();

    /** How often the sealing keys are read again, so that a new one is used without downtime. */
    @WithDefault("30s")
    Duration reload();

    /**
     * Where wrapped sealing keys are unwrapped: {@code https://<vault>/v1/transit/decrypt/<key>} of a key management service
     * with the Transit API. Default: none, the keys file holds the keys themselves.
     */
    Optional<URI> kms();

    /** File with the token for {@code kms}, read anew each time. */
    Optional<Path> kmsToken();
}
