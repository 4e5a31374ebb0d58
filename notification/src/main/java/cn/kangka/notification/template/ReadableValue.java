package cn.kangka.notification.template;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns what services say (RFC 3339 times) into what people read. */
final class ReadableValue {
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}.*");
    private static final ZoneId HERE = ZoneId.of("Asia/Shanghai");
    private static final Map<String, DateTimeFormatter> FORMATS = Map.of(
            Language.CHINESE, DateTimeFormatter.ofPattern("M月d日 EEE HH:mm", Locale.SIMPLIFIED_CHINESE),
            Language.ENGLISH, DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH));

    private ReadableValue() {}

    static String of(String value, String language) {
        if (!TIME.matcher(value).matches()) {
            return value;
        }
        try {
            return OffsetDateTime.parse(value).atZoneSameInstant(HERE).format(FORMATS.get(language));
        } catch (DateTimeException e) {
            return value;
        }
    }
}
