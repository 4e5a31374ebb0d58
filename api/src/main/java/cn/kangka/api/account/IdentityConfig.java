package cn.kangka.api.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Proof of a real name. */
@ConfigMapping(prefix = "kangka.identity")
public interface IdentityConfig {
    /** So many wrong tries pause the account. */
    @WithDefault("3")
    int tries();

    /** How long the pause lasts; wrong tries older than that are forgotten, too. */
    @WithDefault("24h")
    Duration pause();
}
