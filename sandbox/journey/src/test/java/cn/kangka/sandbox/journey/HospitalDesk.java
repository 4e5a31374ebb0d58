package cn.kangka.sandbox.journey;

import cn.kangka.sandbox.hl7.MllpClient;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A hospital's interface engine as a test plays it: sends ER7 over a real MLLP connection in the hospital's charset. */
final class HospitalDesk implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
    private static final AtomicLong CONTROL = new AtomicLong(System.currentTimeMillis());

    private final Map<String, Object> source;
    private final MllpClient client;

    private HospitalDesk(Map<String, Object> source, MllpClient client) {
        this.source = source;
        this.client = client;
    }

    static HospitalDesk of(String id) throws IOException {
        Map<String, Object> source = new JsonPath(StartedRegion.region()
                        .options()
                        .data()
                        .resolve("sandbox/sources.json")
                        .toFile())
                .getMap("find { it.id == '" + id + "' }");
        Charset charset = Charset.forName(String.valueOf(source.get("charset")));
        return new HospitalDesk(
                source, MllpClient.connect("localhost", Doors.ports().mllp(), Duration.ofSeconds(15), charset));
    }

    /** Sends the segments after MSH under a fresh control id. @return the answer, segments by line feed */
    String send(String type, String... segments) throws IOException {
        return sendAs("J" + CONTROL.incrementAndGet(), type, segments);
    }

    String sendAs(String controlId, String type, String... segments) throws IOException {
        String header = String.join(
                "|",
                "MSH",
                "^~\\&",
                text("application"),
                text("facility"),
                "KANGKA",
                "REGION",
                now(),
                "",
                type,
                controlId,
                "P",
                "2.5.1",
                "",
                "",
                "",
                "",
                "CHN",
                text("charset").equals("UTF-8") ? "UNICODE UTF-8" : "GB 18030-2000");
        return client.send(header + "\r" + String.join("\r", segments) + "\r").replace('\r', '\n');
    }

    String pid(String localId, String document, String family, String given, String birth, String sex, String phone) {
        Map<?, ?> authority = (Map<?, ?>) source.get("authority");
        return "PID|1||" + localId + "^^^" + authority.get("name") + "&" + authority.get("oid") + "&ISO^MR"
                + (document == null ? "" : "~" + document + "^^^CHN^NNCHN")
                + "||" + family + "^" + given + "||" + birth + "|" + sex + "|||||" + phone;
    }

    static String now() {
        return LocalDateTime.now(ZoneId.of("Asia/Shanghai")).format(TIME);
    }

    private String text(String field) {
        return String.valueOf(source.get(field));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
