package cn.kangka.api.imaging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Picture archives of several hospitals, {@code /<source>/dicom-web}, each of which can fail in its own way. */
final class FakePacs {
    /** How an archive behaves. */
    enum Mood {
        WELL,
        DOWN,
        SLOW,
        /** Answers every patient's studies, whoever was asked for. */
        TALKATIVE,
        /** Sends a web page for a picture. */
        ODD,
        /** Says that its picture has 30 MB. */
        HUGE,
        /** Does not say, and sends 30 MB. */
        ENDLESS
    }

    record Stored(String source, String patient, String study, String description, int images) {}

    static final String SERIES = "1.2.3.4.1";
    static final byte[] PICTURE = picture();
    private static final int HUGE_BYTES = 30 << 20;

    private final HttpServer server;
    private final List<Stored> studies = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Mood> moods = new ConcurrentHashMap<>();

    private FakePacs() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-pacs");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    static FakePacs start() {
        return new FakePacs();
    }

    private static byte[] picture() {
        byte[] bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    String base(String source) {
        return "http://localhost:" + server.getAddress().getPort() + "/" + source + "/dicom-web";
    }

    void mood(String source, Mood mood) {
        moods.put(source, mood);
    }

    void store(String source, String patient, String study, String description, int images) {
        studies.add(new Stored(source, patient, study, description, images));
    }

    void remove(String study) {
        studies.removeIf(each -> each.study().equals(study));
    }

    long asked(String part) {
        return asked.stream().filter(uri -> uri.contains(part)).count();
    }

    static String image(String study, int number) {
        return study + "." + number;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String uri = exchange.getRequestURI().toString();
        asked.add(uri);
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
        Mood mood = moods.getOrDefault(path[0], Mood.WELL);
        if (mood == Mood.DOWN) {
            send(exchange, 500, "text/plain", "broken".getBytes(StandardCharsets.UTF_8));
        } else if (mood == Mood.SLOW) {
            cn.kangka.api.testing.Clinic.pause(java.time.Duration.ofSeconds(6));
            exchange.close();
        } else if (path[path.length - 1].equals("rendered")) {
            rendered(exchange, mood, path);
        } else if (path.length == 3) {
            json(exchange, search(path[0], query(exchange).get("PatientID"), mood));
        } else {
            json(exchange, path[path.length - 1].equals("series") ? series() : instances(path[3]));
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null
                ? Map.of()
                : Arrays.stream(query.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> pair[0],
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                                (first, again) -> again));
    }

    private JsonArray search(String source, String patient, Mood mood) {
        return new JsonArray(studies.stream()
                .filter(study -> study.source().equals(source))
                .filter(study -> mood == Mood.TALKATIVE || study.patient().equals(patient))
                .map(study -> new JsonObject()
                        .put("00080020", value("DA", "20261120"))
                        .put("00080030", value("TM", "103000.000"))
                        .put("00080061", value("CS", "CT"))
                        .put("00081030", value("LO", study.description()))
                        .put("00100020", value("LO", study.patient()))
                        .put("0020000D", value("UI", study.study()))
                        .put("00201208", value("IS", study.images())))
                .toList());
    }

    private static JsonArray series() {
        return new JsonArray()
                .add(new JsonObject()
                        .put("00080060", value("CS", "CT"))
                        .put("0008103E", value("LO", "轴位"))
                        .put("0020000E", value("UI", SERIES))
                        .put("00200011", value("IS", 1)));
    }

    private JsonArray instances(String uid) {
        JsonArray instances = new JsonArray();
        studies.stream().filter(study -> study.study().equals(uid)).findFirst().ifPresent(study -> {
            for (int number = study.images(); number >= 1; number--) {
                instances.add(new JsonObject()
                        .put("00080018", value("UI", image(uid, number)))
                        .put("0020000D", value("UI", uid))
                        .put("0020000E", value("UI", SERIES))
                        .put("00100020", value("LO", study.patient()))
                        .put("00200013", value("IS", number)));
            }
        });
        return instances;
    }

    private static JsonObject value(String vr, Object value) {
        return new JsonObject().put("vr", vr).put("Value", new JsonArray().add(value));
    }

    private static void rendered(HttpExchange exchange, Mood mood, String[] path) throws IOException {
        if (!path[5].equals(SERIES)) {
            send(exchange, 404, "text/plain", new byte[0]);
        } else if (mood == Mood.ODD) {
            send(exchange, 200, "text/html", "<script>".getBytes(StandardCharsets.UTF_8));
        } else if (mood == Mood.HUGE || mood == Mood.ENDLESS) {
            endless(exchange, mood == Mood.HUGE ? HUGE_BYTES : 0);
        } else {
            send(exchange, 200, "image/jpeg", PICTURE);
        }
    }

    private static void endless(HttpExchange exchange, long length) {
        exchange.getResponseHeaders().add("Content-Type", "image/jpeg");
        try {
            exchange.sendResponseHeaders(200, length);
            byte[] chunk = new byte[1 << 16];
            for (int sent = 0; sent < HUGE_BYTES; sent += chunk.length) {
                exchange.getResponseBody().write(chunk);
            }
            exchange.close();
        } catch (IOException e) {
            exchange.close(); // The reader hung up, as it should.
        }
    }

    private static void json(HttpExchange exchange, JsonArray body) throws IOException {
        send(exchange, 200, "application/dicom+json", body.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
