package cn.kangka.bff.testing;

import static cn.kangka.bff.testing.FakeRegion.account;
import static cn.kangka.bff.testing.FakeRegion.json;
import static cn.kangka.bff.testing.FakeRegion.problem;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import javax.imageio.ImageIO;

/** The citizen's part of api. */
final class FakeApi {
    private static final String[] DOCTORS = {"林书远", "周明慧", "陈嘉禾"};
    private static final String[] TITLES = {"主任医师", "副主任医师", "主治医师"};
    private static final int[] FEES = {50, 25, 12};

    FakeApi(Router router) {
        router.get("/v1/me").handler(routing -> json(routing, person(routing).me()));
        router.get("/v1/me/summary")
                .handler(routing -> json(routing, person(routing).summary()));
        router.post("/v1/me/identity").handler(FakeApi::prove);
        router.get("/v1/me/cards")
                .handler(routing -> json(routing, items(person(routing).cards())));
        router.get("/v1/me/card-uses").handler(routing -> json(routing, items(uses())));
        router.post("/v1/me/cards/:id/code").handler(FakeApi::code);
        router.post("/v1/me/cards/:id/loss").handler(routing -> {
            person(routing).reportLost();
            json(routing, person(routing).cards().getJsonObject(0));
        });
        router.get("/v1/hospitals").handler(routing -> json(routing, items(hospitals())));
        router.get("/v1/hospitals/:id")
                .handler(routing -> found(
                        routing,
                        hospitals().stream()
                                .map(JsonObject.class::cast)
                                .filter(each -> each.getString("id").equals(routing.pathParam("id")))
                                .findFirst()
                                .orElse(null)));
        router.get("/v1/hospitals/:id/departments").handler(routing -> json(routing, items(departments())));
        router.get("/v1/slots").handler(FakeApi::slots);
        router.get("/v1/directory/search").handler(FakeApi::search);
        router.get("/v1/appointments/:id")
                .handler(routing -> found(
                        routing,
                        person(routing).appointments().stream()
                                .map(JsonObject.class::cast)
                                .filter(each -> each.getString("id").equals(routing.pathParam("id")))
                                .findFirst()
                                .orElse(null)));
        router.post("/v1/appointments/:id/cancel").handler(FakeApi::cancel);
        router.get("/v1/me/appointments")
                .handler(routing -> json(routing, items(person(routing).appointments())));
        router.get("/v1/me/reports").handler(routing -> json(routing, items(FakeRecords.reports())));
        router.get("/v1/me/reports/:id")
                .handler(routing -> found(routing, FakeRecords.report(routing.pathParam("id"))));
        router.get("/v1/me/imaging").handler(routing -> json(routing, items(FakeRecords.studies())));
        router.get("/v1/me/imaging/:id").handler(routing -> json(routing, series()));
        router.get("/v1/me/imaging/:id/instances/:uid/rendered").handler(FakeApi::image);
        router.get("/v1/me/alerts").handler(routing -> json(routing, items(FakeRecords.alerts())));
        router.get("/v1/me/access-log").handler(routing -> json(routing, items(accesses())));
        router.get("/v1/education/articles")
                .handler(routing -> json(
                        routing, items(FakeRecords.articles(routing.request().getParam("q")))));
        router.get("/v1/education/articles/:id")
                .handler(routing -> found(routing, FakeRecords.fullArticle(routing.pathParam("id"))));
    }

    /** Pain in the chest is urgent, whatever else is typed finds the cardiologists. */
    private static void search(RoutingContext routing) {
        JsonObject hit = new JsonObject()
                .put("kind", "DEPARTMENT")
                .put("id", "d1")
                .put("name", "心血管内科")
                .put("hospital", "H001")
                .put("hospitalName", "云江市第一人民医院")
                .put("department", "CARD")
                .put("departmentName", "心血管内科");
        JsonObject answer = items(new JsonArray().add(hit)).put("symptoms", new JsonArray());
        if (routing.request().getParam("q").contains("胸痛")) {
            JsonObject subject = new JsonObject().put("code", "03.04").put("name", "心血管内科");
            answer.put("urgent", "请立即拨打 120")
                    .getJsonArray("symptoms")
                    .add(new JsonObject()
                            .put("name", "胸痛")
                            .put("urgent", true)
                            .put("departments", new JsonArray().add(subject)));
        }
        json(routing, answer);
    }

