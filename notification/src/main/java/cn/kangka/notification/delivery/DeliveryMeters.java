package cn.kangka.notification.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** Figures per channel, class and outcome; no id is ever a label. */
@ApplicationScoped
class DeliveryMeters {
    private final MeterRegistry meters;

    DeliveryMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void settled(String channel, Settlement settlement, Instant now) {
        String noticeClass = settlement.claimed().noticeClass().name();
        meters.counter(
                        "kangka.deliveries",
                        "channel",
                        channel,
                        "class",
                        noticeClass,
                        "outcome",
                        settlement.state().name())
                .increment();
        if (settlement.state() == DeliveryState.SENT) {
            Duration taken = Duration.between(settlement.claimed().plannedFor(), now);
            meters.timer("kangka.delivery.latency", "channel", channel, "class", noticeClass)
                    .record(taken.isNegative() ? Duration.ZERO : taken);
        }
    }
}
