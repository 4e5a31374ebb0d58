package cn.kangka.empi.fhir;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How FHIR bundles are handed on. */
@ConfigMapping(prefix = "kangka.fhir")
public interface FhirConfig {
    /** How many resources one {@code directory.bundle} has at most. */
    @WithDefault("200")
    int part();
}
