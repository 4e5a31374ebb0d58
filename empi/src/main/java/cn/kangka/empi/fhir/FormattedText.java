package cn.kangka.empi.fhir;

import java.util.regex.Pattern;

/** FT and TX values as plain text: HL7's formatting commands become line breaks or nothing. */
final class FormattedText {
    private static final Pattern BREAK = Pattern.compile("\\\\\\.(?:br|sp\\+?\\d*|ce)\\\\|\\r\\n?|<br\\s*/?>");
    private static final Pattern COMMAND = Pattern.compile("\\\\(?:H|N|\\.(?:in|ti|fi|nf|sk)[+-]?\\d*)\\\\");

    private FormattedText() {}

    static String plain(String value) {
        return COMMAND.matcher(BREAK.matcher(value).replaceAll("\n"))
                .replaceAll("")
                .strip();
    }
}