    private static FakePerson person(RoutingContext routing) {
        return FakePerson.of(account(routing));
    }

    static JsonObject items(JsonArray items) {
        return new JsonObject().put("items", items).putNull("next");
    }

    private static void found(RoutingContext routing, JsonObject body) {
        if (body == null) {
            problem(routing, 404, "not-found", "没有找到您要的内容。", "What you asked for was not found.");
        } else {
            json(routing, body);
        }
    }

    private static void prove(RoutingContext routing) {
        if (routing.body().asJsonObject().getString("idNumber").endsWith("0000")) {
            problem(
                    routing,
                    422,
                    "identity-not-proven",
                    "填写的信息与登记信息不一致,请核对后再试。",
                    "What you entered does not agree with what is on record.");
            return;
        }
        person(routing).level(2);
        json(routing, person(routing).me());
    }

    private static void code(RoutingContext routing) {
        if (!person(routing).cardStatus().equals("ACTIVE")) {
            problem(routing, 409, "card-not-active", "健康卡已挂失,不能出示。", "The card was reported lost.");
            return;
        }
        json(routing, 201, person(routing).code());
    }

    private static JsonArray uses() {
        return new JsonArray()
                .add(new JsonObject()
                        .put("id", "u1")
                        .put("at", FakePerson.inDays(-3).withHour(8).toString())
                        .put("source", "H001")
                        .put("scene", "LAB"))
                .add(new JsonObject()
                        .put("id", "u2")
                        .put("at", FakePerson.inDays(-24).withHour(10).toString())
                        .put("source", "H002")
                        .put("scene", "REGISTRATION"));
    }

    private static JsonArray accesses() {
        return new JsonArray()
                .add(new JsonObject()
                        .put("id", "a1")
                        .put("at", FakePerson.inDays(-1).withHour(10).toString())
                        .put("actorKind", "CITIZEN")
                        .put("actor", "本人")
                        .put("action", "report.read")
                        .put("outcome", "ALLOWED"))
                .add(new JsonObject()
                        .put("id", "a2")
                        .put("at", FakePerson.inDays(-2).withHour(14).toString())
                        .put("actorKind", "AGENT")
                        .put("actor", "客服人员")
                        .put("action", "appointment.list")
                        .put("outcome", "ALLOWED"));
    }

    private static JsonArray hospitals() {
        return new JsonArray()
                .add(hospital("H001", "市第一人民医院", "HOSPITAL", "湖滨路 8 号"))
                .add(ahead(28, hospital("H002", "市中医院", "HOSPITAL", "文昌街 26 号")))
                .add(hospital("H003", "市妇幼保健院", "HOSPITAL", "学院路 101 号"))
                .add(hospital("C001", "湖滨街道社区卫生服务中心", "CENTRE", "湖滨路 120 号"))
                .add(hospital("C002", "文昌街道社区卫生服务中心", "CENTRE", "文昌街 3 号"));
    }

    private static JsonObject hospital(String id, String name, String kind, String address) {
        return new JsonObject()
                .put("id", id)
                .put("name", name)
                .put("kind", kind)
                .put("address", address)
                .put("booking", FakeBooking.rules());
    }

    /** Releases so many days ahead. */
    private static JsonObject ahead(int days, JsonObject hospital) {
        hospital.getJsonObject("booking").put("horizonDays", days);
        return hospital;
    }

    private static JsonArray departments() {
        return new JsonArray()
                .add(new JsonObject().put("id", "CARD").put("code", "CARD").put("name", "心血管内科"))
                .add(new JsonObject().put("id", "ENDO").put("code", "ENDO").put("name", "内分泌科"))
                .add(new JsonObject().put("id", "DERM").put("code", "DERM").put("name", "皮肤科"));
    }

