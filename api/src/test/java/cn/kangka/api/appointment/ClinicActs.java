package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.ModelRun.name;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.ModelParts.Booked;
import cn.kangka.api.appointment.ModelParts.Slot;
import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.Clinic.Link;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.TestTokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What happens at the clinic: people come, are called, do not come; and the hospital says what it sees. */
final class ClinicActs {
    private final ModelRun run;
    private final QueueModel model;
    private final Clinic clinic;

    ClinicActs(ModelRun run, Clinic clinic) {
        this.run = run;
        this.model = run.queue;
        this.clinic = clinic;
    }

    private RequestSpecification terminal() {
        String source = run.hospital.source();
        return ModelRun.as(TestTokens.client("terminal-" + source, "terminal", "", Map.of("source", source)));
    }

    /** At a terminal or by the code on the wall; the number and the place are those of the model. */
    void checkIn() {
        run.booking().ifPresent(booking -> {
            if (!model.mayCome(booking)) {
                run.did("over " + name(booking));
            }
            String expected = model.checkIn(booking, run.now);
            Response answer = run.random.nextInt(3) == 0 ? byCode(booking) : atTerminal(booking);
            String[] words = expected.split(" ");
            run.expect("check-in " + name(booking), words[0].equals("200") ? "200" : expected, answer);
            if (words.length > 2) {
                JsonPath place = answer.jsonPath();
                String ahead = place.getString("ahead");
                assertThat("200 " + place.getString("number") + " " + place.getString("state")
                                + (ahead == null ? "" : " " + ahead))
                        .as("the place of " + name(booking))
                        .isEqualTo(expected);
            }
        });
    }

    private Response atTerminal(Booked booking) {
        return terminal()
                .body(Map.of("appointmentId", run.bookingIds.get(booking)))
                .post("/v1/check-ins");
    }

    private Response byCode(Booked booking) {
        UUID department = run.rows(
                        "select department_id from appointment where id = $1",
                        UUID.fromString(run.bookingIds.get(booking)))
                .get(0)
                .getUUID(0);
        String code = terminal()
                .get("/v1/check-in-places/" + department + "/code")
                .then()
                .statusCode(200)
                .extract()
                .path("code");
        return run.as(booking.person)
                .body(Map.of("placeCode", code))
                .post("/v1/appointments/" + run.bookingIds.get(booking) + "/check-in");
    }

    private String queue(int session) {
        return "/v1/queues/" + run.sessionId(session);
    }

    void next() {
        int session = run.session();
        Booked called = model.next(session);
        Response answer = terminal().body(Map.of("room", "1")).post(queue(session) + "/next");
        run.expect("call " + session, "200", answer);
        assertThat(answer.<String>path("called.appointment"))
                .as("who is called")
                .isEqualTo(called == null ? null : run.bookingIds.get(called));
    }

    void passed() {
        pickCalled()
                .ifPresent(booking ->
                        run.expect("passed " + name(booking), model.passed(booking), tell("passed", booking)));
    }

    /** Mostly somebody who was called. */
    private Optional<Booked> pickCalled() {
        List<Booked> called = model.tickets().stream()
                .filter(each -> each.state.equals("CALLED"))
                .map(each -> each.booking)
                .toList();
        return run.random.nextInt(4) == 0 ? run.booking() : run.pick(called);
    }

    void done() {
        pickCalled()
                .ifPresent(booking -> run.expect("done " + name(booking), model.done(booking), tell("done", booking)));
    }

    private Response tell(String what, Booked booking) {
        return terminal()
                .body(Map.of("appointment", run.bookingIds.get(booking)))
                .post(queue(booking.slot.session) + "/" + what);
    }

    void arrived() {
        run.booking().ifPresent(booking -> {
            model.arrived(booking, run.now);
            visit("ARRIVED", booking);
        });
    }

    void left() {
        run.booking().ifPresent(booking -> {
            model.left(booking);
            visit("CANCELLED", booking);
        });
    }

    void seen() {
        run.booking().ifPresent(booking -> {
            model.seen(booking);
            visit("DISCHARGED", booking);
        });
    }

    private void visit(String kind, Booked booking) {
        run.did("visit-" + kind.toLowerCase(Locale.ROOT) + " " + name(booking));
        Schedules.event(
                UUID.randomUUID().toString(),
                "visit.reported",
                Schedules.object()
                        .put("identity", UUID.randomUUID().toString())
                        .put("source", run.hospital.source())
                        .put("kind", kind)
                        .put(
                                "at",
                                OffsetDateTime.ofInstant(run.now, ZoneOffset.UTC)
                                        .toString())
                        .put("appointment", run.bookingIds.get(booking)));
    }

    void noShow() {
        run.booking().ifPresent(booking -> {
            model.missed(booking, run.now);
            says("noshow", booking, booking.slot);
        });
    }

    /** The hospital's schedule has it in some band. */
    void elsewhere() {
        run.booking().ifPresent(booking -> {
            Slot said = run.slot(booking.slot.session);
            model.elsewhere(booking, said);
            says("booked", booking, said);
        });
    }

    private void says(String status, Booked booking, Slot at) {
        run.did("says-" + status + " " + name(booking) + " " + name(at));
        UUID identity = run.rows(
                        "select id from identity where person = $1 and source = $2",
                        run.people.get(booking.person).person(),
                        run.hospital.source())
                .get(0)
                .getUUID(0);
        OffsetDateTime start = OffsetDateTime.ofInstant(at.start, ZoneOffset.UTC);
        clinic.says(
                new Link(identity, run.hospital.source(), 1),
                new JsonObject()
                        .put("resourceType", "Appointment")
                        .put(
                                "identifier",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("system", "urn:kangka:appointment")
                                                .put("value", run.bookingIds.get(booking))))
                        .put("status", status)
                        .put("start", start.toString())
                        .put("end", start.plusMinutes(30).toString()));
    }
}
