package cn.kangka.api.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The access audit. */
@ConfigMapping(prefix = "kangka.audit")
public interface AuditConfig {
    /** The level that the own access log takes. */
    @WithDefault("2")
    int accessLogLevel();

    /** How often new entries are chained. */
    @WithDefault("5s")
    String chainEvery();

    /** How often what is out of date is forgotten: answers kept for Idempotency-Keys. */
    @WithDefault("1h")
    String forgetEvery();
}
