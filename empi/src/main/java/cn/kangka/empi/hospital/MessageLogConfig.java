package cn.kangka.empi.hospital;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long the message log remembers. */
@ConfigMapping(prefix = "kangka.messages")
public interface MessageLogConfig {
    /**
     * For how many whole months messages are kept, 1–240; older ones are dropped a month at a time, unless one of them was
     * received and never handled. A message that comes again after that is a new one. What messages said of people is kept
     * with the people.
     */
    @WithDefault("24")
    int months();
}
