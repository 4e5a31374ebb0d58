package cn.kangka.api.appointment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.DrawModel.Lot;
import cn.kangka.api.appointment.ModelParts.Slot;
import cn.kangka.api.draw.DrawTime;
import cn.kangka.api.testing.Eventually;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What people do in a draw, and the draw itself, in the order that its public list and seed give. */
final class DrawActs {
    private final ModelRun run;
    private final DrawModel model;
    private final Map<Lot, String> ids = new IdentityHashMap<>();

    DrawActs(ModelRun run) {
        this.run = run;
        this.model = run.draw;
    }

    void enter() {
        int person = run.person();
        Slot slot = run.random.nextInt(5) == 0 ? run.slot() : run.slot(run.bookings.sessions.size() - 1);
        boolean waiting = run.random.nextBoolean();
        int before = model.lots.size();
        String expected = model.enter(person, slot, waiting, run.now);
        Response answer = run.as(person)
                .body(Map.of("slotId", run.slotIds.get(slot), "waiting", waiting))
                .post("/v1/draw-entries");
        run.expect("draw-enter " + person + "@" + ModelRun.name(slot), expected, answer);
        if (model.lots.size() > before) {
            ids.put(model.lots.get(before), answer.path("id"));
        } else if (expected.equals("201")) {
            assertThat(answer.<String>path("id"))
                    .isEqualTo(ids.get(model.standing(person).orElseThrow()));
        }
    }

    void leave() {
        run.pick(model.lots)
                .ifPresent(lot -> run.expect(
                        "draw-leave " + lot.person,
                        model.leave(lot),
                        run.as(lot.person).delete("/v1/draw-entries/" + ids.get(lot))));
    }

    /** The evening on which the list closes. */
    void closes() {
        DrawTime.runs();
        model.closes();
        run.did("draw-closes");
    }

    /** Ten minutes later; what the model cannot know is the seed. */
    void draws() {
        UUID id = run.sessionId(run.bookings.sessions.size() - 1);
        if (model.status.equals("STOPPED")) {
            DrawTime.runs();
            return;
        }
        JsonPath draw = Eventually.get("the draw's end", () -> {
            DrawTime.runs();
            JsonPath now = given().get("/v1/draws/" + id).jsonPath();
            return now.getString("status").equals("DONE") ? now : null;
        });
        run.did("draw-draws");
        List<Lot> list = model.list();
        List<String> order = DrawTime.order(
                draw.getString("seed"), list.stream().map(ids::get).toList());
        model.draws(
                order.stream()
                        .map(each -> list.stream()
                                .filter(lot -> ids.get(lot).equals(each))
                                .findFirst()
                                .orElseThrow())
                        .toList(),
                run.now);
        won();
    }

    private void won() {
        for (Lot each : model.lots) {
            if (each.booking != null) {
                List<Row> rows =
                        run.rows("select appointment from draw_entry where id = $1", UUID.fromString(ids.get(each)));
                assertThat(rows.get(0).getUUID(0)).as("the booking of a winner").isNotNull();
                run.bookingIds.put(each.booking, rows.get(0).getUUID(0).toString());
            }
        }
    }

    /** Every entry's state there and here, and what winners have. */
    void compare() {
        Map<String, String> expected = new HashMap<>();
        model.lots.forEach(each -> expected.put(ids.get(each), each.status));
        Map<String, String> actual = new HashMap<>();
        UUID draw = run.sessionId(run.bookings.sessions.size() - 1);
        run.rows("select id, status from draw_entry where draw_id = $1", draw)
                .forEach(row -> actual.put(row.getUUID(0).toString(), row.getString(1)));
        assertThat(actual).as("entries").isEqualTo(expected);
        List<String> won = new ArrayList<>();
        run.rows(
                        "select e.id from draw_entry e join appointment a on a.id = e.appointment and a.session_id = e.draw_id"
                                + " and a.person = e.person where e.draw_id = $1 and e.status = 'WON'",
                        draw)
                .forEach(row -> won.add(row.getUUID(0).toString()));
        assertThat(won)
                .as("winners with a booking of their own")
                .containsExactlyInAnyOrderElementsOf(model.lots.stream()
                        .filter(each -> each.status.equals("WON"))
                        .map(ids::get)
                        .toList());
    }
}
