package cn.kangka.api.rush;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who wants the same thing within a second. */
@ApplicationScoped
public class Crowds {
    private static final int KEPT = 50_000;

    private final int from;
    private final Cache<UUID, AtomicInteger> lately = Caffeine.newBuilder()
            .maximumSize(KEPT)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    Crowds(RushConfig config) {
        this.from = config.crowd();
    }

    /** Whether so many came for it within this second, the caller included, that it is a crowd. */
    public boolean at(UUID wanted) {
        return lately.get(wanted, unknown -> new AtomicInteger()).incrementAndGet() > from;
    }
}
