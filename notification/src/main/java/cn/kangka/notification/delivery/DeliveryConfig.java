package cn.kangka.notification.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How deliveries are worked off. */
@ConfigMapping(prefix = "kangka.delivery")
public interface DeliveryConfig {
    /** How often to look when nobody wakes the workers. */
    @WithDefault("500ms")
    Duration poll();

    /** How long a claim is held; longer than a channel needs for one batch. */
    @WithDefault("30s")
    Duration lease();

    /** Batches that one lane of one channel works on at the same time in this replica. */
    @WithDefault("3")
    int parallel();

    /** Pushes that are turned into one delivery per device at a time. */
    @WithDefault("1000")
    int routingBatch();

    /** Attempts before a delivery is parked. */
    @WithDefault("8")
    int attempts();

    /** The wait after the first failure; doubled after each further one. */
    @WithDefault("2s")
    Duration backoff();

    /** The longest wait between two attempts. */
    @WithDefault("10m")
    Duration longestBackoff();

    /** When an unread notice goes out as SMS. */
    Fallback fallback();

    /** How long settled deliveries and their notices are kept. */
    @WithDefault("180d")
    Duration kept();

    /** Waits by class; absent for never. */
    interface Fallback {
        /** For URGENT (stop of clinic). */
        @WithDefault("5m")
        Optional<Duration> urgent();

        /** For TRANSACTIONAL. */
        @WithDefault("3h")
        Optional<Duration> transactional();

        /** For REMINDER. */
        @WithDefault("3h")
        Optional<Duration> reminder();

        /** For CAMPAIGN; never by default. */
        Optional<Duration> campaign();
    }
}
