package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** What somebody may not know of must look like what does not exist. */
final class Refusals {
    private Refusals() {}

    /**
     * Asks for another's thing and for one that nobody has; both answers are the same 404.
     *
     * @param path with {@code %s} for the id
     * @param stranger who asks
     */
    static void sameAsNothing(Supplier<RequestSpecification> stranger, String method, String path, String id) {
        Response anothers = stranger.get().request(method, path.formatted(id));
        Response nobodys = stranger.get().request(method, path.formatted(UUID.randomUUID()));
        assertThat(anothers.statusCode()).as(method + " " + path).isEqualTo(404);
        assertThat(nobodys.statusCode()).as(method + " " + path).isEqualTo(404);
        assertThat(told(anothers)).as(method + " " + path).isEqualTo(told(nobodys));
    }

    private static Map<String, Object> told(Response answer) {
        Map<String, Object> told = new TreeMap<>(answer.jsonPath().getMap(""));
        told.remove("instance"); // Names the path that was asked for.
        told.put("contentType", answer.contentType());
        return told;
    }
}
