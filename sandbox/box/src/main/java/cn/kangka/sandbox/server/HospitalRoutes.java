package cn.kangka.sandbox.server;

import cn.kangka.sandbox.hospital.Hospitals;
import cn.kangka.sandbox.hospital.Mode;
import cn.kangka.sandbox.region.DemoRegion;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Switches of the simulated hospitals: {@code GET /hospitals[?all=true]}, {@code POST /hospitals/{id}/mode {mode,
 * refusalRate?}}, {@code POST /hospitals/{id}/results {idNumber, panel?}}, {@code POST /hospitals/{id}/reconciliations}, {@code
 * POST /hospitals/{id}/losses {bookings?}}, {@code GET, POST /hospitals/{id}/messages} (the latest of each type that it got;
 * one to send as it is, in ER7).
 */
final class HospitalRoutes {
    private static final long BODY_LIMIT = 1 << 20;

    private final Hospitals hospitals;

    private HospitalRoutes(Hospitals hospitals) {
        this.hospitals = hospitals;
    }

    static void mount(Router router, Hospitals hospitals) {
        HospitalRoutes routes = new HospitalRoutes(hospitals);
        router.get("/hospitals").handler(routes::list);
        router.route("/hospitals/:id/*").handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        router.route("/hospitals/:id/*").handler(routes::known);
        router.post("/hospitals/:id/mode").handler(routes::mode);
        router.post("/hospitals/:id/results").handler(routes::result);
        router.post("/hospitals/:id/reconciliations").handler(routes::reconcile);
        router.post("/hospitals/:id/losses").handler(routes::lose);
        router.get("/hospitals/:id/messages").handler(routes::received);
        router.post("/hospitals/:id/messages").handler(routes::send);
    }

    private void list(RoutingContext context) {
        JsonArray states = hospitals.states();
        if (!"true".equals(context.queryParams().get("all"))) {
            removeCentres(states);
        }
        SandboxServer.answer(context, 200, states);
    }

    private static void removeCentres(JsonArray states) {
        for (int i = states.size() - 1; i >= 0; i--) {
            if (DemoRegion.CENTRES_LINE.equals(states.getJsonObject(i).getString("id"))) {
                states.remove(i);
            }
        }
    }

    private void known(RoutingContext context) {
        if (hospitals.knows(context.pathParam("id"))) {
            context.next();
        } else {
            Problem.answer(context, 404, "not-found");
        }
    }

    private void mode(RoutingContext context) {
        JsonObject body = body(context);
        Optional<Mode> mode = named(body.getValue("mode"));
        Object rate = body.getValue("refusalRate", 0);
        if (mode.isEmpty()
                || !(rate instanceof Number number)
                || number.doubleValue() < 0
                || number.doubleValue() > 1) {
            Problem.answer(context, 422, "validation");
            return;
        }
        String id = context.pathParam("id");
        hospitals
                .behave(id, mode.get(), number.doubleValue())
                .onSuccess(done -> SandboxServer.answer(context, 200, hospitals.state(id)))
                .onFailure(context::fail);
    }

    private static Optional<Mode> named(Object name) {
        String wanted = String.valueOf(name).toUpperCase(Locale.ROOT);
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(wanted))
                .findFirst();
    }

    private void result(RoutingContext context) {
        JsonObject body = body(context);
        String id = context.pathParam("id");
        context.vertx()
                .executeBlocking(
                        () -> hospitals.sendResult(
                                id, String.valueOf(body.getValue("idNumber")), body.getString("panel")),
                        false)
                .onSuccess(sent -> sent.ifPresentOrElse(
                        result -> SandboxServer.answer(context, 200, result),
                        () -> Problem.answer(context, 404, "not-found")))
                .onFailure(away -> Problem.answer(context, 502, "empi-does-not-answer"));
    }

    private void reconcile(RoutingContext context) {
        String id = context.pathParam("id");
        if (hospitals.isDown(id)) {
            Problem.answer(context, 409, "hospital-is-down");
            return;
        }
        context.vertx()
                .executeBlocking(() -> hospitals.reconcile(id), false)
                .onSuccess(reports -> SandboxServer.answer(context, 200, reports))
                .onFailure(away -> Problem.answer(context, 502, "api-does-not-answer"));
    }

    private void lose(RoutingContext context) {
        if (!(body(context).getValue("bookings", 1) instanceof Integer most) || most < 1) {
            Problem.answer(context, 422, "validation");
            return;
        }
        int lost = hospitals.loseBookings(context.pathParam("id"), most);
        SandboxServer.answer(context, 200, new JsonObject().put("lost", lost));
    }

    private void received(RoutingContext context) {
        JsonArray messages = new JsonArray();
        hospitals.received(context.pathParam("id")).forEach(messages::add);
        SandboxServer.answer(context, 200, messages);
    }

    private void send(RoutingContext context) {
        String message = context.body().asString();
        if (message == null || !message.startsWith("MSH")) {
            Problem.answer(context, 422, "validation");
            return;
        }
        context.vertx()
                .executeBlocking(() -> hospitals.sendRaw(context.pathParam("id"), message), false)
                .onSuccess(ack -> SandboxServer.answer(context, 200, ack))
                .onFailure(away -> Problem.answer(context, 502, "empi-does-not-answer"));
    }

    private static JsonObject body(RoutingContext context) {
        try {
            JsonObject body = context.body().asJsonObject();
            return body == null ? new JsonObject() : body;
        } catch (DecodeException | ClassCastException notAnObject) {
            return new JsonObject();
        }
    }
}
