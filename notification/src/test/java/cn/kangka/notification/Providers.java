package cn.kangka.notification;

import cn.kangka.sandbox.provider.FakeFcm;
import cn.kangka.sandbox.provider.FakeSms;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.Map;

/** The fake providers on a free port, for the service under test; the test looks into what they got. */
public class Providers implements QuarkusTestResourceLifecycleManager {
    private static FakeFcm fcm;
    private static FakeSms sms;
    private Vertx vertx;

    static FakeFcm fcm() {
        return fcm;
    }

    static FakeSms sms() {
        return sms;
    }

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        fcm = FakeFcm.mount(router);
        sms = FakeSms.mount(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        String url = "http://localhost:" + server.actualPort();
        return Map.ofEntries(
                Map.entry("kangka.delivery.attempts", "5"),
                Map.entry("kangka.template.refresh", "50ms"),
                Map.entry("kangka.sms.url", url),
                Map.entry("kangka.fcm.url", url + "/fcm"),
                Map.entry("kangka.delivery.backoff", "100ms"),
                Map.entry("kangka.delivery.lease", "2s"),
                Map.entry("kangka.delivery.poll", "100ms"),
                Map.entry("kangka.inbox.heartbeat", "1s"),
                Map.entry("kangka.fcm.breaker-pause", "1s"),
                Map.entry("kangka.sms.breaker-pause", "1s"));
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
