package cn.kangka.bff.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What one account has: level, card, bookings. Everything carries a mark of the account, so that a mix-up shows. */
final class FakePerson {
    static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
    private static final Map<UUID, FakePerson> PEOPLE = new ConcurrentHashMap<>();

    private final UUID account;
    private final JsonArray appointments = new JsonArray();
    private final Map<String, JsonObject> answers = new ConcurrentHashMap<>();
    private final Map<String, String> holds = new ConcurrentHashMap<>();
    private final Set<String> appealed = ConcurrentHashMap.newKeySet();
    private volatile boolean family;
    private volatile int level;
    private volatile String cardStatus = "ACTIVE";
    private volatile int codes;

    private FakePerson(UUID account) {
        this.account = account;
    }

    static FakePerson of(UUID account) {
        return PEOPLE.computeIfAbsent(account, FakePerson::new);
    }

    int level() {
        return level;
    }

    void level(int reached) {
        if (reached == 2 && level < 2) {
            book("S-demo-1", "H001", "市第一人民医院", "心血管内科", "林书远", inDays(2).with(LocalTime.of(9, 0)), 25);
        }
        level = reached;
    }

    static OffsetDateTime inDays(int days) {
        return OffsetDateTime.of(LocalDate.now(ZONE).plusDays(days), LocalTime.of(9, 0), ZONE);
    }

    JsonObject me() {
        JsonObject me = new JsonObject()
                .put("id", account.toString())
                .put("level", level)
                .put("phone", "139****2468");
        return level >= 2 ? me.put("name", "王*") : me;
    }

    JsonObject summary() {
        JsonObject summary = new JsonObject()
                .put("account", account.toString())
                .put("level", level)
                .put("alerts", level >= 2 ? 1 : 0);
        if (level >= 2) {
            summary.put("name", "王*");
            JsonObject newest = FakeRecords.reports().getJsonObject(0);
            summary.put(
                    "newestReport",
                    newest.put("hospital", newest.getJsonObject("hospital").getString("name")));
            appointments.stream()
                    .map(JsonObject.class::cast)
                    .filter(each -> each.getString("status").equals("BOOKED"))
                    .findFirst()
                    .ifPresent(next -> summary.put("nextAppointment", next));
        }
        return summary;
    }

    JsonArray cards() {
        return level < 2
                ? new JsonArray()
                : new JsonArray()
                        .add(new JsonObject()
                                .put("id", account.toString())
                                .put("kind", "REGIONAL")
                                .put("status", cardStatus)
                                .put("number", "330********0017"))
                        .add(new JsonObject()
                                .put("id", "card-h001")
                                .put("kind", "HOSPITAL")
                                .put("status", "ACTIVE")
                                .put("source", "H001")
                                .put("number", "000****4821"));
    }

    JsonObject code() {
        codes++;
        return new JsonObject()
                .put("code", "KK1." + account.toString().replace("-", "") + "." + codes)
                .put("expiresAt", OffsetDateTime.now(ZONE).plusSeconds(60).toString());
    }

    String cardStatus() {
        return cardStatus;
    }

    void reportLost() {
        cardStatus = "LOST";
    }

    JsonArray appointments() {
        return appointments;
    }

    boolean answered(String key) {
        return answers.containsKey(key);
    }

    /** Slots by hold. */
    Map<String, String> holds() {
        return holds;
    }

    boolean family() {
        return family;
    }

    String withFamily() {
        family = true;
        OffsetDateTime soon = OffsetDateTime.now(ZONE).plusMinutes(30);
        return book("S-demo-2", "H001", "市第一人民医院", "内分泌科", "周明慧", soon, 25).getString("id");
    }

    void appeal(String appointment) {
        appealed.add(appointment);
    }

    boolean appealed(String appointment) {
        return appealed.contains(appointment);
    }

    JsonObject answer(String key, java.util.function.Supplier<JsonObject> first) {
        return answers.computeIfAbsent(key, fresh -> first.get());
    }

    /** 15:00 the day before. */
    static String cancelUntil(OffsetDateTime start) {
        return start.minusDays(1).withHour(15).withMinute(0).toString();
    }

    JsonObject book(
            String slot,
            String hospital,
            String hospitalName,
            String department,
            String doctor,
            OffsetDateTime start,
            int fee) {
        JsonObject booked = new JsonObject()
                .put(
                        "id",
                        UUID.nameUUIDFromBytes((account + slot).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .toString())
                .put("slotId", slot)
                .put("status", "BOOKED")
                .put("hospitalStatus", slot.equals("S-demo-1") ? "ACCEPTED" : "PENDING")
                .put("hospital", hospital)
                .put("hospitalName", hospitalName)
                .put("departmentName", department)
                .put("doctorName", doctor)
                .put("start", start.toString())
                .put("end", start.plusMinutes(30).toString())
                .put("fee", fee)
                .put("cancelUntil", cancelUntil(start))
                .put("checkInFrom", start.minusHours(1).toString())
                .put("lateCheckIn", true);
        appointments.add(booked);
        return booked;
    }
}
