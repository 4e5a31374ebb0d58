package cn.kangka.api.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A refresh token: {@code <session>.<generation>.<secret>}. The secret is HMAC-SHA-256(seed of the session, generation),
 * so an old token can be told from a made-up one without keeping every token that ever was.
 */
record RefreshToken(UUID session, int generation, String secret) {
    private static final Pattern SHAPE = Pattern.compile("([0-9a-f-]{36})\\.(\\d{1,9})\\.([A-Za-z0-9_-]{43})");

    static RefreshToken of(UUID session, int generation, byte[] seed) {
        return new RefreshToken(session, generation, secret(generation, seed));
    }

    /** Reads a token; null when it has not the shape of one. */
    static RefreshToken parse(String text) {
        Matcher matcher = SHAPE.matcher(text == null ? "" : text);
        if (!matcher.matches()) {
            return null;
        }
        try {
            return new RefreshToken(
                    UUID.fromString(matcher.group(1)), Integer.parseInt(matcher.group(2)), matcher.group(3));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether this session once gave this token. */
    boolean isGenuine(byte[] seed) {
        return MessageDigest.isEqual(
                secret.getBytes(UTF_8), secret(generation, seed).getBytes(UTF_8));
    }

    String text() {
        return session + "." + generation + "." + secret;
    }

    private static String secret(int generation, byte[] seed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(seed, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(Integer.toString(generation).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a refresh token", e);
        }
    }

    @Override
    public String toString() {
        return "refresh token of " + session;
    }
}
