package cn.kangka.api.directory;

import java.nio.charset.Charset;
import java.util.Locale;

/**
 * Pinyin initials of a Chinese name, for searching with a number pad or latin letters: 心内科 gives XNK. GB 2312 sorts
 * its 3,755 common characters by pinyin, so the first letter follows from the code; characters outside that range are
 * left out, latin letters and digits stay.
 */
final class Initials {
    private static final Charset GB2312 = Charset.forName("GB2312");
    private static final String LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ";
    private static final int[] FIRST_CODES = {
        0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8, 0xC4C3, 0xC5B6,
        0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1
    };
    private static final int LAST_CODE = 0xD7F9;

    private Initials() {}

    static String of(String name) {
        StringBuilder initials = new StringBuilder();
        name.codePoints().forEach(character -> append(initials, character));
        return initials.toString();
    }

    private static void append(StringBuilder initials, int character) {
        if (character < 0x80) {
            if (Character.isLetterOrDigit(character)) {
                initials.append(Character.toString(character).toUpperCase(Locale.ROOT));
            }
            return;
        }
        byte[] bytes = Character.toString(character).getBytes(GB2312);
        int code = bytes.length == 2 ? (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF : 0;
        if (code > LAST_CODE) {
            return;
        }
        for (int i = FIRST_CODES.length - 1; i >= 0; i--) {
            if (code >= FIRST_CODES[i]) {
                initials.append(LETTERS.charAt(i));
                return;
            }
        }
    }
}
