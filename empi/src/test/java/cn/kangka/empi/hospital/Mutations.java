package cn.kangka.empi.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Bends messages as broken senders do; the same seed bends alike. Frames stay whole, what is in them need not. */
final class Mutations {
    private static final String[] SCRAPS = {
        "|",
        "^",
        "~",
        "&",
        "\\",
        "\\X00\\",
        "\\T\\",
        "\"\"",
        "\u0000",
        "\uD83D\uDE00",
        "𠮷",
        "'; --",
        "-1",
        "99999999999999999999",
        "20269999",
        "A".repeat(5_000),
        "张".repeat(300),
        "^^^H001^MR~^^^H001^MR",
        " ",
        "\t",
        "\u200B",
        "%s",
        "${x}",
        "<a>"
    };
    private static final Charset[] CHARSETS = {Charset.forName("GB18030"), Charset.forName("ISO-8859-1")};

    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    /** One to four changes. */
    byte[] of(String message) {
        List<String> segments = new ArrayList<>(Arrays.asList(message.split("[\r\n]+")));
        for (int i = random.nextInt(4); i >= 0; i--) {
            bend(segments);
        }
        String text = String.join("\r", segments) + "\r";
        Charset charset = random.nextInt(12) == 0 ? CHARSETS[random.nextInt(CHARSETS.length)] : UTF_8;
        byte[] bytes = text.getBytes(charset);
        if (random.nextInt(6) == 0) {
            scratch(bytes);
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == 0x0B || bytes[i] == 0x1C ? (byte) '?' : bytes[i];
        }
        return bytes;
    }

    private void bend(List<String> segments) {
        int at = random.nextInt(segments.size());
        switch (random.nextInt(8)) {
            case 0 -> segments.remove(segments.size() > 1 ? at : 0);
            case 1 -> segments.add(at, segments.get(random.nextInt(segments.size())));
            case 2 -> Collections.shuffle(segments, random);
            case 3 ->
                segments.set(
                        at,
                        segments.get(at)
                                .substring(0, random.nextInt(segments.get(at).length() + 1)));
            case 4 -> segments.set(at, segments.get(at).replace(scrap().substring(0, 1), scrap()));
            default -> segments.set(at, field(segments.get(at)));
        }
        if (segments.isEmpty()) {
            segments.add("");
        }
    }

    /** Another value, none, a longer or a repeated one in one field. */
    private String field(String segment) {
        String[] fields = segment.split(Pattern.quote("|"), -1);
        int at = random.nextInt(fields.length);
        fields[at] = switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> scrap();
            case 2 -> fields[at] + scrap();
            case 3 -> fields[at] + "~" + fields[at];
            default -> fields[random.nextInt(fields.length)];
        };
        return String.join("|", fields);
    }

    private void scratch(byte[] bytes) {
        for (int i = random.nextInt(5); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
    }

    private String scrap() {
        return SCRAPS[random.nextInt(SCRAPS.length)];
    }
}
