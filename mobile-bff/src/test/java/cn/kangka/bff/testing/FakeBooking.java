package cn.kangka.bff.testing;

import static cn.kangka.bff.testing.FakeRegion.account;
import static cn.kangka.bff.testing.FakeRegion.json;
import static cn.kangka.bff.testing.FakeRegion.problem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Holds, bookings, and why not. Slots that end in -1 are full by now; those in -3 break a rule; nobody books for the mother of who
 * has a family, because she cancelled late too often.
 */
final class FakeBooking {
    static final String MOTHER = "0197a3c0-0000-7000-8000-000000000001";
    private static final String PAUSE = "appointment.late-cancel-pause";
    private static final int SECONDS = 300;

    FakeBooking(Router router) {
        router.post("/v1/holds").handler(FakeBooking::hold);
        router.delete("/v1/holds/:id").handler(routing -> {
            boolean theirs = person(routing).holds().remove(routing.pathParam("id")) != null;
            routing.response().setStatusCode(theirs ? 204 : 404).end();
        });
        router.post("/v1/appointments").handler(FakeBooking::book);
        router.get("/v1/me/dependants")
                .handler(
                        routing -> json(routing, FakeApi.items(person(routing).family() ? family() : new JsonArray())));
        router.get("/v1/me/booking-limits").handler(routing -> json(routing, FakeApi.items(limits(routing))));
        router.get("/v1/me/marks")
                .handler(routing -> json(routing, FakeApi.items(mothers(routing) ? marks(routing) : new JsonArray())));
        router.post("/v1/appeals").handler(routing -> {
            person(routing).appeal(routing.body().asJsonObject().getString("appointment"));
            json(routing, new JsonObject());
        });
    }

    private static FakePerson person(RoutingContext routing) {
        return FakePerson.of(account(routing));
    }

    private static boolean mothers(RoutingContext routing) {
        return MOTHER.equals(routing.request().getParam("personId"));
    }

    private static void hold(RoutingContext routing) {
        JsonObject wish = routing.body().asJsonObject();
        String slot = wish.getString("slotId");
        if (account(routing) == null) {
            problem(routing, 401, "unauthorized", "请先登录", "Please log in");
        } else if (slot.endsWith("-1")) {
            problem(routing, 409, "slot-full", "这个时段刚刚约满,请选择其他时段。", "This time has just filled up.");
        } else if (wish.containsKey("appointmentId") || allowed(routing, wish)) {
            String id = UUID.randomUUID().toString();
            person(routing).holds().put(id, slot);
            json(
                    routing,
                    201,
                    new JsonObject()
                            .put("id", id)
                            .put("slotId", slot)
                            .put(
                                    "expiresAt",
                                    OffsetDateTime.now(FakePerson.ZONE)
                                            .plusSeconds(SECONDS)
                                            .toString())
                            .put("expiresIn", SECONDS)
                            .put("cancelUntil", FakePerson.cancelUntil(start(slot)))
                            .put("checkInFrom", start(slot).minusHours(1).toString()));
        }
    }

    /** Whether no rule stops it; else the answer is given. */
    private static boolean allowed(RoutingContext routing, JsonObject wish) {
        if (MOTHER.equals(wish.getString("personId"))) {
            refuse(routing, "late-cancel-pause", "多次临近取消，暂停预约。", "Paused.", PAUSE);
            return false;
        }
        if (wish.getString("slotId").endsWith("-3")) {
            refuse(
                    routing,
                    "appointment-refused",
                    "同一医院同一科室,每天只能预约一次。",
                    "One booking per hospital, department and day.",
                    "appointment.max-per-department-day");
            return false;
        }
        return true;
    }

    private static OffsetDateTime start(String slot) {
        return OffsetDateTime.of(LocalDate.parse(slot.substring(0, 10)), LocalTime.of(8, 0), FakePerson.ZONE);
    }

