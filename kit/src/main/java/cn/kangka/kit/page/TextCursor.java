package cn.kangka.kit.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.problem.Problems;
import java.util.Base64;
import java.util.List;

/** A keyset position in a list ordered by one or two texts, such as hospital and code; the second may be empty. */
public record TextCursor(String first, String second) {
    private static final char SEPARATOR = '\u001f';

    /** The position before everything. */
    public static final TextCursor START = new TextCursor("", "");

    /** The opaque text that clients pass back. */
    public String encode() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((first + SEPARATOR + second).getBytes(UTF_8));
    }

    /**
     * Reads what {@link #encode} wrote; null or blank means the first page and gives {@link #START}.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 422 when it is not one of our cursors
     */
    public static TextCursor decode(String text) {
        if (text == null || text.isBlank()) {
            return START;
        }
        try {
            List<String> parts = List.of(
                    new String(Base64.getUrlDecoder().decode(text), UTF_8).split(String.valueOf(SEPARATOR), -1));
            return new TextCursor(parts.get(0), parts.get(1));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Problems.invalid("cursor", "cursor.unknown");
        }
    }
}
