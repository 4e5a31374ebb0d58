package cn.kangka.kit.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * Reads a bearer token: signature by the issuer's trusted key, ES256 only, not expired, and addressed to this service
 * or, when the region issued it, to the region. Only the region's issuer gives roles other than {@code service}. A verified token is remembered until it expires (at most 60 s), because
 * one check costs as much as ten simple requests.
 */
@ApplicationScoped
@Alternative
@Priority(1)
public class TrustedCallerFactory extends JWTCallerPrincipalFactory {
    private static final Logger LOG = Logger.getLogger(TrustedCallerFactory.class);
    private static final int CACHED_TOKENS = 20_000;
    private static final int CLOCK_SKEW_SECONDS = 5;
    private static final List<String> SERVICE_ONLY = List.of("service");

    private record Known(JWTCallerPrincipal caller, Instant expires) {}

    private final TrustedKeys keys;
    private final ServiceIdentity identity;
    private final Cache<String, Known> known = Caffeine.newBuilder()
            .maximumSize(CACHED_TOKENS)
            .expireAfterWrite(Duration.ofSeconds(60))
            .build();

    public TrustedCallerFactory(TrustedKeys keys, ServiceIdentity identity) {
        this.keys = keys;
        this.identity = identity;
    }

    /** Checks one token of our own while nobody waits: the first check loads hundreds of classes. */
    void warm(@Observes StartupEvent event, ServiceTokens tokens) {
        try {
            verified(tokens.tokenFor(identity.name()));
        } catch (JoseException | InvalidJwtException | MalformedClaimException | ParseException e) {
            LOG.debugf("the own key is not in the trust folder yet: %s", e.getMessage());
        }
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo ignored) throws ParseException {
        Known before = known.getIfPresent(token);
        if (before != null && Instant.now().isBefore(before.expires())) {
            return before.caller();
        }
        try {
            JwtClaims claims = verified(token);
            JWTCallerPrincipal caller = new DefaultJWTCallerPrincipal(token, "JWT", claims);
            known.put(
                    token,
                    new Known(
                            caller,
                            Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis())));
            return caller;
        } catch (JoseException | InvalidJwtException | MalformedClaimException e) {
            throw new ParseException("the token is not valid here", e);
        }
    }

    private JwtClaims verified(String token)
            throws JoseException, InvalidJwtException, MalformedClaimException, ParseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        JwtClaims unverified = JwtClaims.parse(signature.getUnverifiedPayload());
        String issuer = unverified.getIssuer();
        PublicKey key = keys.find(issuer, signature.getKeyIdHeaderValue());
        if (key == null) {
            throw new ParseException("unknown issuer or key");
        }
        JwtClaims claims = new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "ES256")
                .setExpectedIssuer(issuer)
                .setExpectedAudience(issuer.equals(ServiceIdentity.REGION) ? ServiceIdentity.REGION : identity.name())
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .build()
                .processToClaims(token);
        if (!issuer.equals(ServiceIdentity.REGION) && !SERVICE_ONLY.equals(claims.getStringListClaimValue("groups"))) {
            throw new ParseException("a service speaks as a service, never as a person or another client");
        }
        return claims;
    }
}
