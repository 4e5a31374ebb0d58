package cn.kangka.notification.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the intake. */
@ConfigMapping(prefix = "kangka.notice")
public interface NoticeConfig {
    /** Notices in one call. */
    @WithDefault("1000")
    int batch();

    /** How far in the past {@code notBefore} may lie before it is an error. */
    @WithDefault("1m")
    Duration scheduleGrace();

    /** How far ahead a notice may be planned. */
    @WithDefault("400d")
    Duration farthest();

    /** Parameters of one notice. */
    @WithDefault("30")
    int params();

    /** Characters of one parameter. */
    @WithDefault("500")
    int paramLength();

    /** From how many notices on a batch is rendered and sealed on a worker instead of the event loop. */
    @WithDefault("20")
    int workerFrom();
}
