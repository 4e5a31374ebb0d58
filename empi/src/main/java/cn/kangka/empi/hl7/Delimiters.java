package cn.kangka.empi.hl7;

import ca.uhn.hl7v2.parser.DefaultEscaping;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;
import java.util.ArrayList;
import java.util.List;

/** MSH-1 and MSH-2 of a message, and the escaping that follows from them. */
record Delimiters(char field, char component, char repetition, char escape, char subcomponent) {
    private static final Escaping ESCAPING = new DefaultEscaping();
    static final Delimiters DEFAULT = new Delimiters('|', '^', '~', '\\', '&');

    /** MSH-2. */
    String encoding() {
        return "" + component + repetition + escape + subcomponent;
    }

    String escaped(String value) {
        return ESCAPING.escape(value, characters());
    }

    String unescaped(String value) {
        return value.indexOf(escape) < 0 ? value : ESCAPING.unescape(value, characters());
    }

    private EncodingCharacters characters() {
        return new EncodingCharacters(field, encoding());
    }

    /** Splits at every separator, keeping empty parts. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            parts.add(text.substring(start, end));
            start = end + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }
}
