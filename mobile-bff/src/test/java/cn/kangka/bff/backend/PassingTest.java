package cn.kangka.bff.backend;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import cn.kangka.bff.testing.FakeRegionResource;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(FakeRegionResource.class)
class PassingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final int MEGABYTE = 1 << 20;
    private static final int TOO_LARGE = 100 << 10;

    @TestHTTPResource("/")
    URL here;

    private static RequestSpecification asCitizen() {
        return given().header("Authorization", "Bearer " + TestTokens.citizen(UUID.randomUUID(), 2));
    }

    @Test
    void passes_the_headers_that_matter_and_no_others() {
        asCitizen()
                .urlEncodingEnabled(false)
                .header("Idempotency-Key", "k-1")
                .header("If-Match", "\"3\"")
                .header("Accept-Language", "en")
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .header("X-Forwarded-For", "203.0.113.9")
                .header("X-Kangka-Role", "admin")
                .cookie("kangka_session", "secret")
                .contentType("application/json")
                .body("{\"a\":1}")
                .post("/v1/me/probe/echo?x=%2F&y=1")
                .then()
                .statusCode(200)
                .header("ETag", "\"7\"")
                .header("Set-Cookie", nullValue())
                .body("method", equalTo("POST"))
                .body("uri", equalTo("/v1/me/probe/echo?x=%2F&y=1"))
                .body("body", equalTo("{\"a\":1}"))
                .body("headers.authorization", hasSize(1))
                .body("headers.idempotency-key", contains("k-1"))
                .body("headers.if-match", contains("\"3\""))
                .body("headers.accept-language", contains("en"))
                .body("headers.traceparent", contains(startsWith("00-" + TRACE)))
                .body("headers.x-forwarded-for", contains("127.0.0.1"))
                .body("headers.x-kangka-role", nullValue())
                .body("headers.cookie", nullValue());
    }

    @Test
    void the_client_s_address_is_what_the_ingress_says() throws IOException {
        InetAddress ingress = InetAddress.getByName(FakeRegionResource.INGRESS);
        InetAddress server = InetAddress.getByName("127.0.0.1");
        try (Socket socket = new Socket(server, here.getPort(), ingress, 0)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("GET /v1/me/probe/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                                    + TestTokens.citizen(UUID.randomUUID(), 2)
                                    + "\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all).contains("\"x-forwarded-for\":[\"203.0.113.9\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/region-events",
                "/v1/notices",
                "/v1/persons/search",
                "/v1/card-codes/verify",
                "/v1/staff/login",
                "/v1/agent/callers",
                "/v1/slots/../notices",
                "/v1/slots/%2e%2e/notices",
                "/v1/meadow",
                "/oauth2/token"
            })
    void what_is_not_on_the_list_does_not_exist(String path) {
        given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/not-found"));
    }

    @Test
    void a_method_that_is_not_on_the_list_is_refused() {
        given().get("/v1/appointments").then().statusCode(org.hamcrest.Matchers.oneOf(404, 405));
        given().delete("/v1/hospitals").then().statusCode(org.hamcrest.Matchers.oneOf(404, 405));
        given().body("{}").post("/v1/slots").then().statusCode(org.hamcrest.Matchers.oneOf(404, 405));
    }

    @Test
    void the_owner_s_problem_comes_back_as_it_is() {
        get("/v1/me/reports")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("detail", equalTo("请先登录"));
    }

    @Test
    void public_routes_need_no_token() {
        get("/v1/hospitals").then().statusCode(200).body("items", hasSize(5));
        get("/v1/hospitals/H001/departments").then().statusCode(200);
        get("/v1/education/articles?q=血压").then().statusCode(200).body("items", not(hasSize(0)));
    }

    @Test
    void a_silent_service_is_unavailable_and_not_waited_for() {
        long before = System.nanoTime();
        asCitizen()
                .header("Accept-Language", "en")
                .get("/v1/me/probe/silent")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/unavailable"))
                .body("title", equalTo("Temporarily unavailable"))
                .body("instance", notNullValue());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void a_body_that_is_too_large_is_refused_announced_or_not() throws IOException, InterruptedException {
        asCitizen().body(new byte[TOO_LARGE]).post("/v1/me/probe/echo").then().statusCode(413);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(at("/v1/me/probe/echo"))
                                .version(HttpClient.Version.HTTP_1_1)
                                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> zeros(TOO_LARGE)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("/problems/too-large");
    }

    private static InputStream zeros(int length) {
        return new java.io.ByteArrayInputStream(new byte[length]);
    }

    @Test
    void large_answers_stream_through_whole() {
        byte[] image = asCitizen().get("/v1/me/probe/large").asByteArray();
        assertThat(image).hasSize(8 * MEGABYTE);
    }

    @Test
    void an_answer_that_breaks_off_is_not_passed_for_a_whole_one() throws IOException {
        try (Socket socket = new Socket(here.getHost(), here.getPort())) {
            socket.setSoTimeout(5000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET /v1/me/probe/cut HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                            + TestTokens.citizen(UUID.randomUUID(), 2) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(all).contains("Content-Length: 1000").endsWith("only this");
        }
    }

    @Test
    void server_sent_events_come_as_they_happen() throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(at("/v1/me/inbox/stream"))
                                .header("Authorization", "Bearer " + TestTokens.citizen(UUID.randomUUID(), 2))
                                .header("Accept", "text/event-stream")
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            long before = System.nanoTime();
            for (int events = 0; events < 3; ) {
                events += lines.readLine().startsWith(":") ? 1 : 0;
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void no_id_becomes_a_metric_label() {
        String report = UUID.randomUUID().toString();
        asCitizen().get("/v1/me/reports/" + report).then().statusCode(404);
        asCitizen().get("/v1/me/imaging/" + report);
        assertThat(get("/q/metrics").asString()).doesNotContain(report);
    }

    private URI at(String path) {
        return URI.create(here.toString().replaceAll("/$", "") + path);
    }
}
