package cn.kangka.api.imaging;

import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * A timeout, one retry and a circuit breaker for each archive: one that is down holds up nobody else's. What timed out is
 * not tried again, because somebody is waiting.
 */
@ApplicationScoped
class PacsGuards {
    private static final double HALF = 0.5;
    private static final long PAUSE_MILLIS = 100;

    private final ImagingConfig config;
    private final Map<String, Guard> bySource = new ConcurrentHashMap<>();

    PacsGuards(ImagingConfig config) {
        this.config = config;
    }

    <T> Uni<T> call(String source, TypeLiteral<Uni<T>> type, Supplier<Uni<T>> work) {
        return bySource.computeIfAbsent(source, this::guard).get(work, type);
    }

    private Guard guard(String source) {
        return Guard.create()
                .withDescription("pacs " + source)
                .withCircuitBreaker()
                .requestVolumeThreshold(config.breakerCalls())
                .failureRatio(HALF)
                .delay(config.breakerPause().toMillis(), ChronoUnit.MILLIS)
                .when(failure -> !(failure instanceof NoSuchPicture))
                .done()
                .withTimeout()
                .duration(config.timeout().toMillis(), ChronoUnit.MILLIS)
                .done()
                .withRetry()
                .maxRetries(1)
                .delay(PAUSE_MILLIS, ChronoUnit.MILLIS)
                .abortOn(List.of(NoSuchPicture.class, TimeoutException.class))
                .done()
                .build();
    }
}
