package cn.kangka.sandbox.server;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** RFC 9457, as everywhere in the region. */
final class Problem {
    private Problem() {}

    static void answer(RoutingContext context, int status, String name) {
        if (!context.response().ended()) {
            context.response()
                    .setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                    .end(new JsonObject()
                            .put("type", "/problems/" + name)
                            .put("status", status)
                            .encode());
        }
    }
}
