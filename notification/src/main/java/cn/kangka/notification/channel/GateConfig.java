package cn.kangka.notification.channel;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What one provider bears; part of every provider's settings. */
public interface GateConfig {
    /** Messages a second that this replica may send. */
    @WithDefault("200")
    double perSecond();

    /** Messages that may go at once after a pause. */
    @WithDefault("500")
    int burst();

    /** Failures of the provider in a row that open the circuit breaker. */
    @WithDefault("20")
    int breakerFailures();

    /** How long the open breaker keeps everything back before one message tries again. */
    @WithDefault("15s")
    Duration breakerPause();
}
