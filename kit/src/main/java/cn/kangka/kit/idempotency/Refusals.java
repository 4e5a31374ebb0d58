package cn.kangka.kit.idempotency;

import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.Map;

/** Keeps a refusal as data, so that it can be told again, in the language of whoever asks again. */
final class Refusals {
    private record Kept(int status, String type, Map<String, Object> members, Map<String, Object> headers) {}

    private static final TypeReference<Kept> KEPT = new TypeReference<>() {};

    private Refusals() {}

    static String write(ObjectMapper json, HttpProblem refusal) {
        try {
            return json.writeValueAsString(new Kept(
                    refusal.getStatusCode(),
                    refusal.getType() == null ? "" : refusal.getType().toString(),
                    refusal.getParameters(),
                    refusal.getHeaders()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a refusal that is not JSON", e);
        }
    }

    static HttpProblem read(ObjectMapper json, String text) {
        try {
            Kept kept = json.readValue(text, KEPT);
            return Problems.rebuilt(kept.status(), kept.type(), kept.members(), kept.headers());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a kept refusal", e);
        }
    }
}
