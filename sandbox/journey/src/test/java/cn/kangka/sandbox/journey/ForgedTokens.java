package cn.kangka.sandbox.journey;

import cn.kangka.sandbox.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;

/** Tokens that no service may accept. Where they are signed by a real key, it is the started region's own. */
final class ForgedTokens {
    private static final String REGION = "kangka";
    private static final String SOMEBODY = UUID.randomUUID().toString();

    private ForgedTokens() {}

    /**
     * By what is wrong with them.
     *
     * @param keys the region's keys folder
     * @param role which the route would let in
     * @param target the service that is asked
     */
    static Map<String, String> of(Path keys, String role, String target) throws Exception {
        TestTokens.useKeys(keys);
        String other = target.equals("empi") ? "api" : "empi";
        long past = Instant.now().minusSeconds(60).getEpochSecond();
        Map<String, Object> level = Map.of("level", 3);
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put(
                "expired", TestTokens.sign(REGION, REGION, SOMEBODY, List.of(role), Map.of("exp", past, "level", 3)));
        forged.put("for another audience", TestTokens.sign(REGION, "elsewhere", SOMEBODY, List.of(role), level));
        forged.put(
                "a service's key in the region's name",
                TestTokens.sign(other, REGION, SOMEBODY, List.of(role), Map.of("iss", REGION)));
        forged.put("a service's token for another service", TestTokens.service(target, other));
        forged.put(
                "an expired service's token",
                TestTokens.sign(other, target, other, List.of("service"), Map.of("exp", past)));
        forged.put(
                "a service's token for everybody", TestTokens.sign(other, REGION, other, List.of("service"), Map.of()));
        if (!role.equals("service")) {
            forged.put("a service that claims a role", TestTokens.sign(other, target, SOMEBODY, List.of(role), level));
        }
        JwtClaims claims = claims(role);
        forged.put("by a key that nobody knows", signed(claims, EcJwkGenerator.generateJwk(EllipticCurves.P256)));
        forged.put("unsigned", encode("{\"alg\":\"none\"}") + "." + encode(claims.toJson()) + ".");
        forged.put("signed with the public key as a secret", confused(claims, keys));
        forged.put("rubbish", "rubbish");
        return forged;
    }

    private static JwtClaims claims(String role) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(REGION);
        claims.setAudience(REGION);
        claims.setSubject(SOMEBODY);
        claims.setStringClaim("upn", SOMEBODY);
        claims.setStringListClaim("groups", role);
        claims.setClaim("level", 3);
        claims.setExpirationTimeMinutesInTheFuture(5);
        return claims;
    }

    private static String signed(JwtClaims claims, EllipticCurveJsonWebKey key) throws Exception {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue("ES256");
        signature.setKeyIdHeaderValue("unknown");
        signature.setKey(key.getPrivateKey());
        return signature.getCompactSerialization();
    }

    private static String confused(JwtClaims claims, Path keys) throws Exception {
        String published = Files.readString(keys.resolve("trust").resolve(REGION + ".jwks.json"));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKeyIdHeaderValue(new io.restassured.path.json.JsonPath(published).getString("keys[0].kid"));
        signature.setKey(new HmacKey(published.getBytes(StandardCharsets.UTF_8)));
        return signature.getCompactSerialization();
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
