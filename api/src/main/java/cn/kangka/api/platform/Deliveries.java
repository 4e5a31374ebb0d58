package cn.kangka.api.platform;

import cn.kangka.kit.outbox.Delivery;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** Reads what a neighbour's answer means for an event: have it, come again, or a person must look. */
final class Deliveries {
    private static final int TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int UNAUTHORIZED = 401;

    private Deliveries() {}

    static Delivery failed(Throwable failure) {
        if (failure instanceof WebApplicationException refusal) {
            return refused(refusal.getResponse());
        }
        return Delivery.retry(failure.getClass().getSimpleName());
    }

    private static Delivery refused(Response answer) {
        int status = answer.getStatus();
        String reason = "answered " + status;
        boolean never = status >= 400
                && status < 500
                && status != UNAUTHORIZED
                && status != TIMEOUT
                && status != CONFLICT
                && status != TOO_MANY;
        return never ? Delivery.parked(reason) : new Delivery.Retry(reason, wish(answer));
    }

    private static Duration wish(Response answer) {
        String seconds = answer.getHeaderString(HttpHeaders.RETRY_AFTER);
        return seconds != null && seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }
}
