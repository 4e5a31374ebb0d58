package cn.kangka.bff.backend;

import cn.kangka.kit.address.ClientAddress;
import cn.kangka.kit.problem.Problems;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Passes requests of the {@link AllowList} on and streams the answers back as they come. */
@ApplicationScoped
class Passing {
    private static final Logger LOG = Logger.getLogger(Passing.class);

    private final Map<Target, Upstream> upstreams = new EnumMap<>(Target.class);
    private final long maxBody;
    private final Refusal refusal;

    Passing(Vertx vertx, BackendConfig config, Refusal refusal) {
        this.maxBody = config.maxBody().asLongValue();
        this.refusal = refusal;
        upstreams.put(Target.API, new Upstream(vertx, config.apiUrl(), config));
        upstreams.put(Target.NOTIFICATION, new Upstream(vertx, config.notificationUrl(), config));
    }

    void register(@Observes Router router) {
        for (PassedRoute passed : AllowList.ROUTES) {
            Route route = router.route(passed.path());
            passed.methods().forEach(method -> route.method(HttpMethod.valueOf(method)));
            route.handler(routing -> pass(routing, passed));
        }
    }

    private void pass(RoutingContext routing, PassedRoute route) {
        BoundedBody.read(routing.request(), maxBody)
                .onSuccess(body -> send(routing, route, body))
                .onFailure(tooLarge -> {
                    routing.response().putHeader("Connection", "close");
                    refusal.write(routing, Problems.of(413, "too-large"));
                });
    }

    private void send(RoutingContext routing, PassedRoute route, Buffer body) {
        upstreams
                .get(route.target())
                .send(requestOf(routing), body.length() == 0 ? null : body, route.stream())
                .onSuccess(answer -> relay(answer, routing.response()))
                .onFailure(failure -> {
                    LOG.warnf("%s does not answer %s: %s", route.target(), route.path(), failure.toString());
                    refusal.write(routing, Problems.of(503, "unavailable"));
                });
    }

    /**
     * The matched, normalised path goes on, never the raw one: what was checked is what is asked. The HTTP client adds
     * {@code traceparent} itself. Of what the client says about its own address nothing goes on.
     */
    private static RequestOptions requestOf(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String query = request.query();
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setURI(query == null ? routing.normalizedPath() : routing.normalizedPath() + "?" + query);
        request.headers().forEach(header -> {
            if (PassedHeaders.ofRequest(header.getKey())) {
                options.addHeader(header.getKey(), header.getValue());
            }
        });
        options.putHeader("X-Forwarded-For", ClientAddress.of(request));
        return options;
    }

    private static void relay(HttpClientResponse answer, HttpServerResponse response) {
        if (response.closed()) {
            answer.request().reset();
            return;
        }
        response.setStatusCode(answer.statusCode());
        answer.headers().forEach(header -> {
            if (PassedHeaders.ofAnswer(header.getKey())) {
                response.headers().add(header.getKey(), header.getValue());
            }
        });
        if (!answer.headers().contains("Content-Length")) {
            response.setChunked(true);
        }
        response.closeHandler(gone -> answer.request().reset());
        Future<Void> sent = answer.pipe().endOnFailure(false).to(response);
        sent.onFailure(cut -> response.reset());
    }
}