    private static void slots(RoutingContext routing) {
        LocalDate from = LocalDate.parse(routing.request().getParam("from"));
        LocalDate to = LocalDate.parse(routing.request().getParam("to"));
        JsonArray slots = new JsonArray();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            if (day.getDayOfWeek().getValue() < 7 && day.isAfter(LocalDate.now(FakePerson.ZONE))) {
                slotsOf(routing, day, slots);
            }
        }
        json(routing, items(slots));
    }

    private static void slotsOf(RoutingContext routing, LocalDate day, JsonArray slots) {
        for (int doctor = 0; doctor < DOCTORS.length; doctor++) {
            for (int band = 0; band < 4; band++) {
                OffsetDateTime start = OffsetDateTime.of(day, LocalTime.of(8 + doctor * 3, 0), FakePerson.ZONE)
                        .plusMinutes(30L * band);
                slots.add(slot(routing, day + "-" + doctor + "-" + band, doctor, start)
                        .put("session", day + "-" + doctor + (start.getHour() < 12 ? "-AM" : "-PM"))
                        .put("free", band == 2 ? 0 : 5 - band)
                        .put("held", band == 2 && doctor == 0 ? 1 : null)
                        .put("fee", FEES[doctor])
                        .put("modality", "IN_PERSON"));
            }
        }
        // The first doctor's second session of the morning: by video, and full.
        OffsetDateTime start = OffsetDateTime.of(day, LocalTime.of(10, 30), FakePerson.ZONE);
        slots.add(slot(routing, day + "-0-video", 0, start)
                .put("session", day + "-0-video")
                .put("free", 0)
                .put("fee", FEES[0] + 20)
                .put("modality", "REMOTE"));
    }

    private static JsonObject slot(RoutingContext routing, String id, int doctor, OffsetDateTime start) {
        return new JsonObject()
                .put("id", id)
                .put("hospital", routing.request().getParam("hospital"))
                .put("hospitalName", "市第一人民医院")
                .put("department", routing.request().getParam("department"))
                .put("departmentName", "心血管内科")
                .put("doctor", "D" + doctor)
                .put("doctorName", DOCTORS[doctor])
                .put("doctorTitle", TITLES[doctor])
                .put("start", start.toString())
                .put("end", start.plusMinutes(30).toString())
                .put("mode", "BOOK");
    }

    private static void cancel(RoutingContext routing) {
        person(routing).appointments().stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("id").equals(routing.pathParam("id")))
                .findFirst()
                .ifPresentOrElse(each -> json(routing, each.put("status", "CANCELLED")), () -> found(routing, null));
    }

    private static JsonObject series() {
        return new JsonObject()
                .put("id", "st-1")
                .put("modality", "CT")
                .put("description", "胸部 CT 平扫")
                .put("hospitalName", "市第一人民医院")
                .put("date", FakePerson.inDays(-40).toLocalDate().toString())
                .put(
                        "series",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put(
                                                "instances",
                                                new JsonArray()
                                                        .add(new JsonObject().put("uid", "1.2.3.1"))
                                                        .add(new JsonObject().put("uid", "1.2.3.2"))
                                                        .add(new JsonObject().put("uid", "1.2.3.3")))));
    }

    private static void image(RoutingContext routing) {
        int number = Integer.parseInt(routing.pathParam("uid").substring(6));
        routing.response().putHeader("Content-Type", "image/png").end(Buffer.buffer(phantom(number)));
    }

    private static byte[] phantom(int number) {
        BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(190, 190, 190));
        pen.fillOval(20, 40, 216, 176);
        pen.setColor(new Color(30, 30, 30));
        pen.fillOval(45, 70, 70, 110 - number * 8);
        pen.fillOval(140, 70, 70, 110 - number * 8);
        pen.setColor(new Color(235, 235, 235));
        pen.fillOval(112, 165, 32, 32);
        pen.dispose();
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
