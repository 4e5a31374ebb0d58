package cn.kangka.sandbox.box;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.hl7.Answers;
import cn.kangka.sandbox.hl7.MllpClient;
import cn.kangka.sandbox.region.SandboxSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconciliationRoutesTest {
    private static final String APPOINTMENT = "019ad000-0000-7000-8000-000000000001";
    private static final String ORDER = String.join(
            "\r",
            "MSH|^~\\&|KANGKA|KANGKA|CHIS|C007|20261201100000+0800||SIU^S12^SIU_S12|B1|P|2.5.1|||||CHN|UNICODE UTF-8",
            "SCH|" + APPOINTMENT,
            "TQ1|1||||||20261204083000+0800|20261204090000+0800",
            "");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private RegionDouble region;
    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        region = new RegionDouble();
        sandbox = started();
    }

    private Sandbox started() {
        Sandbox starting = Sandbox.start(SandboxSettings.in(folder)
                .withPorts(0, 0)
                .withServices(region.uri(), "127.0.0.1", region.mllp.port(), region.uri())
                .withDemo(false, 0, 0)
                .withClock(Clock.fixed(Instant.parse("2026-12-01T02:00:00Z"), SandboxSettings.ZONE)));
        starting.prepareFiles();
        starting.startServers();
        return starting;
    }

    @AfterEach
    void stop() {
        sandbox.close();
        region.close();
    }

    @Test
    void the_centres_hand_in_what_each_has_also_after_a_restart_and_not_what_it_lost() throws Exception {
        order();
        sandbox.close();
        sandbox = started();

        JsonObject sum = new JsonObject(post("centres/reconciliations", "").body());
        assertThat(sum.getInteger("said")).isEqualTo(1);
        assertThat(sum.getInteger("agreed")).isEqualTo(1);
        assertThat(sum.getInteger("differing")).isEqualTo(1);
        assertThat(sum.getJsonArray("reports")).hasSize(1);
        assertThat(region.tokenForms).singleElement().asString().contains("client_id=hospital-centres");
        assertThat(region.bookingLists).singleElement().satisfies(list -> assertThat(list.encode())
                .isEqualTo(
                        "{\"hospital\":\"C007\",\"day\":\"2026-12-04\",\"listedAt\":\"2026-12-01T02:00:00Z\",\"bookings\":[{\"appointment\":\""
                                + APPOINTMENT + "\",\"status\":\"BOOKED\"}]}"));

        assertThat(post("centres/losses", "{\"bookings\":0}").statusCode()).isEqualTo(422);
        assertThat(post("centres/losses", "").body()).isEqualTo("{\"lost\":1}");
        assertThat(post("centres/losses", "{\"bookings\":5}").body()).isEqualTo("{\"lost\":0}");
        post("centres/reconciliations", "");
        assertThat(region.bookingLists.get(1).getJsonArray("bookings")).isEmpty();
    }

    @Test
    void a_hospital_that_is_down_hands_in_nothing() throws Exception {
        order();
        post("centres/mode", "{\"mode\":\"down\"}");
        assertThat(post("centres/reconciliations", "").statusCode()).isEqualTo(409);
        assertThat(region.bookingLists).isEmpty();
        post("centres/mode", "{\"mode\":\"up\"}");
        assertThat(post("centres/reconciliations", "").statusCode()).isEqualTo(200);
        assertThat(region.bookingLists).hasSize(1);
    }

    @Test
    void that_the_region_is_away_is_told() throws Exception {
        order();
        region.close();
        assertThat(post("centres/reconciliations", "").statusCode()).isEqualTo(502);
    }

    private void order() throws IOException {
        try (MllpClient client = MllpClient.connect(
                "127.0.0.1", sandbox.ports().mllp().get("centres"), Duration.ofSeconds(5), StandardCharsets.UTF_8)) {
            assertThat(Answers.segmentField(client.send(ORDER), "MSA", 1)).isEqualTo("AA");
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + sandbox.ports().http() + "/hospitals/" + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
