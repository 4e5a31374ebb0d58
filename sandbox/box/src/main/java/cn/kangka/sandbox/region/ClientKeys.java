package cn.kangka.sandbox.region;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** The private keys of the demo's clients (ES256), made at the first start and kept in {@code client-keys.json}. */
public final class ClientKeys {
    private final Map<String, EllipticCurveJsonWebKey> keys = new TreeMap<>();

    private ClientKeys() {}

    /** Reads the keys, makes those that are missing. */
    static ClientKeys keep(Path file, List<Client> clients) {
        try {
            ClientKeys kept = new ClientKeys();
            JsonObject stored = Files.exists(file) ? new JsonObject(KeptFile.read(file)) : new JsonObject();
            for (Client client : clients) {
                JsonObject jwk = stored.getJsonObject(client.clientId());
                kept.keys.put(client.clientId(), jwk == null ? fresh() : read(jwk));
                stored.put(client.clientId(), kept.privateJwk(client.clientId()));
            }
            KeptFile.write(file, stored.encodePrettily());
            return kept;
        } catch (JoseException e) {
            throw new IllegalStateException("the keys of the demo clients", e);
        }
    }

    private static EllipticCurveJsonWebKey fresh() throws JoseException {
        EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        key.setAlgorithm("ES256");
        key.setUse("sig");
        return key;
    }

    private static EllipticCurveJsonWebKey read(JsonObject jwk) throws JoseException {
        return (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(jwk.encode());
    }

    public JsonObject privateJwk(String clientId) {
        return new JsonObject(keys.get(clientId).toJson(OutputControlLevel.INCLUDE_PRIVATE));
    }

    public JsonObject publicJwk(String clientId) {
        return new JsonObject(keys.get(clientId).toJson(OutputControlLevel.PUBLIC_ONLY));
    }

    /** A client assertion (RFC 7523) for one token request, valid for a minute. */
    public String assertion(String clientId, String audience) {
        try {
            JwtClaims claims = new JwtClaims();
            claims.setIssuer(clientId);
            claims.setSubject(clientId);
            claims.setAudience(audience);
            claims.setIssuedAtToNow();
            claims.setExpirationTimeMinutesInTheFuture(1);
            claims.setGeneratedJwtId();
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setAlgorithmHeaderValue("ES256");
            signature.setKeyIdHeaderValue(keys.get(clientId).getKeyId());
            signature.setKey(keys.get(clientId).getPrivateKey());
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the assertion of " + clientId, e);
        }
    }
}
