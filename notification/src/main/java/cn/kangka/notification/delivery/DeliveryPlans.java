package cn.kangka.notification.delivery;

import cn.kangka.notification.channel.NoticeClass;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Makes the plan policy from the settings. */
final class DeliveryPlans {
    @Produces
    @Singleton
    PlanPolicy policy(DeliveryConfig config) {
        Map<NoticeClass, Duration> fallback = new EnumMap<>(NoticeClass.class);
        config.fallback().urgent().ifPresent(wait -> fallback.put(NoticeClass.URGENT, wait));
        config.fallback().transactional().ifPresent(wait -> fallback.put(NoticeClass.TRANSACTIONAL, wait));
        config.fallback().reminder().ifPresent(wait -> fallback.put(NoticeClass.REMINDER, wait));
        config.fallback().campaign().ifPresent(wait -> fallback.put(NoticeClass.CAMPAIGN, wait));
        return new PlanPolicy(fallback);
    }
}
