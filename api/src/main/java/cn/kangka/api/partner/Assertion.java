package cn.kangka.api.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * A client's proof that it holds its key (RFC 7523): signed with ES256 or PS256, {@code iss} = {@code sub} = the client,
 * addressed to us, short-lived.
 *
 * @param jti good once
 */
record Assertion(String jti, OffsetDateTime expiresAt) {
    private static final int SKEW_SECONDS = 5;
    private static final int LONGEST_JTI = 200;

    /** The subject an assertion claims, unchecked; null when it is no JWT at all. */
    static String claimedClient(String text) {
        try {
            JwtClaims claims = new JwtConsumerBuilder()
                    .setSkipAllValidators()
                    .setDisableRequireSignature()
                    .setSkipSignatureVerification()
                    .build()
                    .processToClaims(text);
            return claims.getSubject();
        } catch (InvalidJwtException | MalformedClaimException e) {
            return null;
        }
    }

    /** The checked assertion; null when anything about it is wrong. */
    static Assertion check(String text, Client client, List<String> audiences, Duration longest, Clock clock) {
        Instant now = clock.instant();
        try {
            JwtClaims claims = new JwtConsumerBuilder()
                    .setVerificationKey(key(client.jwk()).getPublicKey())
                    .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, "ES256", "PS256"))
                    .setExpectedIssuer(client.clientId())
                    .setExpectedSubject(client.clientId())
                    .setExpectedAudience(audiences.toArray(String[]::new))
                    .setRequireExpirationTime()
                    .setRequireJwtId()
                    .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
                    .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                    .build()
                    .processToClaims(text);
            Instant expiresAt = Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis());
            boolean tooLong = expiresAt.isAfter(now.plus(longest).plusSeconds(SKEW_SECONDS));
            return tooLong || claims.getJwtId().length() > LONGEST_JTI
                    ? null
                    : new Assertion(
                            claims.getJwtId(),
                            OffsetDateTime.ofInstant(expiresAt.plusSeconds(SKEW_SECONDS), clock.getZone()));
        } catch (InvalidJwtException | MalformedClaimException | JoseException e) {
            return null;
        }
    }

    private static PublicJsonWebKey key(JsonNode jwk) throws JoseException {
        Map<String, Object> members = new HashMap<>();
        jwk.properties()
                .forEach(field -> members.put(field.getKey(), field.getValue().asText()));
        if (JsonWebKey.Factory.newJwk(members) instanceof PublicJsonWebKey key) {
            return key;
        }
        throw new JoseException("not a public key");
    }
}
