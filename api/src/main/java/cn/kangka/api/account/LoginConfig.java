package cn.kangka.api.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Login by a code to the phone. */
@ConfigMapping(prefix = "kangka.login")
public interface LoginConfig {
    /** Which phones may log in: mainland mobile numbers. */
    @WithDefault("1[3-9]\\d{9}")
    String phonePattern();

    /** How long a code is good. */
    @WithDefault("5m")
    Duration codeLife();

    /** How often a code may be tried; then it is void. */
    @WithDefault("5")
    int codeTries();

    /** A phone gets one code in this time. */
    @WithDefault("1m")
    Duration codeInterval();

    /** A phone gets at most so many codes an hour. */
    @WithDefault("5")
    int codesPerHour();

    /** An address may ask for so many codes an hour; loopback is free. */
    @WithDefault("60")
    int codesPerAddressHour();

    /** An address may try so many logins an hour; loopback is free. */
    @WithDefault("300")
    int triesPerAddressHour();
}