    private static void refuse(RoutingContext routing, String name, String zh, String en, String rule) {
        String lifts = FakePerson.inDays(3).withHour(0).toString();
        problem(routing, 409, name, zh, en, "rule", rule, "liftsAt", lifts);
    }

    /** A key gets one answer, a hold one booking. */
    private static void book(RoutingContext routing) {
        String key = routing.request().getHeader("Idempotency-Key");
        JsonObject wish = routing.body().asJsonObject();
        String slot = wish.getString("slotId");
        if (account(routing) == null || key == null) {
            problem(routing, key == null ? 400 : 401, "idempotency-key-missing", "缺少", "missing");
        } else if (!person(routing).answered(key)
                && !slot.equals(person(routing).holds().get(wish.getString("holdId", "")))) {
            problem(routing, 409, "hold-expired", "号源的锁定已过期。", "The hold has expired.");
        } else if (allowed(routing, wish)) {
            OffsetDateTime start = start(slot);
            json(routing, 201, person(routing).answer(key, () -> person(routing)
                    .book(slot, "H001", "市第一人民医院", "心血管内科", "林书远", start, 50)));
            person(routing).holds().remove(wish.getString("holdId", ""));
        }
    }

    /** What this region's hospitals have agreed on. */
    static JsonObject rules() {
        return new JsonObject()
                .put("horizonDays", 14)
                .put("releaseTime", "18:00:00")
                .put("flowBackTime", "18:00:00")
                .put("cancelDeadline", "15:00:00")
                .put("holdMinutes", SECONDS / 60)
                .put("checkInMinutes", 60)
                .put("lateCheckIn", true)
                .put(
                        "waiting",
                        new JsonObject()
                                .put("opens", "06:00:00")
                                .put("closes", "23:00:00")
                                .put("offerMinutes", 30)
                                .put("shortNoticeHours", 24)
                                .put("lists", 5));
    }

    private static JsonArray family() {
        return new JsonArray()
                .add(new JsonObject()
                        .put("id", "dep-1")
                        .put("person", MOTHER)
                        .put("name", "李**")
                        .put("relation", "PARENT")
                        .put("status", "ACTIVE")
                        .put("kind", "CONSENT")
                        .put("since", FakePerson.inDays(-60).toString()));
    }

    private static JsonArray limits(RoutingContext routing) {
        boolean paused = mothers(routing);
        return new JsonArray()
                .add(limit("appointment.max-per-department-day", 0, 1))
                .add(limit("appointment.max-per-visit-day", 1, 2))
                .add(limit(PAUSE, paused ? 3 : 0, 3)
                        .put("window", 30)
                        .put("stops", paused)
                        .put("liftsAt", paused ? FakePerson.inDays(20).toString() : null));
    }

    private static JsonObject limit(String rule, int count, int most) {
        return new JsonObject()
                .put("rule", rule)
                .put("count", count)
                .put("limit", most)
                .put("stops", false);
    }

    private static JsonArray marks(RoutingContext routing) {
        JsonArray marks = new JsonArray();
        for (int i = 1; i <= 3; i++) {
            JsonObject mark = new JsonObject()
                    .put("appointment", "late-" + i)
                    .put("kind", "LATE_CANCEL")
                    .put("at", FakePerson.inDays(-i).toString())
                    .put("hospital", "H001")
                    .put("hospitalName", "市第一人民医院")
                    .put("departmentName", "心血管内科")
                    .put("doctorName", "林书远")
                    .put("start", FakePerson.inDays(-i).toString())
                    .put("appealDays", 2);
            marks.add(
                    person(routing).appealed("late-" + i)
                            ? mark.put(
                                    "appeal",
                                    new JsonObject()
                                            .put("id", "appeal-" + i)
                                            .put("status", "OPEN")
                                            .put("dueAt", FakePerson.inDays(2).toString()))
                            : mark);
        }
        return marks;
    }
}
