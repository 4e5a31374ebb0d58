package cn.kangka.notification.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.ApnsConfig;
import com.google.firebase.messaging.Aps;
import com.google.firebase.messaging.Notification;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message as FCM wants it: a neutral notification, and for the app the notice's id, class and link.
 *
 * @param fits whether it stays within FCM's payload limit
 */
record FcmPayload(com.google.firebase.messaging.Message message, boolean fits) {
    private static final Duration LONGEST_LIFE = Duration.ofDays(28);
    private static final int ENVELOPE_BYTES = 512;

    @SuppressWarnings("deprecation") // Devices register with registration tokens; installation ids are newer than apps.
    static FcmPayload of(Message message, FcmConfig config, Clock clock) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("notice", message.notice().toString());
        data.put("class", message.noticeClass().name());
        if (message.link() != null) {
            data.put("link", message.link());
        }
        String collapse = message.notice().toString();
        var built = com.google.firebase.messaging.Message.builder()
                .setToken(message.address())
                .setNotification(Notification.builder()
                        .setTitle(config.title())
                        .setBody(message.body())
                        .build())
                .putAllData(data)
                .setAndroidConfig(AndroidConfig.builder()
                        .setCollapseKey(collapse)
                        .setPriority(priority(message.noticeClass()))
                        .setTtl(life(message, clock).toMillis())
                        .build())
                .setApnsConfig(ApnsConfig.builder()
                        .putHeader("apns-collapse-id", collapse)
                        .setAps(Aps.builder().setThreadId(collapse).build())
                        .build())
                .build();
        return new FcmPayload(built, size(message, data, config) <= config.payloadBytes());
    }

    private static AndroidConfig.Priority priority(NoticeClass noticeClass) {
        return switch (noticeClass) {
            case URGENT, TRANSACTIONAL -> AndroidConfig.Priority.HIGH;
            case REMINDER, CAMPAIGN -> AndroidConfig.Priority.NORMAL;
        };
    }

    private static Duration life(Message message, Clock clock) {
        if (message.expiresAt() == null) {
            return LONGEST_LIFE;
        }
        Duration left = Duration.between(clock.instant(), message.expiresAt());
        return left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : left;
    }

    private static int size(Message message, Map<String, String> data, FcmConfig config) {
        int bytes = ENVELOPE_BYTES + bytes(message.address()) + bytes(config.title()) + bytes(message.body());
        for (Map.Entry<String, String> entry : data.entrySet()) {
            bytes += bytes(entry.getKey()) + bytes(entry.getValue());
        }
        return bytes;
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
