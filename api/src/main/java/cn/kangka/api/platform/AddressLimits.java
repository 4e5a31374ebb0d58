package cn.kangka.api.platform;

import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** Limits by the caller's network address; loopback is free (contract, "Sandbox"). */
@ApplicationScoped
public class AddressLimits {
    private final RateLimits limits;
    private final Clock clock;

    public AddressLimits(RateLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Fails with 429 {@code too-many-requests} when this address asked too often for {@code what}. */
    public Uni<Void> take(String what, int requests, Duration window, String address) {
        if (isLoopback(address)) {
            return Uni.createFrom().voidItem();
        }
        return limits.take(what + ":" + address, requests, window)
                .invoke(taken -> {
                    if (!taken.allowed()) {
                        throw Problems.tooMany("too-many-requests", taken.retryIn(), clock);
                    }
                })
                .replaceWithVoid();
    }

    /** Whether a network address is this machine itself. */
    public static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
    }
}
