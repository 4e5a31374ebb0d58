package cn.kangka.kit.token;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens by which this service calls the others: 60 s, {@code iss} = this service, {@code aud} = the target, role
 * {@code service} (rule 5 of the house). One token is used for 40 s.
 */
@Unremovable // Looked up by CallAs, which Quarkus does not see.
@ApplicationScoped
public class ServiceTokens {
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final Duration USED_FOR = Duration.ofSeconds(40);

    private record Issued(String token, Instant renewAt) {}

    private final ServiceIdentity identity;
    private final SigningKey key;
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();

    public ServiceTokens(ServiceIdentity identity) {
        this.identity = identity;
        this.key = SigningKey.loadOrCreate(identity.keysFolder(), identity.name());
    }

    /** A valid token for the service {@code audience}. */
    public String tokenFor(String audience) {
        Instant now = Instant.now();
        return issued.compute(
                        audience,
                        (target, old) -> old != null && now.isBefore(old.renewAt())
                                ? old
                                : new Issued(sign(target, now), now.plus(USED_FOR)))
                .token();
    }

    private String sign(String audience, Instant now) {
        return key.sign(SigningKey.claims()
                .subject(identity.name())
                .upn(identity.name())
                .audience(audience)
                .groups(Set.of("service"))
                .issuedAt(now)
                .expiresAt(now.plus(LIFE)));
    }
}
