package cn.kangka.sandbox.journey;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The app's open connection to the inbox: server-sent events as they come. */
final class InboxStream implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final InputStream body;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private InboxStream(InputStream body) {
        this.body = body;
    }

    /** Follows a citizen's inbox through the door that the app uses. */
    static InboxStream of(Citizen citizen) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(Doors.url(Doors.ports().mobileBff()) + "/v1/me/inbox/stream"))
                .header("Authorization", "Bearer " + citizen.accessToken())
                .build();
        HttpResponse<InputStream> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new AssertionError("the stream answers " + answer.statusCode());
        }
        InboxStream stream = new InboxStream(answer.body());
        Thread reader = new Thread(stream::read, "inbox-stream");
        reader.setDaemon(true);
        reader.start();
        return stream;
    }

    private void read() {
        Consumer<String> keep = lines::add;
        try (Stream<String> text = new java.io.BufferedReader(
                        new java.io.InputStreamReader(body, java.nio.charset.StandardCharsets.UTF_8))
                .lines()) {
            text.forEach(keep);
        } catch (java.io.UncheckedIOException closed) {
            lines.add("closed");
        }
    }

    /** What was told so far, in order. */
    List<JsonPath> notices() {
        return lines.stream()
                .filter(line -> line.startsWith("data:"))
                .map(line -> new JsonPath(line.substring("data:".length())))
                .toList();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
