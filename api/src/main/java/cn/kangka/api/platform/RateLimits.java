package cn.kangka.api.platform;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Token buckets in Redis, shared by all replicas. A bucket holds {@code requests} tokens and fills evenly over the
 * window. When Redis does not answer, requests pass: these limits protect against load, not against wrong access, and
 * limits that must hold (codes per phone, tries) are kept in PostgreSQL.
 */
@ApplicationScoped
public class RateLimits {
    private static final Logger LOG = Logger.getLogger(RateLimits.class);
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final String TAKE = """
            local capacity = tonumber(ARGV[1])
            local perMilli = capacity / tonumber(ARGV[2])
            local now = tonumber(ARGV[3])
            local state = redis.call('HMGET', KEYS[1], 'tokens', 'at')
            local tokens = tonumber(state[1]) or capacity
            local at = tonumber(state[2]) or now
            tokens = math.min(capacity, tokens + math.max(0, now - at) * perMilli)
            local allowed = 0
            if tokens >= 1 then
                tokens = tokens - 1
                allowed = 1
            end
            redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(now))
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            local wait = 0
            if tokens < 1 then
                wait = math.ceil((1 - tokens) / perMilli)
            end
            return {allowed, math.floor(tokens), wait, math.ceil((capacity - tokens) / perMilli)}
            """;

    private final ReactiveRedisDataSource redis;
    private final Clock clock;

    public RateLimits(ReactiveRedisDataSource redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /**
     * What became of one request.
     *
     * @param remaining tokens left in the bucket
     * @param retryIn until the next token; zero when there is one
     * @param full until the bucket is full again
     */
    public record Taken(boolean allowed, int remaining, Duration retryIn, Duration full) {}

    /** Takes one token of the bucket {@code key}. */
    public Uni<Taken> take(String key, int requests, Duration window) {
        return redis.execute(
                        "EVAL",
                        TAKE,
                        "1",
                        "limit:" + key,
                        Integer.toString(requests),
                        Long.toString(window.toMillis()),
                        Long.toString(clock.millis()))
                .map(RateLimits::read)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("no rate limit: %s", failure.getClass().getSimpleName());
                    return new Taken(true, requests, Duration.ZERO, Duration.ZERO);
                });
    }

    private static Taken read(Response answer) {
        return new Taken(
                answer.get(0).toInteger() == 1,
                answer.get(1).toInteger(),
                Duration.ofMillis(answer.get(2).toLong()),
                Duration.ofMillis(answer.get(3).toLong()));
    }
}
