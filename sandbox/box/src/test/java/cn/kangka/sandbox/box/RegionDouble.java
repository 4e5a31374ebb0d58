package cn.kangka.sandbox.box;

import cn.kangka.sandbox.hl7.Answers;
import cn.kangka.sandbox.hl7.HospitalDouble;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** empi and api as far as the sandbox calls them: MLLP that acknowledges, tokens, FHIR, the state of events. */
final class RegionDouble implements AutoCloseable {
    static {
        // Without it every answer of the JDK's server waits 40 ms for an acknowledgement of TCP.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    final HospitalDouble mllp = HospitalDouble.start(0, StandardCharsets.ISO_8859_1);
    final List<String> bundles = new CopyOnWriteArrayList<>();
    final List<JsonObject> bookingLists = new CopyOnWriteArrayList<>();
    final List<String> tokenForms = new CopyOnWriteArrayList<>();
    final Map<String, AtomicInteger> acknowledged = new ConcurrentHashMap<>();
    volatile JsonObject status;
    private final HttpServer http;

    RegionDouble() throws IOException {
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "region-double");
            thread.setDaemon(true);
            return thread;
        }));
        http.createContext("/oauth2/token", exchange -> {
            tokenForms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, 200, "{\"access_token\":\"token\",\"expires_in\":600}");
        });
        http.createContext("/fhir", exchange -> {
            bundles.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, 200, "{\"resourceType\":\"Bundle\"}");
        });
        http.createContext("/v1/booking-reconciliations", exchange -> {
            JsonObject list =
                    new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            bookingLists.add(list);
            int said = list.getJsonArray("bookings").size();
            answer(exchange, 201, "{\"said\":%d,\"agreed\":%d,\"differing\":1}".formatted(said, said));
        });
        http.createContext(
                "/v1/region-events/status",
                exchange -> answer(exchange, status == null ? 404 : 200, String.valueOf(status)));
        http.start();
        mllp.answer(this::accept);
    }

    String accept(String message) {
        acknowledged
                .computeIfAbsent(
                        Answers.field(message, 3) + " " + Answers.field(message, 9), key -> new AtomicInteger())
                .incrementAndGet();
        return Answers.accept().apply(message);
    }

    void answer(UnaryOperator<String> decision) {
        mllp.answer(decision);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** What came in, in the charset that each message declares. */
    List<String> messages() {
        return mllp.received().stream().map(RegionDouble::decoded).toList();
    }

    private static String decoded(String message) {
        Charset charset =
                Answers.field(message, 17).startsWith("GB") ? Charset.forName("GB18030") : StandardCharsets.UTF_8;
        return new String(message.getBytes(StandardCharsets.ISO_8859_1), charset);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        mllp.close();
    }
}
