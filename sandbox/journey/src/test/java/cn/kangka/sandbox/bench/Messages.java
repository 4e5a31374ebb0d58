package cn.kangka.sandbox.bench;

import cn.kangka.sandbox.hl7.MllpClient;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A hospital registers people nobody knew, over several connections, one message at a time on each. */
final class Messages {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    private final Map<String, Object> source;
    private final int port;
    private final AtomicInteger number = new AtomicInteger();

    Messages(Path data, int port) {
        this.source = new JsonPath(data.resolve("sandbox/sources.json").toFile()).getMap("find { it.id == 'H001' }");
        this.port = port;
    }

    /** Messages acknowledged per second; fails when one is not accepted. */
    double perSecond(int connections, int messages) throws InterruptedException {
        int last = number.get() + messages;
        AtomicInteger refused = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            Thread sender = new Thread(() -> send(last, refused), "sender-" + i);
            senders.add(sender);
            sender.start();
        }
        for (Thread each : senders) {
            each.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        number.set(last);
        if (refused.get() > 0) {
            throw new IllegalStateException(refused + " messages were not accepted");
        }
        return messages / seconds;
    }

    private void send(int last, AtomicInteger refused) {
        try (MllpClient client =
                MllpClient.connect("localhost", port, Duration.ofSeconds(30), StandardCharsets.UTF_8)) {
            for (int next = number.incrementAndGet(); next <= last; next = number.incrementAndGet()) {
                if (!client.send(registration(next)).contains("MSA|AA")) {
                    refused.incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String now() {
        return LocalDateTime.now(ZoneId.of("Asia/Shanghai")).format(TIME);
    }

    private String registration(int index) {
        Map<?, ?> authority = (Map<?, ?>) source.get("authority");
        String local = "BENCH" + index;
        return String.join(
                "\r",
                "MSH|^~\\&|" + source.get("application") + "|" + source.get("facility") + "|KANGKA|REGION|"
                        + now() + "||ADT^A28^ADT_A05|" + local + "-" + System.nanoTime()
                        + "|P|2.5.1||||||UNICODE UTF-8",
                "EVN|A28|" + now(),
                "PID|1||" + local + "^^^" + authority.get("name") + "&" + authority.get("oid") + "&ISO^MR||测^试"
                        + index + "||1970" + String.format(Locale.ROOT, "%02d%02d", index % 12 + 1, index % 28 + 1)
                        + "|F|||文三路" + index + "号^^云江市^^330100||139" + String.format(Locale.ROOT, "%08d", index),
                "PV1|1|N",
                "");
    }
}
