package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.ModelRun.name;

import cn.kangka.api.appointment.ModelParts.Booked;
import cn.kangka.api.appointment.ModelParts.Kept;
import cn.kangka.api.appointment.ModelParts.Slot;
import cn.kangka.api.testing.Agent;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What people do with units: book, hold, cancel, move, wait; and the hospital that has none, or stops its clinic. */
final class BookingActs {
    private static final int LATE_CANCELS = 2;

    private final ModelRun run;
    private final BookingModel model;
    private final Map<Kept, String> holdIds = new IdentityHashMap<>();
    private final Map<Integer, Integer> lateCancels = new HashMap<>();

    BookingActs(ModelRun run) {
        this.run = run;
        this.model = run.bookings;
    }

    void book() {
        book(run.person(), run.slot(), null);
    }

    void confirm() {
        run.pick(holds()).ifPresent(hold -> book(hold.person, hold.slot, hold));
    }

    private List<Kept> holds() {
        return model.kept.stream().filter(each -> each.entry == null).toList();
    }

    private void book(int person, Slot slot, Kept hold) {
        Map<String, String> body = new HashMap<>(Map.of("slotId", run.slotIds.get(slot)));
        if (hold != null) {
            body.put("holdId", holdIds.get(hold));
        }
        String expected = model.book(person, slot, hold, run.now);
        Response answer = run.as(person).body(body).post("/v1/appointments");
        booked((hold == null ? "book " : "confirm ") + person + "@" + name(slot), expected, answer);
    }

    private void booked(String what, String expected, Response answer) {
        run.expect(what, expected, answer);
        if (expected.equals("201")) {
            run.bookingIds.put(model.last(), answer.path("id"));
        }
    }

    void followUp() {
        int person = run.person();
        Slot slot = run.slotFor(person);
        String expected = model.exempt(person, slot, VisitKind.FOLLOW_UP, run.now);
        Response answer = run.as(run.hospital)
                .body(Map.of("slotId", run.slotIds.get(slot), "personId", id(person)))
                .post("/v1/follow-ups");
        booked("follow-up " + person + "@" + name(slot), expected, answer);
    }

    private String id(int person) {
        return run.people.get(person).person().toString();
    }

    void hold() {
        int person = run.person();
        Slot slot = run.slotFor(person);
        String expected = model.hold(person, slot, run.now);
        Response answer =
                run.as(person).body(Map.of("slotId", run.slotIds.get(slot))).post("/v1/holds");
        run.expect("hold " + person + "@" + name(slot), expected, answer);
        if (expected.equals("201")) {
            holdIds.put(model.kept.get(model.kept.size() - 1), answer.path("id"));
        }
    }

    /** For the move of a booking, often within its session. */
    void holdMove() {
        run.booking().ifPresent(booking -> {
            Slot slot = run.random.nextInt(3) > 0 ? run.slot(booking.slot.session) : run.slot();
            String expected = model.holdMove(booking, slot, run.now);
            Response answer = run.as(booking.person)
                    .body(Map.of("slotId", run.slotIds.get(slot), "appointmentId", run.bookingIds.get(booking)))
                    .post("/v1/holds");
            run.expect("hold-move " + name(booking) + ">" + name(slot), expected, answer);
            if (expected.equals("201")) {
                holdIds.put(model.kept.get(model.kept.size() - 1), answer.path("id"));
            }
        });
    }

    void confirmMove() {
        run.pick(holds().stream().filter(each -> each.moves != null).toList())
                .filter(hold -> mayCancel(hold.moves))
                .ifPresent(hold -> move(hold.moves, hold.slot, hold));
    }

    void release() {
        run.pick(holds()).ifPresent(hold -> {
            model.release(hold, run.now);
            run.expect(
                    "release " + hold.person + "@" + name(hold.slot),
                    "204",
                    run.as(hold.person).delete("/v1/holds/" + holdIds.get(hold)));
        });
    }

    void cancel() {
        run.booking().filter(this::mayCancel).ifPresent(booking -> {
            boolean stood = booking.status.equals("BOOKED");
            String expected = model.cancel(booking, run.now);
            run.expect(
                    "cancel " + name(booking),
                    expected,
                    run.as(booking.person).post("/v1/appointments/" + run.bookingIds.get(booking) + "/cancel"));
            cancelled(booking, stood && expected.equals("200"));
        });
    }

