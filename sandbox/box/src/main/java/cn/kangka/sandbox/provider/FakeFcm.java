package cn.kangka.sandbox.provider;

import cn.kangka.sandbox.provider.ProgrammedAnswers.Answer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Firebase Cloud Messaging as its HTTP v1 endpoint behaves, for the real Firebase SDK to talk to.
 *
 * <p>{@code POST /fcm/token} (OAuth), {@code POST /fcm/v1/projects/{project}/messages:send}, and for people and tests
 * {@code GET /push?token=} → {@code [{token, notification, data, collapseKey, at, client}]}, newest first; {@code client}
 * is the library that sent it, by its own word. A payload above 4,096 bytes is refused with 400 as the real one does. A
 * token that contains {@code unregistered} is unknown (404).
 */
public final class FakeFcm {
    private static final int PAYLOAD_LIMIT = 4096;
    private static final long BODY_LIMIT = 64 * 1024;
    private static final String JSON = "application/json; charset=utf-8";
    private static final String UNREGISTERED = """
            {"error":{"code":404,"message":"Requested entity was not found.","status":"NOT_FOUND","details":[{\
            "@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"UNREGISTERED"}]}}""";
    private static final String INVALID = """
            {"error":{"code":400,"message":"Request contains an invalid argument.","status":"INVALID_ARGUMENT",\
            "details":[{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError",\
            "errorCode":"INVALID_ARGUMENT"}]}}""";

    private final ProgrammedAnswers answers = new ProgrammedAnswers();
    private final Received received = new Received();
    private final Set<String> unregistered = ConcurrentHashMap.newKeySet();

    private FakeFcm() {}

    /** Adds the routes of a fresh fake to the router. */
    public static FakeFcm mount(Router router) {
        FakeFcm fcm = new FakeFcm();
        router.post("/fcm/token").handler(context -> answer(context, 200, """
                {"access_token":"sandbox","expires_in":3600,"token_type":"Bearer"}"""));
        router.postWithRegex("/fcm/v1/projects/[^/]+/messages:send")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT))
                .handler(fcm::send);
        router.get("/push").handler(context -> answer(context, 200, fcm.received.json(token(context))));
        return fcm;
    }

    /** What to answer instead of success, by device token. */
    public ProgrammedAnswers answers() {
        return answers;
    }

    /** From now on the token is unknown: the app was uninstalled. */
    public void uninstall(String token) {
        unregistered.add(token);
    }

    /** What was taken for the token, newest first; null for all. */
    public List<JsonObject> taken(String token) {
        return received.of(token);
    }

    private static String token(RoutingContext context) {
        return context.queryParams().get("token");
    }

    private void send(RoutingContext context) {
        JsonObject message = message(context);
        if (message == null
                || message.getString("token", "").isBlank()
                || context.body().length() > PAYLOAD_LIMIT) {
            answer(context, 400, INVALID);
            return;
        }
        String token = message.getString("token");
        Answer programmed = answers.take(token);
        if (programmed == null) {
            deliver(context, token, message);
            return;
        }
        if (programmed.accepted()) {
            keep(context, token, message);
        }
        programmed.headers().forEach(context.response()::putHeader);
        context.response()
                .setStatusCode(programmed.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, programmed.contentType())
                .end(programmed.body());
    }

    private void deliver(RoutingContext context, String token, JsonObject message) {
        if (unregistered.contains(token) || token.contains("unregistered")) {
            answer(context, 404, UNREGISTERED);
            return;
        }
        keep(context, token, message);
        answer(
                context,
                200,
                new JsonObject()
                        .put("name", "projects/sandbox/messages/" + UUID.randomUUID())
                        .encode());
    }

    private void keep(RoutingContext context, String token, JsonObject message) {
        JsonObject android = message.getJsonObject("android", new JsonObject());
        received.add(
                token,
                new JsonObject()
                        .put("token", token)
                        .put("notification", message.getJsonObject("notification"))
                        .put("data", message.getJsonObject("data"))
                        .put("collapseKey", android.getString("collapse_key"))
                        .put("message", message)
                        .put("client", context.request().getHeader("X-Firebase-Client"))
                        .put(
                                "at",
                                OffsetDateTime.now(ZoneId.of("Asia/Shanghai")).toString()));
    }

    private static JsonObject message(RoutingContext context) {
        try {
            JsonObject body = context.body().asJsonObject();
            return body == null ? null : body.getJsonObject("message");
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    private static void answer(RoutingContext context, int status, String body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(body);
    }
}
