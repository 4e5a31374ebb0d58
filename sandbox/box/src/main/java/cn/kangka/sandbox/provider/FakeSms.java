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

/**
 * An SMS gateway: {@code POST /sms {to, text, id}} → 202 {@code {id}}; {@code GET /sms?phone=} → {@code [{to, text,
 * at}]}, newest first, so that a person can read the login code.
 */
public final class FakeSms {
    private static final long BODY_LIMIT = 16 * 1024;
    private static final String JSON = "application/json; charset=utf-8";

    private final ProgrammedAnswers answers = new ProgrammedAnswers();
    private final Received received = new Received();

    private FakeSms() {}

    /** Adds the routes of a fresh fake to the router. */
    public static FakeSms mount(Router router) {
        FakeSms sms = new FakeSms();
        router.post("/sms")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT))
                .handler(sms::send);
        router.get("/sms").handler(context -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(sms.received.json(context.queryParams().get("phone"))));
        return sms;
    }

    /** What to answer instead of success, by phone. */
    public ProgrammedAnswers answers() {
        return answers;
    }

    /** What was taken for the phone, newest first; null for all. */
    public List<JsonObject> taken(String phone) {
        return received.of(phone);
    }

    private void send(RoutingContext context) {
        JsonObject body = body(context);
        if (body == null
                || body.getString("to", "").isBlank()
                || body.getString("text", "").isBlank()) {
            answer(context, Answer.json(400, "{\"error\":\"to and text are mandatory\"}"));
            return;
        }
        Answer programmed = answers.take(body.getString("to"));
        if (programmed == null || programmed.accepted()) {
            keep(body);
        }
        answer(
                context,
                programmed == null
                        ? Answer.json(
                                202,
                                new JsonObject().put("id", body.getString("id")).encode())
                        : programmed);
    }

    private void keep(JsonObject body) {
        received.add(
                body.getString("to"),
                new JsonObject()
                        .put("to", body.getString("to"))
                        .put("text", body.getString("text"))
                        .put("id", body.getString("id"))
                        .put(
                                "at",
                                OffsetDateTime.now(ZoneId.of("Asia/Shanghai")).toString()));
    }

    private static JsonObject body(RoutingContext context) {
        try {
            return context.body().asJsonObject();
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    private static void answer(RoutingContext context, Answer answer) {
        answer.headers().forEach(context.response()::putHeader);
        context.response()
                .setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .end(answer.body());
    }
}
