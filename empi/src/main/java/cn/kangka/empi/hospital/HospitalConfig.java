package cn.kangka.empi.hospital;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Which institutions are connected. */
@ConfigMapping(prefix = "kangka.hospital")
public interface HospitalConfig {
    /**
     * JSON array of sources (docs/between-services.md, "Keys and tokens in the sandbox"), read at start; no file, no
     * sources.
     */
    Optional<Path> sourcesFile();

    /**
     * Namespace id of the authority whose ids PID-19 holds; resident ids are recognised there without it. Default: none.
     */
    Optional<String> pid19Authority();
}
