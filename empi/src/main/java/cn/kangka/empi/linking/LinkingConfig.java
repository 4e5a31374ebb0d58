package cn.kangka.empi.linking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** By what linking decides, and its limits. */
@ConfigMapping(prefix = "kangka.linking")
public interface LinkingConfig {
    /**
     * The linkage model, YAML as docs/linkage/README.md teaches it; its columns are {@code name}, {@code sex}, {@code
     * birth}, {@code idNumber}, {@code idType}, {@code phone} (several, parted by {@code ;}), {@code address} and {@code
     * insurance}. Without it the region's own model is used, which docs/linkage/chinese.yaml is.
     */
    Optional<Path> modelFile();

    /** What {@code train} wrote for that model. Needed with {@code model-file}. */
    Optional<Path> parametersFile();

    /** A second model that only watches: what it would do otherwise is told by {@code GET /v1/linkage/shadow}. */
    Shadow shadow();

    /** The model that watches. */
    interface Shadow {
        /** Like {@link LinkingConfig#modelFile}; without it nobody watches. */
        Optional<Path> modelFile();

        /** Like {@link LinkingConfig#parametersFile}; without it the region's own. */
        Optional<Path> parametersFile();
    }

    /** How many identities that share a document one decision looks at, 1–10000; the oldest ones. */
    @WithDefault("500")
    int candidates();

    /**
     * How many bits better somebody must fit another person than their own, before new data moves them there without a
     * human, and one person than a second one that contradicts it, before a human need not choose: 0–100.
     */
    @WithDefault("10")
    double moveMargin();
}
