package cn.kangka.empi.hl7;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** MSH-18 (HL7 table 0211) and what Chinese hospitals write there. */
public final class Charsets {
    private static final int LONGEST_HEADER = 4096;
    private static final int FIELD = 18;
    private static final Map<String, Charset> BY_NAME = Map.ofEntries(
            Map.entry("UNICODE UTF-8", StandardCharsets.UTF_8),
            Map.entry("UNICODE", StandardCharsets.UTF_8),
            Map.entry("UTF-8", StandardCharsets.UTF_8),
            Map.entry("UTF8", StandardCharsets.UTF_8),
            Map.entry("GB 18030-2000", Charset.forName("GB18030")),
            Map.entry("GB 18030", Charset.forName("GB18030")),
            Map.entry("GB18030-2000", Charset.forName("GB18030")),
            Map.entry("GB18030", Charset.forName("GB18030")),
            Map.entry("GBK", Charset.forName("GBK")),
            Map.entry("GB2312", Charset.forName("GBK")),
            Map.entry("8859/1", ISO_8859_1),
            Map.entry("ISO-8859-1", ISO_8859_1),
            Map.entry("ISO8859-1", ISO_8859_1),
            Map.entry("ISO IR100", ISO_8859_1),
            Map.entry("ASCII", StandardCharsets.UTF_8));

    private Charsets() {}

    /** The charset of a name in MSH-18, in configuration or in Java; empty when it is unknown. ASCII reads as UTF-8. */
    public static Optional<Charset> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.strip().toUpperCase(Locale.ROOT)));
    }

    /** MSH-18 for a charset, as the standard writes it. */
    public static String nameOf(Charset charset) {
        return switch (charset.name()) {
            case "GB18030" -> "GB 18030-2000";
            case "GBK" -> "GBK";
            case "ISO-8859-1" -> "8859/1";
            default -> "UNICODE UTF-8";
        };
    }

    /** A field of the header as bytes tell it before the charset is known: every charset above keeps ASCII's bytes. */
    public static String headerField(byte[] message, int field) {
        int start = start(message);
        if (message.length < start + 4) {
            return "";
        }
        char separator = (char) (message[start + 3] & 0xFF);
        int end = start;
        while (end < message.length && end - start < LONGEST_HEADER && message[end] != '\r' && message[end] != '\n') {
            end++;
        }
        java.util.List<String> fields =
                Delimiters.split(new String(message, start, end - start, ISO_8859_1), separator);
        return field - 1 < fields.size() ? fields.get(field - 1).strip() : "";
    }

    /** MSH-18 as bytes tell it, first repetition; empty when absent. */
    public static String declared(byte[] message) {
        String field = headerField(message, FIELD);
        int repetition = field.indexOf('~');
        return (repetition < 0 ? field : field.substring(0, repetition)).strip();
    }

    /** The text of the bytes; empty when they are not of that charset. */
    public static Optional<String> decode(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int start(byte[] message) {
        boolean mark = message.length > 3
                && (message[0] & 0xFF) == 0xEF
                && (message[1] & 0xFF) == 0xBB
                && (message[2] & 0xFF) == 0xBF;
        return mark ? 3 : 0;
    }
}
