package cn.kangka.api.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.path.json.JsonPath;
import java.util.Base64;

/** Looks into tokens, without checking them. */
public final class Tokens {
    private Tokens() {}

    public static JsonPath claims(String token) {
        return JsonPath.from(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8));
    }

    public static JsonPath header(String token) {
        return JsonPath.from(new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), UTF_8));
    }
}
