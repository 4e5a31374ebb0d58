package cn.kangka.empi.platform;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where this service's keys lie. */
@ConfigMapping(prefix = "kangka.keys")
public interface KeysConfig {
    /** The folder with the own signing key, the sealing keys and {@code trust/}; default {@code ./data/keys}. */
    Path folder();
}
