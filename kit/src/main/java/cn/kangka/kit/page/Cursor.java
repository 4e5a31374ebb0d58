package cn.kangka.kit.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.problem.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * A keyset position: the last row's time and id. Lists are ordered by both, descending or ascending, and an index
 * exists for that order.
 */
public record Cursor(Instant at, UUID id) {

    /** The opaque text that clients pass back. */
    public String encode() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + "|" + id).getBytes(UTF_8));
    }

    /**
     * Reads what {@link #encode} wrote; null or blank means the first page and gives null.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 when it is not one of our cursors
     */
    public static Cursor decode(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            int bar = plain.indexOf('|');
            return new Cursor(Instant.parse(plain.substring(0, bar)), UUID.fromString(plain.substring(bar + 1)));
        } catch (DateTimeException | IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw Problems.invalid("cursor", "cursor.unknown");
        }
    }
}
