package cn.kangka.empi.query;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of queries. */
@ConfigMapping(prefix = "kangka.query")
public interface QueryConfig {
    /** How many charts a demographics query may hit; a broader one is refused with AE, never cut silently. */
    @WithDefault("2000")
    int maxHits();

    /** Patients per answer when RCP-2 does not say, 1–200. */
    @WithDefault("50")
    int pageSize();
}