    /** Three late cancels would pause the person, which is another test's matter. */
    private boolean mayCancel(Booked booking) {
        return !booking.status.equals("BOOKED")
                || lateCancels.getOrDefault(booking.person, 0) < LATE_CANCELS
                || !run.now.isAfter(deadline());
    }

    private Instant deadline() {
        return ModelRun.at(run.day.minusDays(1), 15, 0);
    }

    private void cancelled(Booked booking, boolean now) {
        if (now && !run.now.isBefore(deadline())) {
            lateCancels.merge(booking.person, 1, Integer::sum);
        }
    }

    void move() {
        Slot slot = run.slot();
        run.booking().filter(this::mayCancel).ifPresent(booking -> move(booking, slot, null));
    }

    private void move(Booked booking, Slot slot, Kept hold) {
        String was = name(booking);
        String expected = model.move(booking, slot, hold, run.now);
        Map<String, String> body = new HashMap<>(Map.of("slotId", run.slotIds.get(slot)));
        if (hold != null) {
            body.put("holdId", holdIds.get(hold));
        }
        Response answer = run.as(booking.person)
                .body(body)
                .post("/v1/appointments/" + run.bookingIds.get(booking) + "/reschedule");
        booked((hold == null ? "move " : "confirm-move ") + was + ">" + name(slot), expected, answer);
        cancelled(booking, expected.equals("201"));
    }

    void enter() {
        int person = run.person();
        Slot slot = run.slotFor(person);
        String expected = model.enter(person, slot, run.now);
        run.expect(
                "enter " + person + "@" + name(slot),
                expected,
                run.as(person).body(Map.of("slotId", run.slotIds.get(slot))).post("/v1/waiting-entries"));
    }

    void leave() {
        run.pick(model.entries)
                .flatMap(each -> model.entry(each.person, each.session))
                .ifPresent(entry -> {
                    String id = run.rows(
                                    "select id from waiting_entry where person = $1 and session_id = $2"
                                            + " and status in ('WAITING', 'OFFERED')",
                                    run.people.get(entry.person).person(),
                                    run.sessionId(entry.session))
                            .get(0)
                            .getUUID(0)
                            .toString();
                    model.leave(entry, run.now);
                    run.expect(
                            "leave " + entry.person + "@" + entry.session,
                            "204",
                            run.as(entry.person).delete("/v1/waiting-entries/" + id));
                });
    }

    void refuse() {
        run.booking().ifPresent(booking -> {
            run.did("refuse " + name(booking));
            boolean back = model.refused(booking, run.now);
            String id = run.bookingIds.get(booking);
            BookingDesk.answer(id, "REFUSED");
            if (back) {
                run.bookingIds.put(
                        model.last(),
                        run.rows("select id from appointment where moved_from = $1", UUID.fromString(id)).stream()
                                .map(row -> row.getUUID(0).toString())
                                .findFirst()
                                .orElseThrow());
            }
        });
    }

    /** Seldom: nothing happens in a stopped session any more. */
    void stop() {
        int session = run.session();
        ModelParts.Session stopped = model.sessions.get(session);
        if (stopped.stopped || !run.now.isBefore(stopped.end()) || run.random.nextInt(3) > 0) {
            return;
        }
        run.queue.stop(session, run.now);
        model.stop(session);
        if (session == model.sessions.size() - 1) {
            run.draw.stop();
        }
        String department = run.rows(
                        "select id from department where hospital = $1 and code = $2",
                        run.hospital.source(),
                        "DEP" + session)
                .get(0)
                .getUUID(0)
                .toString();
        Map<String, String> body = Map.of(
                "hospital",
                run.hospital.source(),
                "department",
                department,
                "from",
                run.day.toString(),
                "to",
                run.day.toString(),
                "reason",
                "模型");
        run.expect(
                "stop " + session,
                "201",
                ModelRun.as(Agent.supervisor("model-supervisor").token())
                        .body(body)
                        .post("/v1/stops"));
    }
}
