package cn.kangka.notification.channel;

import com.google.firebase.IncomingHttpResponse;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.MessagingErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What an error of FCM means for the delivery and for the gate. By status where there is one, because a 502 has an HTML
 * body and no code; by FCM's code where it says more.
 *
 * @param pause how long the provider wants to be left alone; null when it does not say
 * @param trouble whether the provider, and not the message, is at fault
 */
record FcmVerdict(Outcome outcome, Duration pause, boolean trouble) {
    private static final int TOO_MANY = 429;
    private static final int UNAUTHORIZED = 401;
    private static final int SERVER_ERROR = 500;
    private static final Duration QUOTA_PAUSE = Duration.ofMinutes(1);

    static FcmVerdict of(FirebaseMessagingException failure, Clock clock) {
        MessagingErrorCode code = failure.getMessagingErrorCode();
        IncomingHttpResponse response = failure.getHttpResponse();
        int status = response == null ? 0 : response.getStatusCode();
        if (code == MessagingErrorCode.UNREGISTERED) {
            return new FcmVerdict(new Outcome.Gone("unregistered"), null, false);
        }
        Duration wish = wish(response, clock);
        if (code == MessagingErrorCode.QUOTA_EXCEEDED || status == TOO_MANY) {
            Duration pause = wish == null ? QUOTA_PAUSE : wish;
            return new FcmVerdict(new Outcome.Retry("quota-exceeded", pause), pause, false);
        }
        if (status == 0 || status >= SERVER_ERROR || status == UNAUTHORIZED) {
            return new FcmVerdict(new Outcome.Retry(reason(code, status), wish), wish, true);
        }
        return new FcmVerdict(new Outcome.Parked(reason(code, status)), null, false);
    }

    private static String reason(MessagingErrorCode code, int status) {
        return code == null
                ? "status-" + status
                : code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration wish(IncomingHttpResponse response, Clock clock) {
        Object header = response == null ? null : response.getHeaders().get(FcmAnswer.WISH);
        Object first = header instanceof List<?> list && !list.isEmpty() ? list.get(0) : header;
        return first == null ? null : RetryAfter.parse(first.toString(), clock);
    }
}
