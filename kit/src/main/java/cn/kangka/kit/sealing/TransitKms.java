package cn.kangka.kit.sealing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * A key management service with the Transit API of HashiCorp Vault: {@code POST …/transit/decrypt/<key>} with {@code
 * {"ciphertext": "vault:v1:…"}} answers {@code {"data": {"plaintext": "<Base64>"}}}. Its master key is rotated and keys are
 * wrapped anew there ({@code rewrap}), without this service noticing. Blocking.
 */
public final class TransitKms implements KeyManagement {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI decrypt;
    private final Path token;

    /**
     * @param decrypt the whole address
     * @param token file with the token for it, read anew each time, because tokens are renewed
     */
    public TransitKms(URI decrypt, Path token) {
        this.decrypt = decrypt;
        this.token = token;
    }

    @Override
    public byte[] unwrap(String wrapped) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(decrypt)
                            .timeout(PATIENCE)
                            .header("X-Vault-Token", Files.readString(token).strip())
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    json.writeValueAsString(Map.of("ciphertext", wrapped))))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new SealingException("the key management service answers " + answer.statusCode(), null);
            }
            return Base64.getDecoder()
                    .decode(json.readTree(answer.body()).at("/data/plaintext").asText());
        } catch (IOException | IllegalArgumentException e) {
            throw new SealingException("the key management service cannot be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SealingException("interrupted while the key management service was asked", e);
        }
    }
}
