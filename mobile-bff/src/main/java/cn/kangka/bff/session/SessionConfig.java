package cn.kangka.bff.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** A browser's login. */
@ConfigMapping(prefix = "kangka.session")
interface SessionConfig {
    /** How long the browser keeps the cookie without using it; api decides whether the token in it still counts. */
    @WithDefault("30d")
    Duration cookieLife();
}
