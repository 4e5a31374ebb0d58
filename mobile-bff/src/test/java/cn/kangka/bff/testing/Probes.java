package cn.kangka.bff.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** Addresses below {@code /v1/me/probe} that no service has: what tests of the passing itself need. */
final class Probes {
    private static final int MEGABYTE = 1 << 20;

    Probes(Vertx vertx, Router router) {
        router.route("/v1/me/probe/echo").handler(routing -> {
            JsonObject headers = new JsonObject();
            routing.request()
                    .headers()
                    .names()
                    .forEach(name -> headers.put(
                            name.toLowerCase(java.util.Locale.ROOT),
                            new JsonArray(routing.request().headers().getAll(name))));
            routing.response()
                    .putHeader("Set-Cookie", "spy=1")
                    .putHeader("ETag", "\"7\"")
                    .putHeader("X-Trace", "abc");
            FakeRegion.json(
                    routing,
                    new JsonObject()
                            .put("method", routing.request().method().name())
                            .put("uri", routing.request().uri())
                            .put("headers", headers)
                            .put("body", routing.body().asString()));
        });
        router.get("/v1/me/probe/silent")
                .handler(routing -> vertx.setTimer(10_000, late -> {
                    if (!routing.response().closed()) {
                        routing.response().end();
                    }
                }));
        router.get("/v1/me/probe/large")
                .handler(routing -> routing.response().end(Buffer.buffer(new byte[8 * MEGABYTE])));
        router.get("/v1/me/probe/cut").handler(routing -> {
            routing.response().putHeader("Content-Length", "1000").write("only this");
            vertx.setTimer(50, then -> routing.request().connection().close());
        });
    }
}
