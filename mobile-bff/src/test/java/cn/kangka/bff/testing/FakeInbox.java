package cn.kangka.bff.testing;

import static cn.kangka.bff.testing.FakeRegion.account;
import static cn.kangka.bff.testing.FakeRegion.json;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The citizen's part of notification: an inbox with a stream. */
final class FakeInbox {
    private final Vertx vertx;
    private final Map<UUID, HttpServerResponse> streams = new ConcurrentHashMap<>();
    private final Map<UUID, JsonArray> inboxes = new ConcurrentHashMap<>();

    FakeInbox(Vertx vertx, Router router) {
        this.vertx = vertx;
        router.get("/v1/me/inbox").handler(routing -> json(routing, FakeApi.items(inbox(routing))));
        router.get("/v1/me/inbox/unread")
                .handler(routing -> json(routing, new JsonObject().put("count", unread(routing))));
        router.post("/v1/me/inbox/:id/read").handler(this::read);
        router.get("/v1/me/inbox/stream").handler(this::stream);
    }

    private JsonArray inbox(RoutingContext routing) {
        return inboxes.computeIfAbsent(account(routing), FakeInbox::fresh);
    }

    private static JsonArray fresh(UUID account) {
        return new JsonArray()
                .add(notice("n1", "检验报告已出", "您在市第一人民医院的血脂四项已出报告。", "/reports/rep-lipid", 3))
                .add(notice("n2", "预约成功", "市第一人民医院 心血管内科,请按时到院签到。", "/appointments", 4))
                .add(notice("n3", "健康卡已使用", "您的健康卡在市中医院挂号处使用。", "/card", 24)
                        .put("readAt", FakePerson.inDays(-23).toString()));
    }

    private static JsonObject notice(String id, String title, String body, String link, int daysAgo) {
        return new JsonObject()
                .put("id", id)
                .put("title", title)
                .put("body", body)
                .put("link", link)
                .put("at", FakePerson.inDays(-daysAgo).withHour(16).toString());
    }

    private long unread(RoutingContext routing) {
        return inbox(routing).stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("readAt") == null)
                .count();
    }

    private void read(RoutingContext routing) {
        inbox(routing).stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("id").equals(routing.pathParam("id")))
                .forEach(each -> each.put("readAt", FakePerson.inDays(0).toString()));
        routing.response().setStatusCode(204).end();
    }

    private void stream(RoutingContext routing) {
        HttpServerResponse response = routing.response();
        UUID account = account(routing);
        response.putHeader("Content-Type", "text/event-stream").setChunked(true);
        streams.put(account, response);
        long timer = vertx.setPeriodic(300, tick -> {
            if (!response.closed()) {
                response.write(": alive\n\n");
            }
        });
        response.closeHandler(gone -> {
            vertx.cancelTimer(timer);
            streams.remove(account, response);
        });
    }

    /** A new notice, told to whoever follows. */
    void tell(UUID account, String title) {
        JsonObject fresh = notice(UUID.randomUUID().toString(), title, "请查看详情。", "/alerts", 0);
        inboxes.computeIfAbsent(account, FakeInbox::fresh).add(0, fresh);
        HttpServerResponse open = streams.get(account);
        if (open != null) {
            open.write("event: notice\nid: " + fresh.getString("id") + "\ndata: " + fresh.encode() + "\n\n");
        }
    }
}
