package cn.kangka.bff.testing;

import cn.kangka.sandbox.testing.TestTokens;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Answers like api and notification, for one JVM's tests. Who calls is read from the token without checking it, as a
 * fake may; whatever belongs to a person is kept per account, so that a mix-up shows.
 */
public final class FakeRegion {
    private static FakeRegion started;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Consumer<RoutingContext>> trouble = new ConcurrentHashMap<>();
    private final FakeInbox inbox;
    private final HttpServer api;
    private final HttpServer notification;

    private FakeRegion() {
        Router apiRoutes = router();
        new FakeLogin(apiRoutes);
        new FakeApi(apiRoutes);
        new FakeBooking(apiRoutes);
        new FakeLists(apiRoutes);
        new Probes(vertx, apiRoutes);
        Router notificationRoutes = router();
        inbox = new FakeInbox(vertx, notificationRoutes);
        api = listen(apiRoutes);
        notification = listen(notificationRoutes);
    }

    /** The one of this JVM. */
    public static synchronized FakeRegion started() {
        if (started == null) {
            started = new FakeRegion();
        }
        return started;
    }

    public int apiPort() {
        return api.actualPort();
    }

    public int notificationPort() {
        return notification.actualPort();
    }

    /** Answers calls of one account to one path differently from now on. */
    public void break_(UUID account, String path, Consumer<RoutingContext> instead) {
        trouble.put(account + path, instead);
    }

    /** The same with a fixed answer that comes late. */
    public void breakLate(UUID account, String path, int millis, JsonObject answer) {
        break_(account, path, routing -> vertx.setTimer(millis, late -> json(routing, answer)));
    }

    /** A new account with real name, card, booking, reports and notices. */
    public UUID resident() {
        UUID account = UUID.randomUUID();
        FakePerson.of(account).level(2);
        return account;
    }

    /** A new notice for the account that logs in by this phone. */
    public void tell(String phone, String title) {
        inbox.tell(FakeLogin.account(phone), title);
    }

    /** The account that logs in by this phone books for a mother who is paused, and is about to see a doctor; that booking. */
    public String family(String phone) {
        return FakePerson.of(FakeLogin.account(phone)).withFamily();
    }

    /** How many units are held for the account that logs in by this phone. */
    public int holds(String phone) {
        return FakePerson.of(FakeLogin.account(phone)).holds().size();
    }

    /** Everything answers again. */
    public void heal() {
        trouble.clear();
    }

    /** The account of the caller's token; null without one. */
    static UUID account(RoutingContext routing) {
        JsonObject claims = claims(routing);
        return claims == null ? null : UUID.fromString(claims.getString("sub"));
    }

    private static JsonObject claims(RoutingContext routing) {
        String header = routing.request().getHeader("Authorization");
        if (header == null || header.split("\\.").length != 3) {
            return null;
        }
        return new JsonObject(
                new String(Base64.getUrlDecoder().decode(header.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    public static void json(RoutingContext routing, Object body) {
        json(routing, 200, body);
    }

    static void json(RoutingContext routing, int status, Object body) {
        routing.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(body.toString()));
    }

    static void problem(RoutingContext routing, int status, String name, String zh, String en, Object... more) {
        JsonObject body = new JsonObject()
                .put("type", "/problems/" + name)
                .put("status", status)
                .put("title", zh)
                .put("detail", english(routing) ? en : zh);
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i].toString(), more[i + 1]);
        }
        routing.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(body.toBuffer());
    }

    static boolean english(RoutingContext routing) {
        String language = routing.request().getHeader("Accept-Language");
        return language != null && language.startsWith("en");
    }

    static String token(UUID account, int level) {
        return TestTokens.citizen(account, level);
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false));
        router.route("/v1/me/*").handler(routing -> {
            if (account(routing) == null) {
                problem(routing, 401, "unauthorized", "请先登录", "Please log in");
                return;
            }
            Consumer<RoutingContext> instead = trouble.get(account(routing) + routing.normalizedPath());
            if (instead == null) {
                routing.next();
            } else {
                instead.accept(routing);
            }
        });
        return router;
    }

    private HttpServer listen(Router router) {
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
