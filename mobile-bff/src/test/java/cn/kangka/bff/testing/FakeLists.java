package cn.kangka.bff.testing;

import static cn.kangka.bff.testing.FakeRegion.account;
import static cn.kangka.bff.testing.FakeRegion.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.OffsetDateTime;
import java.util.function.Supplier;

/** What who has a family has besides: places on lists, draws, referrals, a carer, and a queue in front of a doctor. */
final class FakeLists {
    FakeLists(Router router) {
        list(router, "/v1/me/waiting-entries", FakeLists::waiting);
        list(router, "/v1/me/draw-entries", FakeLists::draws);
        list(router, "/v1/me/referrals", FakeLists::referrals);
        list(router, "/v1/me/carers", FakeLists::carers);
        router.get("/v1/appointments/:id/queue")
                .handler(routing -> json(
                        routing,
                        new JsonObject()
                                .put("state", "OPEN")
                                .put("opensAt", soon(-30))
                                .put("closesAt", soon(60))));
    }

    private static void list(Router router, String path, Supplier<JsonArray> items) {
        router.get(path).handler(routing -> json(routing, FakeApi.items(own(routing) ? items.get() : new JsonArray())));
    }

    private static boolean own(RoutingContext routing) {
        return FakePerson.of(account(routing)).family() && routing.request().getParam("personId") == null;
    }

    private static String soon(int minutes) {
        return OffsetDateTime.now(FakePerson.ZONE).plusMinutes(minutes).toString();
    }

    private static JsonObject session(String id, String status) {
        return new JsonObject()
                .put("id", id)
                .put("status", status)
                .put("hospital", "H001")
                .put("hospitalName", "市第一人民医院")
                .put("departmentName", "心血管内科")
                .put("doctorName", "林书远")
                .put("date", FakePerson.inDays(3).toLocalDate().toString())
                .put("half", "AM")
                .put("slotId", "slot-" + id)
                .put("start", FakePerson.inDays(3).toString())
                .put("end", FakePerson.inDays(3).plusMinutes(30).toString());
    }

    private static JsonArray waiting() {
        JsonObject offer = new JsonObject()
                .put("slotId", "slot-w2")
                .put("start", FakePerson.inDays(3).toString())
                .put("end", FakePerson.inDays(3).plusMinutes(30).toString())
                .put("expiresAt", soon(25));
        return new JsonArray()
                .add(session("w1", "WAITING")
                        .put("position", 3)
                        .put("offerMinutes", 30)
                        .put("shortNoticeHours", 24)
                        .put(
                                "clearsAt",
                                FakePerson.inDays(2).withHour(23).withMinute(0).toString()))
                .add(session("w2", "OFFERED").put("offer", offer))
                .add(session("w3", "EXPIRED"));
    }

    private static JsonArray draws() {
        return new JsonArray()
                .add(draw("e1", "ENTERED").put("open", true).put("waiting", true))
                .add(draw("e2", "LOST").put("rank", 41))
                .add(draw("e3", "PASSED").put("rank", 7).put("reason", "appointment.max-per-7-days"));
    }

    private static JsonObject draw(String id, String status) {
        return session(id, status)
                .put("draw", "draw-1")
                .put("closesAt", soon(600))
                .put("drawsAt", soon(610));
    }

    private static JsonArray referrals() {
        return new JsonArray()
                .add(new JsonObject()
                        .put("id", "r1")
                        .put("status", "ACCEPTED")
                        .put("from", new JsonObject().put("name", "湖滨街道社区卫生服务中心"))
                        .put("to", new JsonObject().put("name", "市第一人民医院"))
                        .put("madeAt", FakePerson.inDays(-1).toString())
                        .put("departmentName", "心血管内科")
                        .put("reason", new JsonObject().put("text", "反复胸闷").put("code", "I20.9"))
                        .put("documents", 2)
                        .put("consent", "ASKED"));
    }

    private static JsonArray carers() {
        return new JsonArray()
                .add(new JsonObject()
                        .put("id", "c1")
                        .put("name", "王**")
                        .put("since", FakePerson.inDays(-90).toString()));
    }
}
