package cn.kangka.bff.backend;

import io.smallrye.faulttolerance.api.Guard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;

/** The connections to one service: bounded, timed, and left alone for a while when the service is in trouble. */
final class Upstream {
    private static final double FAILURE_RATIO = 0.5;

    private final URI base;
    private final Duration silence;
    private final Duration streamSilence;
    private final HttpClient plain;
    private final HttpClient streaming;
    private final Guard guard;

    Upstream(Vertx vertx, URI base, BackendConfig config) {
        this.base = base;
        this.silence = config.silence();
        this.streamSilence = config.streamSilence();
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxWaitQueueSize(config.waiting())
                .setSsl(base.getScheme().equals("https"));
        this.plain = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(config.connections()));
        this.streaming = vertx.createHttpClient(
                new HttpClientOptions(options).setMaxWaitQueueSize(0),
                new PoolOptions().setHttp1MaxSize(config.streams()));
        this.guard = Guard.create()
                .withDescription(base.toString())
                .withCircuitBreaker()
                .requestVolumeThreshold(config.window())
                .failureRatio(FAILURE_RATIO)
                .delay(config.recovery().toMillis(), ChronoUnit.MILLIS)
                .done()
                .build();
    }

    /** Sends the request; the Future has the answer's head, its body is paused. */
    Future<HttpClientResponse> send(RequestOptions request, Buffer body, boolean stream) {
        request.setHost(base.getHost())
                .setPort(port())
                .setSsl(base.getScheme().equals("https"))
                .setIdleTimeout((stream ? streamSilence : silence).toMillis());
        HttpClient client = stream ? streaming : plain;
        return Future.fromCompletionStage(guard.get(
                () -> client.request(request)
                        .compose(opened -> answer(opened, body))
                        .toCompletionStage(),
                new TypeLiteral<CompletionStage<HttpClientResponse>>() {}));
    }

    private static Future<HttpClientResponse> answer(HttpClientRequest request, Buffer body) {
        return (body == null ? request.send() : request.send(body)).onSuccess(HttpClientResponse::pause);
    }

    private int port() {
        if (base.getPort() > 0) {
            return base.getPort();
        }
        return base.getScheme().equals("https") ? 443 : 80;
    }
}
