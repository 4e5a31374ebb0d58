package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.region.Institution;
import cn.kangka.sandbox.region.SandboxSettings;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A message in ER7, as this hospital's interface engine writes it (HL7 2.5.1, MSH-18 set). */
final class Er7 {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx");

    private record Segment(String name, TreeMap<Integer, String> fields) {}

    private final List<Segment> segments = new ArrayList<>();

    private Er7() {}

    /**
     * @param type MSH-9, such as {@code ADT^A28^ADT_A05}
     * @param controlId MSH-10, unique for the sender
     */
    static Er7 message(Institution sender, String type, String controlId, Instant at) {
        Er7 message = new Er7().segment("MSH");
        return message.raw(3, sender.application())
                .raw(4, sender.id())
                .raw(5, "KANGKA")
                .raw(6, "EMPI")
                .raw(7, time(at))
                .raw(9, type)
                .raw(10, controlId)
                .raw(11, "P")
                .raw(12, "2.5.1")
                .raw(17, "CHN")
                .raw(18, charset(sender.charset()));
    }

    /** MSH-18, HL7 table 0211. */
    static String charset(Charset charset) {
        return charset.name().equals("GB18030") ? "GB 18030-2000" : "UNICODE UTF-8";
    }

    Er7 segment(String name) {
        segments.add(new Segment(name, new TreeMap<>()));
        return this;
    }

    /** Sets a field to components, which are escaped. */
    Er7 set(int field, String... components) {
        return raw(field, components(components));
    }

    /** Sets a field to what is ER7 already. */
    Er7 raw(int field, String value) {
        segments.get(segments.size() - 1).fields().put(field, value);
        return this;
    }

    /** One repetition. */
    static String components(String... components) {
        return Arrays.stream(components).map(Er7::escaped).collect(Collectors.joining("^"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\E\\")
                .replace("|", "\\F\\")
                .replace("^", "\\S\\")
                .replace("~", "\\R\\")
                .replace("&", "\\T\\");
    }

    static String time(Instant at) {
        return at.atZone(SandboxSettings.ZONE).format(TIME);
    }

    static String date(LocalDate date) {
        return date.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    String text() {
        return segments.stream().map(Er7::line).collect(Collectors.joining("\r", "", "\r"));
    }

    private static String line(Segment segment) {
        boolean header = segment.name().equals("MSH");
        StringBuilder line = new StringBuilder(header ? "MSH|^~\\&" : segment.name());
        for (int field = header ? 3 : 1; field <= segment.fields().lastKey(); field++) {
            line.append('|').append(segment.fields().getOrDefault(field, ""));
        }
        return line.toString();
    }
}
