package cn.kangka.sandbox.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * Tokens for tests, signed by keys that the tested service finds in its trust folder, like those of real issuers. A
 * key that exists already (because the tested service is the issuer) is used.
 */
public final class TestTokens {
    private static final String REGION = "kangka";
    private static Path keys;

    private TestTokens() {}

    /** Signs with the keys of that folder from now on; what is missing there is made. */
    public static void useKeys(Path folder) {
        keys = folder;
        for (String issuer : List.of(REGION, "api", "empi", "notification", "mobile-bff")) {
            key(issuer);
        }
    }

    /** A citizen's token: {@code sub} is the account. */
    public static String citizen(UUID account, int level) {
        return sign(REGION, REGION, account.toString(), List.of("citizen"), Map.of("level", level, "channel", "app"));
    }

    /** A token of staff: agent, supervisor, registrar, editor, integration, auditor or admin. */
    public static String staff(String username, String... roles) {
        return sign(REGION, REGION, username, List.of(roles), Map.of("channel", "call-centre"));
    }

    /** A token of somebody who works for these institutions. */
    public static String clerk(String username, String... institutions) {
        return sign(
                REGION,
                REGION,
                username,
                List.of("clerk"),
                Map.of("channel", "call-centre", "sources", List.of(institutions)));
    }

    /** A partner's or terminal's token; {@code claims} such as hospital or channel, {@code scope} space-separated. */
    public static String client(String clientId, String role, String scope, Map<String, Object> claims) {
        Map<String, Object> all = new java.util.HashMap<>(claims);
        all.put("scope", scope);
        return sign(REGION, REGION, clientId, List.of(role), all);
    }

    /** What the service {@code from} would send to the service {@code to}. */
    public static String service(String from, String to) {
        return sign(from, to, from, List.of("service"), Map.of());
    }

    /** Any token; for tests of what must be refused, too. {@code more} may replace any claim, {@code exp} and {@code iss} too. */
    public static String sign(
            String issuer, String audience, String subject, List<String> groups, Map<String, Object> more) {
        try {
            JwtClaims claims = new JwtClaims();
            claims.setIssuer(issuer);
            claims.setAudience(audience);
            claims.setSubject(subject);
            claims.setStringClaim("upn", subject);
            claims.setStringListClaim("groups", groups);
            claims.setIssuedAtToNow();
            claims.setExpirationTimeMinutesInTheFuture(10);
            claims.setGeneratedJwtId();
            more.forEach(claims::setClaim);
            EllipticCurveJsonWebKey key = key(issuer);
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setAlgorithmHeaderValue("ES256");
            signature.setKeyIdHeaderValue(key.getKeyId());
            signature.setKey(key.getPrivateKey());
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized EllipticCurveJsonWebKey key(String issuer) {
        try {
            Path file = keys.resolve(issuer + ".private.jwk");
            if (!Files.exists(file)) {
                EllipticCurveJsonWebKey fresh = EcJwkGenerator.generateJwk(EllipticCurves.P256);
                fresh.setKeyId(fresh.calculateBase64urlEncodedThumbprint("SHA-256"));
                fresh.setAlgorithm("ES256");
                Files.createDirectories(keys.resolve("trust"));
                Files.writeString(file, fresh.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
                Files.writeString(
                        keys.resolve("trust").resolve(issuer + ".jwks.json"),
                        new JsonWebKeySet(fresh).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
            }
            return (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
