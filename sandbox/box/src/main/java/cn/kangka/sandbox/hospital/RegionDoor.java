package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.region.ClientKeys;
import cn.kangka.sandbox.region.SandboxSettings;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The services over HTTP, as the demo's clients see them: a token by {@code private_key_jwt}, then the call. Blocks. */
public final class RegionDoor {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private record Token(String value, Instant until) {}

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final SandboxSettings settings;
    private final ClientKeys keys;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    public RegionDoor(SandboxSettings settings, ClientKeys keys) {
        this.settings = settings;
        this.keys = keys;
    }

    /** Posts a FHIR bundle to empi as that client; the status. */
    int bundle(String clientId, JsonObject bundle) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.empi().resolve("/fhir"))
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(bundle.encode()));
        return call(clientId, request).statusCode();
    }

    /** Gets JSON from api as that client; empty unless the answer is 200. */
    public Optional<JsonObject> get(String clientId, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = call(
                clientId, HttpRequest.newBuilder(settings.api().resolve(path)).GET());
        try {
            return answer.statusCode() == 200 ? Optional.of(new JsonObject(answer.body())) : Optional.empty();
        } catch (DecodeException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Posts JSON to api as that client; what was created.
     *
     * @throws IOException unless the answer is 201
     */
    JsonObject create(String clientId, String path, JsonObject body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.api().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
        HttpResponse<String> answer = call(clientId, request);
        if (answer.statusCode() != CREATED) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> call(String clientId, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request.timeout(PATIENCE)
                        .setHeader("Authorization", "Bearer " + token(clientId))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() == UNAUTHORIZED) {
            tokens.remove(clientId);
        }
        return answer;
    }

    private String token(String clientId) throws IOException, InterruptedException {
        Token kept = tokens.get(clientId);
        if (kept == null || clock.instant().isAfter(kept.until())) {
            kept = freshToken(clientId);
            tokens.put(clientId, kept);
        }
        return kept.value();
    }

    private Token freshToken(String clientId) throws IOException, InterruptedException {
        URI endpoint = settings.api().resolve("/oauth2/token");
        String form = "grant_type=client_credentials&client_id=" + encoded(clientId) + "&client_assertion_type="
                + encoded(ASSERTION) + "&client_assertion=" + keys.assertion(clientId, endpoint.toString());
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(endpoint)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("no token for " + clientId + ": " + answer.statusCode());
        }
        JsonObject json = new JsonObject(answer.body());
        int seconds = json.getInteger("expires_in", 60);
        return new Token(
                json.getString("access_token"),
                clock.instant().plusSeconds(seconds).minus(MARGIN));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
