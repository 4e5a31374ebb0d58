package cn.kangka.api.testing;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Registered machines with keys of their own, as the launcher writes them, and staff. */
public final class Clients {
    public static final String BANK = "bank-1";
    public static final String TERMINAL = "terminal-h001";
    /** Somebody who works at one hospital. */
    public static final String CLERK = "clerk-1";

    public static final String CLERK_PASSWORD = "front desk";
    public static final String CLERKS_HOSPITAL = "HCLERK1";
    public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final EllipticCurveJsonWebKey KEY = newKey();

    private Clients() {}

    public static EllipticCurveJsonWebKey newKey() {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId("k1");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path file() {
        return write("clients", """
                [{"clientId":"%s","role":"partner","name":"东州银行","channel":"bank",
                  "scopes":["slots:read","appointments:write"],"jwk":%s},
                 {"clientId":"%s","role":"terminal","source":"H001","scopes":["cards:verify"],"jwk":%s},
                 {"clientId":"broken","role":"partner","scopes":[],"jwk":%s}]
                """.formatted(BANK, publicKey(), TERMINAL, publicKey(), publicKey()));
    }

    static Path staffFile() {
        return write("staff", """
                [{"username":"agent-1","password":"correct horse","roles":["agent"]},
                 {"username":"auditor-1","password":"battery staple","roles":["auditor"]},
                 {"username":"locked-1","password":"lock me","roles":["agent"]},
                 {"username":"%s","password":"%s","roles":["clerk"],"sources":["%s"]}]
                """.formatted(CLERK, CLERK_PASSWORD, CLERKS_HOSPITAL));
    }

    /** A token request with this assertion. */
    public static Response ask(String assertion, String scope) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_assertion_type", TYPE);
        form.put("client_assertion", assertion);
        if (scope != null) {
            form.put("scope", scope);
        }
        return given().formParams(form).post("/oauth2/token");
    }

    /** A client's access token, got through the real door. */
    public static String token(String client) {
        return ask(assertion(client, claims -> {}), null)
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    public static String assertion(String client, Consumer<JwtClaims> change) {
        return assertion(client, KEY, change);
    }

    /** A signed assertion, good unless {@code change} spoils it. */
    public static String assertion(String client, EllipticCurveJsonWebKey key, Consumer<JwtClaims> change) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(client);
        claims.setSubject(client);
        claims.setAudience(tokenUrl());
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(4);
        change.accept(claims);
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setAlgorithmHeaderValue("ES256");
            signature.setKey(key.getPrivateKey());
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String tokenUrl() {
        return "http://localhost:" + RestAssured.port + "/oauth2/token";
    }

    private static String publicKey() {
        return KEY.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private static Path write(String name, String content) {
        try {
            Path file = Files.createTempFile(name, ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
