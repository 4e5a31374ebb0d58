package cn.kangka.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class InboxStreamTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Stream<String>> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Stream::close);
    }

    @Test
    void tells_of_a_notice_at_once_beats_and_goes_on_where_it_was_left() {
        UUID account = UUID.randomUUID();
        List<String> lines = open(account, null);
        await().until(() -> lines.stream().anyMatch(line -> line.startsWith(":")));

        Told.accepted(Told.booking(account));

        await().until(() -> ids(lines).size() == 1);
        assertThat(lines).anyMatch(line -> line.equals("event:notice"));
        assertThat(lines).anyMatch(line -> line.startsWith("data:") && line.contains("预约已提交"));
        String first = ids(lines).get(0);
        assertThat(first).isEqualTo(Told.inbox(account).extract().path("items[0].id"));

        Told.accepted(Told.booking(account));
        Told.accepted(Told.booking(account));
        await().until(() -> ids(lines).size() == 3);

        List<String> resumed = open(account, first);
        await().until(() -> ids(resumed).size() == 2);
        assertThat(ids(resumed)).isEqualTo(ids(lines).subList(1, 3));
    }

    @Test
    void tells_nobody_of_what_is_not_theirs() {
        UUID account = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        List<String> lines = open(account, null);
        List<String> others = open(other, null);
        await().until(() -> lines.stream().anyMatch(line -> line.startsWith(":")));

        Told.accepted(Told.booking(account));

        await().until(() -> ids(lines).size() == 1);
        assertThat(ids(others)).isEmpty();
    }

    @Test
    void one_stream_too_many_is_told_so_with_a_status() throws Exception {
        UUID account = UUID.randomUUID();
        for (int i = 0; i < 6; i++) {
            List<String> lines = open(account, null);
            await().until(() -> lines.stream().anyMatch(line -> line.startsWith(":")));
        }

        HttpResponse<String> refused = client.send(request(account, null), HttpResponse.BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("/problems/too-many-streams");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    private static List<String> ids(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("id:"))
                .map(line -> line.substring(3).strip())
                .toList();
    }

    private static HttpRequest request(UUID account, String last) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/v1/me/inbox/stream"))
                .header("Authorization", "Bearer " + Told.citizen(account))
                .header("Accept", "text/event-stream");
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        return request.build();
    }

    private List<String> open(UUID account, String last) {
        List<String> lines = new CopyOnWriteArrayList<>();
        CompletableFuture<HttpResponse<Stream<String>>> answer =
                client.sendAsync(request(account, last), HttpResponse.BodyHandlers.ofLines());
        CompletableFuture<Void> reading = answer.thenAcceptAsync(response -> {
            opened.add(response.body());
            response.body().forEach(lines::add);
        });
        assertThat(reading).isNotCompletedExceptionally();
        return lines;
    }
}
