package cn.kangka.api.draw;

import static cn.kangka.api.draw.DrawHall.digest;
import static cn.kangka.api.draw.DrawHall.draw;
import static cn.kangka.api.draw.DrawHall.enter;
import static cn.kangka.api.draw.DrawHall.entered;
import static cn.kangka.api.draw.DrawHall.hash;
import static cn.kangka.api.draw.DrawHall.leave;
import static cn.kangka.api.draw.DrawHall.list;
import static cn.kangka.api.draw.DrawHall.mine;
import static cn.kangka.api.draw.DrawHall.order;
import static cn.kangka.api.draw.DrawHall.slots;
import static cn.kangka.api.draw.DrawHall.status;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.appointment.BookingDesk;
import cn.kangka.api.draw.DrawHall.Line;
import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.OwnRules;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.kit.database.Database;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Draws of scarce sessions. The jobs run beside the tests: whatever they do in between is what another replica would do. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class DrawTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Database database;

    @Inject
    Patients patients;

    @Inject
    Drawing drawing;

    @Inject
    DrawNews news;

    private LocalDate today;
    private LocalDate day;

    @BeforeEach
    void ten_in_the_morning() {
        today = LocalDate.now(ZONE);
        day = today.plusDays(10);
        at(today, 10, 0);
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void at(LocalDate date, int hour, int minute) {
        clock.set(date.atTime(hour, minute).atZone(ZONE).toInstant());
    }

    private static String time(LocalDate date, int hour, int minute) {
        return date.atTime(hour, minute).atZone(ZONE).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private static void assertAt(String time, LocalDate date, int hour, int minute) {
        assertThat(OffsetDateTime.parse(time)).isEqualTo(OffsetDateTime.parse(time(date, hour, minute)));
    }

    /** A session of one band: of 5 units four are on pre-booking. */
    private Schedules session(int bands, int units) {
        Schedules hospital = Schedules.fresh().scarceMorning(day, bands, units).say();
        drawing.run().await().indefinitely();
        return hospital;
    }

    private static String slot(Schedules hospital) {
        return slots(hospital).getString("items[0].id");
    }

    private static String drawOf(Schedules hospital) {
        return slots(hospital).getString("items[0].draw");
    }

    private void closes() {
        at(today.plusDays(2), 20, 0);
        drawing.run().await().indefinitely();
    }

    /** The window closes, the pause passes, and all is given. */
    private void draws(String draw) {
        closes();
        at(today.plusDays(2), 20, 11);
        Eventually.get("the draw's end", () -> {
            drawing.run().await().indefinitely();
            return draw(draw).getString("status").equals("DONE") ? draw : null;
        });
    }

    private void assertTold(String key) {
        Eventually.get("a notice " + key, () -> told(key) > 0 ? key : null);
    }

    private static long told(String key) {
        return Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .filter(asked -> asked.body().contains(key))
                .count();
    }

    @Test
    void who_wins_is_booked_as_the_public_order_says_and_who_loses_is_told_and_waits() {
        Schedules hospital = session(1, 5);
        String slot = slot(hospital);
        String draw = drawOf(hospital);
        List<Patient> people = patients.adults(10);
        Map<String, Patient> entries = new HashMap<>();
        for (int i = 0; i < people.size(); i++) {
            entries.put(entered(people.get(i), slot, i % 2 == 0), people.get(i));
        }
        JsonPath open = draw(draw);
        assertThat(open.getString("status")).isEqualTo("OPEN");
        assertAt(open.getString("closesAt"), today.plusDays(2), 20, 0);
        assertThat(open.getString("seed")).isNull();
        assertThat(list(draw, 200)).isEmpty();

        closes();
        JsonPath closed = draw(draw);
        assertThat(closed.getString("status")).isEqualTo("CLOSED");
        assertThat(closed.getString("seed")).isNull();
        List<String> ids = list(draw, 3).stream().map(Line::id).toList();
        assertThat(ids).hasSize(10).isSorted().hasSameElementsAs(entries.keySet());
        assertThat(closed.getString("digest")).isEqualTo(digest(ids));
        assertThat(closed.getInt("entries")).isEqualTo(10);

        draws(draw);
        JsonPath done = draw(draw);
        assertThat(done.getString("commitment")).isEqualTo(open.getString("commitment"));
        assertThat(done.getString("digest")).isEqualTo(closed.getString("digest"));
        assertThat(hash(done.getString("seed"))).isEqualTo(open.getString("commitment"));
        List<Line> lines = list(draw, 3);
        List<String> order = order(done.getString("seed"), ids);
        assertThat(lines.stream().map(Line::id).toList()).isEqualTo(order);
        assertThat(lines.stream().map(Line::rank).toList()).isEqualTo(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        assertThat(done.getInt("units")).isEqualTo(4);
        assertThat(lines.stream().limit(4).map(Line::outcome)).containsOnly("WON");
        assertThat(lines.stream().skip(4).map(Line::outcome)).containsOnly("LOST");

        Patient winner = entries.get(order.get(0));
        String appointment = mine(winner).getString("items[0].appointment");
        given().auth()
                .oauth2(winner.token())
                .get("/v1/appointments/" + appointment)
                .then()
                .statusCode(200)
                .body("status", equalTo("BOOKED"))
                .body("hospitalStatus", equalTo("PENDING"))
                .body("channel", equalTo("app"));
        assertTold("draw-won:" + appointment);
        news.tell().await().indefinitely();
        order.stream().skip(4).forEach(id -> assertTold("draw-lost:" + id));
        assertThat(told("booking-made:" + appointment)).isZero();
        assertWaitsInOrder(entries, order.subList(4, 10), people);
        assertThat(BookingDesk.units(pool, hospital).used()).isEqualTo(4);
        assertCancelIsOffered(hospital, winner, appointment, entries, order);
    }

    private void assertWaitsInOrder(Map<String, Patient> entries, List<String> lost, List<Patient> people) {
        int position = 0;
        for (String id : lost) {
            Patient loser = entries.get(id);
            JsonPath waiting = waiting(loser);
            if (people.indexOf(loser) % 2 == 0) {
                assertThat(waiting.getInt("items[0].position")).isEqualTo(++position);
            } else {
                assertThat(waiting.getList("items")).isEmpty();
            }
        }
    }

    private static JsonPath waiting(Patient patient) {
        return given().auth()
                .oauth2(patient.token())
                .get("/v1/me/waiting-entries")
                .jsonPath();
    }

    private void assertCancelIsOffered(
            Schedules hospital, Patient winner, String appointment, Map<String, Patient> entries, List<String> order) {
        BookingDesk.cancel(winner.token(), appointment).then().statusCode(200);
        Patient next = order.stream()
                .skip(4)
                .map(entries::get)
                .filter(each -> !waiting(each).getList("items").isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(waiting(next).getString("items[0].status")).isEqualTo("OFFERED");
        assertThat(slots(hospital).getInt("items[0].free")).isZero();
        assertThat(BookingDesk.units(pool, hospital).held()).isEqualTo(1);
    }

    @Test
    void a_list_that_was_begun_before_the_draw_goes_on_in_its_order() {
        Schedules hospital = session(1, 5);
        String draw = drawOf(hospital);
        List<String> ids = patients.adults(4).stream()
                .map(each -> entered(each, slot(hospital)))
                .sorted()
                .toList();
        closes();
        JsonPath first = given().get("/v1/draws/" + draw + "/entries?limit=2").jsonPath();
        draws(draw);
        JsonPath second = given().get("/v1/draws/" + draw + "/entries?cursor=" + first.getString("next"))
                .jsonPath();
        List<String> seen = new ArrayList<>(first.getList("items.id", String.class));
        seen.addAll(second.getList("items.id", String.class));
        assertThat(seen).isEqualTo(ids);
        given().get("/v1/draws/" + draw + "/entries?cursor=bm9uc2Vuc2U").then().statusCode(422);
        given().get("/v1/draws/" + UUID.randomUUID() + "/entries").then().statusCode(404);
        given().get("/v1/draws/" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void a_draw_is_entered_once_in_its_window_and_left_in_it() {
        Schedules hospital = session(1, 5);
        String slot = slot(hospital);
        Patient patient = patients.adult();
        BookingDesk.book(patient, slot).then().statusCode(409).body("type", endsWith("/problems/slot-by-draw"));
        String entry = enter(patient.token(), "one", Map.of("slotId", slot))
                .then()
                .statusCode(201)
                .body("open", equalTo(true))
                .extract()
                .path("id");
        assertThat(entered(patient, slot)).isEqualTo(entry);
        enter(patient.token(), "one", Map.of("slotId", slot)).then().body("id", equalTo(entry));
        assertThat(mine(patient).getList("items")).hasSize(1);
        leave(patients.adult(), entry).then().statusCode(404);
        leave(patient, entry).then().statusCode(204);
        leave(patient, entry).then().statusCode(204);
        assertThat(status(patient)).isEqualTo("LEFT");
        String again = entered(patient, slot);
        assertThat(again).isNotEqualTo(entry);

        enter(patients.nobody().token(), Map.of("slotId", slot)).then().statusCode(403);
        enter(patient.token(), Map.of("slotId", UUID.randomUUID().toString()))
                .then()
                .statusCode(404);
        enter(patient.token(), Map.of()).then().statusCode(400);
        enter(patient.token(), "", Map.of("slotId", slot)).then().statusCode(400);

        closes();
        leave(patient, again).then().statusCode(409).body("rule", equalTo("draw.closed"));
        enter(patients.adult().token(), Map.of("slotId", slot))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/draw-closed"))
                .body("rule", equalTo("draw.closed"))
                .body("liftsAt", nullValue());
        assertThat(list(drawOf(hospital), 200)).extracting(Line::id).containsExactly(again);
    }

    @Test
    void before_the_release_the_person_is_told_from_when() {
        day = today.plusDays(20);
        Schedules hospital = session(1, 5);
        String slot = one("select id from slot where hospital = $1", Tuple.of(hospital.source()))
                .getUUID(0)
                .toString();
        enter(patients.adult().token(), Map.of("slotId", slot))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/draw-not-open"))
                .body("liftsAt", equalTo(time(today.plusDays(6), 18, 0)));
        at(today.plusDays(6), 18, 0);
        // Nobody needs to wait for the job.
        entered(patients.adult(), slot);
        assertAt(draw(drawOf(hospital)).getString("opensAt"), today.plusDays(6), 18, 0);
    }

    @Test
    void what_is_published_too_late_for_a_draw_is_booked() {
        day = today.plusDays(1);
        Schedules hospital = session(1, 5);
        assertThat(slots(hospital).getString("items[0].mode")).isEqualTo("BOOK");
        Patient patient = patients.adult();
        enter(patient.token(), Map.of("slotId", slot(hospital)))
                .then()
                .statusCode(409)
                .body("rule", equalTo("draw.not-by-lot"));
        BookingDesk.booked(patient, slot(hospital));

        hospital.scarceMorning(day, 1, 10).say();
        assertThat(one(
                                "select quota[1] < bookable as shared from clinic_session where hospital = $1",
                                Tuple.of(hospital.source()))
                        .getBoolean(0))
                .as("channels keep their quotas where nothing was drawn")
                .isTrue();
    }

    @Test
    void limits_are_judged_on_entering_and_again_when_the_turn_comes() {
        Schedules hospital = session(1, 5);
        String slot = slot(hospital);
        Patient booked = patients.adult();
        List<Schedules> others = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            others.add(Schedules.fresh().morning(day, 1, 10).say());
        }
        String entry = entered(booked, slot);
        others.forEach(other -> BookingDesk.booked(booked, slot(other)));
        Patient late = patients.adult();
        others.forEach(other -> BookingDesk.booked(late, slot(other)));
        enter(late.token(), Map.of("slotId", slot))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.max-per-visit-day"));

        draws(drawOf(hospital));

        assertThat(status(booked)).isEqualTo("PASSED");
        assertThat(mine(booked).getString("items[0].reason")).isEqualTo("appointment.max-per-visit-day");
        news.tell().await().indefinitely();
        assertTold("draw-lost:" + entry);
        assertThat(BookingDesk.units(pool, hospital).used()).isZero();
        assertThat(list(drawOf(hospital), 200)).containsExactly(new Line(entry, 1, "PASSED"));
    }

    @Test
    void somebody_whom_nobody_knows_any_more_stops_no_draw() {
        Schedules hospital = session(1, 5);
        List<Patient> people = patients.adults(2);
        people.forEach(each -> entered(each, slot(hospital)));
        update(
                "update draw_entry set person = gen_random_uuid() where person = $1",
                people.get(0).person());
        draws(drawOf(hospital));
        assertThat(status(people.get(1))).isEqualTo("WON");
        assertThat(list(drawOf(hospital), 200)).extracting(Line::outcome).containsExactlyInAnyOrder("WON", "PASSED");
    }

    @Test
    void who_books_for_somebody_without_an_account_is_told_that_they_drew_nothing() {
        Schedules hospital = session(1, 5);
        Patient mother = patients.adult();
        Patient carer = patients.adult();
        String entry = entered(mother, slot(hospital));
        update("update account set status = 'CLOSED' where person = $1", mother.person());
        pool.preparedQuery("insert into dependant (id, account, person, relation, kind, status, made_at, agreed_at)"
                        + " values (gen_random_uuid(), $1, $2, 'PARENT', 'CONSENT', 'ACTIVE', now(), now())")
                .execute(Tuple.of(carer.account(), mother.person()))
                .await()
                .indefinitely();

        update("update draw_entry set status = 'PASSED' where person = $1", mother.person());
        news.tell().await().indefinitely();
        assertTold("draw-lost:" + entry + ":" + carer.account());
    }

    @Test
    void a_draw_has_its_hospitals_own_window_and_says_in_how_many_one_may_be() {
        Schedules hospital = Schedules.fresh().hospital("短期医院").say();
        Map<String, Integer> own = Map.of(
                "draw.window-days", 1,
                "draw.closes", 12 * 60,
                "draw.reveal-after-minutes", 30,
                "draw.entries-per-person", 1);
        OwnRules.set(pool, hospital.source(), own);
        hospital.scarceMorning(day, 1, 5).say();
        drawing.run().await().indefinitely();
        String slot = slot(hospital);
        assertAt(draw(drawOf(hospital)).getString("closesAt"), today.plusDays(1), 12, 0);
        assertAt(draw(drawOf(hospital)).getString("drawsAt"), today.plusDays(1), 12, 30);

        Patient patient = patients.adult();
        entered(patient, slot(session(1, 5)));
        enter(patient.token(), Map.of("slotId", slot))
                .then()
                .statusCode(409)
                .body("rule", equalTo("draw.too-many"))
                .body("detail", containsString("1"));
    }

    @Test
    void a_person_is_in_three_open_draws_at_a_time() {
        Patient patient = patients.adult();
        for (int i = 0; i < 3; i++) {
            entered(patient, slot(session(1, 5)));
        }
        enter(patient.token(), Map.of("slotId", slot(session(1, 5))))
                .then()
                .statusCode(409)
                .body("rule", equalTo("draw.too-many"));
    }

    @Test
    void what_nobody_drew_is_booked_by_everybody_from_one_pool() {
        Schedules hospital = session(1, 10);
        String draw = drawOf(hospital);
        Patient only = patients.adult();
        entered(only, slot(hospital));
        draws(draw);
        assertThat(status(only)).isEqualTo("WON");
        assertThat(slots(hospital).getString("items[0].mode")).isEqualTo("BOOK");
        assertThat(slots(hospital).getString("items[0].draw")).isEqualTo(draw);
        assertThat(slots(hospital).getInt("items[0].free"))
                .as("8 of 10 are on pre-booking")
                .isEqualTo(7);
        for (int i = 0; i < 7; i++) {
            BookingDesk.booked(patients.adult(), slot(hospital));
        }
        BookingDesk.book(patients.adult(), slot(hospital)).then().statusCode(409);

        // The hospital says the same again: what was drawn stays drawn.
        hospital.scarceMorning(day, 1, 10).say();
        assertThat(slots(hospital).getString("items[0].mode")).isEqualTo("BOOK");
        drawing.run().await().indefinitely();
        assertThat(draw(draw).getString("status")).isEqualTo("DONE");
        assertThat(BookingDesk.units(pool, hospital).used()).isEqualTo(8);
    }

    @Test
    void what_is_kept_for_referrals_is_kept_through_the_draw_until_its_own_time() {
        Schedules hospital = Schedules.fresh().hospital("预留医院").say();
        OwnRules.reserve(pool, hospital.source(), 25);
        hospital.scarceMorning(day, 1, 10).say();
        drawing.run().await().indefinitely();
        Patient only = patients.adult();
        entered(only, slot(hospital));
        draws(drawOf(hospital));

        assertThat(slots(hospital).getInt("items[0].free"))
                .as("8 of 10 are on pre-booking, 2 of them kept, 1 is drawn")
                .isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            BookingDesk.booked(patients.adult(), slot(hospital));
        }
        BookingDesk.book(patients.adult(), slot(hospital)).then().statusCode(409);
        at(day.minusDays(1), 18, 0);
        BookingDesk.booked(patients.adult(), slot(hospital));
        BookingDesk.booked(patients.adult(), slot(hospital));
        BookingDesk.book(patients.adult(), slot(hospital)).then().statusCode(409);
    }

    @Test
    void the_wanted_band_comes_first_and_any_other_after_it() {
        Schedules hospital = session(2, 5);
        String second = slots(hospital).getString("items[1].id");
        List<Patient> people = patients.adults(6);
        people.forEach(each -> entered(each, second));
        String draw = drawOf(hospital);
        draws(draw);
        List<String> won = people.stream()
                .map(each -> given().auth()
                        .oauth2(each.token())
                        .get("/v1/appointments/" + mine(each).getString("items[0].appointment"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .<String>path("slotId"))
                .toList();
        assertThat(won.stream().filter(second::equals).count()).isEqualTo(5);
        assertThat(mine(people.get(won.indexOf(slots(hospital).getString("items[0].id"))))
                        .getInt("items[0].rank"))
                .isEqualTo(6);
    }

    @Test
    void a_draw_that_dies_at_any_moment_goes_on_with_the_same_result() {
        Schedules hospital = session(1, 5);
        String draw = drawOf(hospital);
        List<String> ids = patients.adults(9).stream()
                .map(each -> entered(each, slot(hospital)))
                .toList();
        UUID id = UUID.fromString(draw);
        at(today.plusDays(2), 20, 0);
        drawing.close(id).await().indefinitely();
        drawing.close(id).await().indefinitely();
        drawing.rank(id).await().indefinitely();
        assertThat(draw(draw).getString("status")).as("the pause is not over").isEqualTo("CLOSED");
        String digest = draw(draw).getString("digest");
        at(today.plusDays(2), 20, 11);
        drawing.rank(id).await().indefinitely();
        drawing.rank(id).await().indefinitely();
        for (int round = 0; round < 6; round++) {
            dies(id);
            database.write(tx -> drawing.give(tx, id)).await().indefinitely();
            BookingDesk.units(pool, hospital);
        }
        draws(draw);
        assertThat(draw(draw).getString("digest")).isEqualTo(digest);
        List<Line> lines = list(draw, 200);
        assertThat(lines.stream().map(Line::id).toList())
                .isEqualTo(order(draw(draw).getString("seed"), ids));
        assertThat(lines.stream().limit(4).map(Line::outcome)).containsOnly("WON");
        assertThat(lines.stream().skip(4).map(Line::outcome)).containsOnly("LOST");
        assertThat(BookingDesk.units(pool, hospital).used()).isEqualTo(4);
    }

    /** All of a step's work, and then the process is gone before the commit. */
    private void dies(UUID draw) {
        assertThatThrownBy(() -> database.write(tx -> drawing.give(tx, draw)
                                .chain(() -> Uni.createFrom().failure(new IllegalStateException("killed"))))
                        .await()
                        .indefinitely())
                .hasMessage("killed");
    }

    @Test
    void a_list_that_was_tampered_with_after_it_closed_is_not_drawn() {
        Schedules hospital = session(1, 5);
        String draw = drawOf(hospital);
        String entry = entered(patients.adult(), slot(hospital));
        closes();
        update("update draw_entry set id = gen_random_uuid() where id = $1", UUID.fromString(entry));
        at(today.plusDays(2), 20, 11);
        UUID id = UUID.fromString(draw);
        assertThatThrownBy(() -> drawing.rank(id).await().indefinitely())
                .hasMessageContaining("is not the one that was closed");
        // The others are drawn nevertheless.
        drawing.run().await().indefinitely();
        assertThat(draw(draw).getString("status")).isEqualTo("CLOSED");
        update("update draw_entry set id = '" + entry + "' where draw_id = $1", id);
        draws(draw);
    }

    @Test
    void a_draw_that_closes_late_is_drawn_late_by_as_much() {
        Schedules hospital = session(1, 5);
        String draw = drawOf(hospital);
        entered(patients.adult(), slot(hospital));
        update(
                "update draw set closes_at = '" + time(today, 13, 0) + "', draws_at = '" + time(today, 13, 10)
                        + "' where id = $1",
                UUID.fromString(draw));
        at(today, 15, 0);
        drawing.close(UUID.fromString(draw)).await().indefinitely();
        assertThat(OffsetDateTime.parse(draw(draw).getString("drawsAt")))
                .isAfterOrEqualTo(OffsetDateTime.parse(time(today, 15, 10)))
                .isBefore(OffsetDateTime.parse(time(today, 15, 12)));
    }

    @Test
    void an_agent_enters_a_caller_for_the_call_centre() {
        Schedules hospital = session(1, 5);
        String slot = slot(hospital);
        Agent agent = Agent.named("draw-agent");
        Patient caller = patients.adult();
        Map<String, Object> body = Map.of("slotId", slot, "personId", caller.person());
        enter(agent.token(), body).then().statusCode(403);
        agent.believes(caller.person());
        String entry =
                enter(agent.token(), body).then().statusCode(201).extract().path("id");
        assertThat(status(caller)).isEqualTo("ENTERED");
        given().auth()
                .oauth2(agent.token())
                .get("/v1/persons/" + caller.person() + "/draw-entries")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(entry));
        assertThat(one("select count(*) from audit_entry where action = 'draw.enter' and object = $1", Tuple.of(entry))
                        .getLong(0))
                .isEqualTo(1);
        draws(drawOf(hospital));
        String appointment = mine(caller).getString("items[0].appointment");
        given().auth()
                .oauth2(caller.token())
                .get("/v1/appointments/" + appointment)
                .then()
                .body("channel", equalTo("call-centre"));
    }

    @Test
    void a_partner_enters_whom_it_names_and_takes_back_what_it_made() {
        String slot = slot(session(1, 5));
        String bank = TestTokens.client("draw-bank-1", "partner", "appointments:write", Map.of("channel", "bank"));
        String reader = TestTokens.client("draw-bank-2", "partner", "slots:read", Map.of("channel", "bank"));
        String other = TestTokens.client("draw-bank-3", "partner", "appointments:write", Map.of("channel", "bank"));
        Patient patient = patients.adult();
        Map<String, Object> body = Map.of("slotId", slot, "personId", patient.person());
        enter(reader, body).then().statusCode(403);
        enter(bank, Map.of("slotId", slot)).then().statusCode(422);
        String entry = enter(bank, body).then().statusCode(201).extract().path("id");
        given().auth().oauth2(other).delete("/v1/draw-entries/" + entry).then().statusCode(404);
        given().auth().oauth2(bank).delete("/v1/draw-entries/" + entry).then().statusCode(204);
        assertThat(status(patient)).isEqualTo("LEFT");
    }

    @Test
    void a_partner_sees_what_came_of_its_entries_and_of_nobody_else_s() {
        Schedules hospital = session(1, 5);
        String slot = slot(hospital);
        String bank = TestTokens.client("draw-bank-5", "partner", "appointments:write", Map.of("channel", "bank"));
        String other = TestTokens.client("draw-bank-6", "partner", "appointments:write", Map.of("channel", "bank"));
        String reader = TestTokens.client("draw-bank-7", "partner", "slots:read", Map.of("channel", "bank"));
        String first = enter(
                        bank,
                        Map.of("slotId", slot, "personId", patients.adult().person()))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String second = enter(
                        bank,
                        Map.of("slotId", slot, "personId", patients.adult().person()))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String elsewhere = entered(patients.adult(), slot);
        get(reader, "/v1/partner/draw-entries").then().statusCode(403);
        draws(drawOf(hospital));

        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page = get(bank, "/v1/partner/draw-entries?limit=1&cursor=" + next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.id"));
            next = page.getString("next");
        }
        assertThat(seen).containsExactlyInAnyOrder(first, second);
        String booking = get(bank, "/v1/draw-entries/" + first)
                .then()
                .statusCode(200)
                .body("status", equalTo("WON"))
                .extract()
                .path("appointment");
        get(bank, "/v1/appointments/" + booking).then().statusCode(200).body("status", equalTo("BOOKED"));
        assertThat(get(bank, "/v1/partner/appointments").jsonPath().getList("items.id"))
                .contains(booking)
                .hasSize(2);
        get(bank, "/v1/draw-entries/" + elsewhere).then().statusCode(404);
        get(other, "/v1/draw-entries/" + first).then().statusCode(404);
        get(other, "/v1/partner/draw-entries").then().statusCode(200).body("items", hasSize(0));
        get(other, "/v1/partner/appointments").then().statusCode(200).body("items", hasSize(0));
    }

    private static Response get(String token, String path) {
        return given().auth().oauth2(token).get(path);
    }

    @Test
    void whoever_is_told_that_they_are_in_is_in_the_list_that_closes_meanwhile() throws Exception {
        Schedules hospital = session(1, 5);
        String slot = slot(hospital);
        UUID draw = UUID.fromString(drawOf(hospital));
        List<CompletableFuture<Response>> storm = new ArrayList<>();
        ExecutorService many = Executors.newFixedThreadPool(12);
        try {
            for (Patient each : patients.adults(120)) {
                storm.add(CompletableFuture.supplyAsync(() -> enter(each.token(), Map.of("slotId", slot)), many));
            }
            storm.get(30).get();
            // The window ends now, while the others are on their way.
            update("update draw set closes_at = opens_at + interval '1 millisecond' where id = $1", draw);
            drawing.close(draw).await().indefinitely();
            List<String> in = new ArrayList<>();
            for (CompletableFuture<Response> each : storm) {
                Response answer = each.get();
                assertThat(answer.statusCode()).isIn(201, 409);
                if (answer.statusCode() == 201) {
                    in.add(answer.jsonPath().getString("id"));
                }
            }
            JsonPath closed = draw(draw.toString());
            assertThat(closed.getString("status")).isEqualTo("CLOSED");
            assertThat(list(draw.toString(), 200)).extracting(Line::id).containsExactlyInAnyOrderElementsOf(in);
            assertThat(closed.getString("digest")).isEqualTo(digest(in));
            assertThat(closed.getInt("entries")).isEqualTo(in.size()).isGreaterThanOrEqualTo(30);
        } finally {
            many.shutdownNow();
        }
    }

    @Test
    void a_stop_of_the_clinic_ends_its_draw_and_everybody_is_told_once() {
        Schedules hospital = session(1, 5);
        String slot = slot(hospital);
        String draw = drawOf(hospital);
        Patient patient = patients.adult();
        String entry = entered(patient, slot);
        stops(hospital, "/v1/stops/preview").then().statusCode(200).body("waiting", equalTo(1));
        stops(hospital, "/v1/stops").then().statusCode(201);
        assertThat(status(patient)).isEqualTo("STOPPED");
        assertThat(draw(draw).getString("status")).isEqualTo("STOPPED");
        news.tell().await().indefinitely();
        news.tell().await().indefinitely();
        assertTold("draw-stopped:" + entry);
        enter(patients.adult().token(), Map.of("slotId", slot))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/slot-closed"));
        at(today.plusDays(2), 20, 11);
        drawing.run().await().indefinitely();
        assertThat(draw(draw).getString("status")).isEqualTo("STOPPED");
        assertThat(draw(draw).getString("seed")).isNull();
        assertThat(told("draw-stopped:" + entry)).isEqualTo(1);
    }

    private Response stops(Schedules hospital, String path) {
        return given().auth()
                .oauth2(Agent.supervisor("draw-supervisor").token())
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "hospital",
                        hospital.source(),
                        "from",
                        day.toString(),
                        "to",
                        day.toString(),
                        "reason",
                        "医生急诊手术"))
                .post(path);
    }

    @Test
    void who_is_merged_is_in_the_draw_as_the_survivor_once() {
        Schedules hospital = session(1, 5);
        String slot = slot(hospital);
        String draw = drawOf(hospital);
        Patient survivor = patients.adult();
        Patient alone = patients.adult();
        Patient twice = patients.adult();
        Patient both = patients.adult();
        String moved = entered(alone, slot);
        BookingDesk.merge(alone.person(), survivor.person());
        assertThat(mine(survivor).getString("items[0].id")).isEqualTo(moved);
        entered(twice, slot);
        BookingDesk.merge(twice.person(), survivor.person());
        String late = entered(both, slot);
        closes();
        assertThat(list(draw, 200)).extracting(Line::id).containsExactlyInAnyOrder(moved, late);
        BookingDesk.merge(both.person(), survivor.person());
        assertThat(list(draw, 200)).as("a closed list is not changed").hasSize(2);

        draws(draw);

        assertThat(list(draw, 200)).extracting(Line::outcome).containsExactlyInAnyOrder("WON", "PASSED");
        assertThat(BookingDesk.units(pool, hospital).used()).isEqualTo(1);
    }

    @Test
    void a_merge_that_is_undone_gives_the_entry_back() {
        Schedules hospital = session(1, 5);
        String draw = drawOf(hospital);
        Patient patient = patients.adult();
        Patient stranger = patients.adult();
        String entry = entered(patient, slot(hospital));
        BookingDesk.merge(patient.person(), stranger.person());
        closes();
        assertThat(mine(stranger).getString("items[0].id")).isEqualTo(entry);

        BookingDesk.revive(patient.person());

        assertThat(mine(stranger).getList("items")).isEmpty();
        draws(draw);
        assertThat(mine(patient).getString("items[0].id")).isEqualTo(entry);
        assertThat(mine(patient).getString("items[0].status")).isEqualTo("WON");
    }

    @Test
    void everybody_has_the_same_chance() {
        // 400 fixed seeds, 10 entries, one unit: each wins 40 times, give or take four standard deviations of 6.
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(UUID.nameUUIDFromBytes(new byte[] {(byte) i}).toString());
        }
        Map<String, Integer> wins = new HashMap<>();
        String digest = digest(ids);
        for (int round = 0; round < 400; round++) {
            String seed = hash("fairness " + round);
            String first = one(
                            "select id from unnest($1::uuid[]) id order by"
                                    + " sha256(convert_to($2 || ':' || $3 || ':' || id::text, 'UTF8')) limit 1",
                            Tuple.of(ids.stream().map(UUID::fromString).toArray(UUID[]::new), seed, digest))
                    .getUUID(0)
                    .toString();
            assertThat(first).isEqualTo(order(seed, ids).get(0));
            wins.merge(first, 1, Integer::sum);
        }
        assertThat(wins.keySet()).isEqualTo(new HashSet<>(ids));
        assertThat(wins.values()).allSatisfy(count -> assertThat(count).isBetween(16, 64));
    }

    private void update(String sql, UUID id) {
        pool.preparedQuery(sql).execute(Tuple.of(id)).await().indefinitely();
    }

    private Row one(String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .await()
                .indefinitely()
                .iterator()
                .next();
    }
}
