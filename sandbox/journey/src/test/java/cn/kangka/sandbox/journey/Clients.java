package cn.kangka.sandbox.journey;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Partners, terminals and the service client: tokens by private_key_jwt (RFC 7523), as a bank would get them. */
final class Clients {
    private Clients() {}

    /** The first client of {@code /partners} or {@code /clients} whose id contains the text. */
    static Map<String, Object> find(String list, String text) {
        return all(list, text).get(0);
    }

    /** All clients of {@code /partners} or {@code /clients} whose id contains the text; at least one. */
    static List<Map<String, Object>> all(String list, String text) {
        List<Map<String, Object>> clients = Doors.sandbox().get(list).jsonPath().getList("");
        List<Map<String, Object>> found = clients.stream()
                .filter(each -> each.get("clientId").toString().contains(text)
                        || each.get("role").toString().contains(text))
                .toList();
        if (found.isEmpty()) {
            throw new AssertionError("no client like " + text + " in " + list);
        }
        return found;
    }

    static RequestSpecification as(Map<String, Object> client) {
        return Doors.api().auth().oauth2(token(client));
    }

    static String token(Map<String, Object> client) {
        return given().baseUri("http://localhost")
                .port(Doors.ports().api())
                .contentType("application/x-www-form-urlencoded")
                .formParam("grant_type", "client_credentials")
                .formParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .formParam("client_assertion", assertion(client))
                .post("/oauth2/token")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("access_token");
    }

    @SuppressWarnings("unchecked")
    static String assertion(Map<String, Object> client) {
        try {
            PublicJsonWebKey key =
                    (PublicJsonWebKey) JsonWebKey.Factory.newJwk((Map<String, Object>) client.get("privateKeyJwk"));
            JwtClaims claims = new JwtClaims();
            claims.setIssuer((String) client.get("clientId"));
            claims.setSubject((String) client.get("clientId"));
            claims.setAudience(Doors.url(Doors.ports().api()) + "/oauth2/token");
            claims.setIssuedAtToNow();
            claims.setExpirationTimeMinutesInTheFuture(2);
            claims.setJwtId(UUID.randomUUID().toString());
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setKey(key.getPrivateKey());
            signature.setKeyIdHeaderValue(key.getKeyId());
            signature.setAlgorithmHeaderValue("ES256");
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
