package cn.kangka.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real HTTP client reads the stream. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class QueueStreamTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Watcher> opened = new CopyOnWriteArrayList<>();
    private LocalDate day;
    private QueueDesk desk;

    @BeforeEach
    void the_day_before() {
        day = LocalDate.now(ZONE).plusDays(1);
        clock.set(day.minusDays(1).atTime(10, 0).atZone(ZONE).toInstant());
        Neighbours.ordersAreTaken();
        desk = new QueueDesk(pool, Schedules.fresh().morning(day, 4, 5).say());
    }

    @AfterEach
    void close() {
        opened.forEach(Watcher::close);
        clock.reset();
    }

    private void eight() {
        clock.set(day.atTime(8, 0).atZone(ZONE).toInstant());
    }

    /** An open stream. */
    private static final class Watcher {
        private final List<JsonObject> seen = new CopyOnWriteArrayList<>();
        private CompletableFuture<HttpResponse<Stream<String>>> answer;
        private CompletableFuture<Void> end;

        JsonObject last() {
            return seen.isEmpty() ? new JsonObject() : seen.get(seen.size() - 1);
        }

        void sees(String state, Integer ahead) {
            Eventually.isTrue(
                    state + " " + ahead,
                    () -> state.equals(last().getString("state"))
                            && (ahead == null || ahead.equals(last().getInteger("ahead"))));
        }

        void close() {
            answer.join().body().close();
        }
    }

    private Watcher watch(Patient patient, String appointment) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + RestAssured.port + "/v1/appointments/" + appointment + "/queue/events"))
                .header("Authorization", "Bearer " + patient.token())
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", "whatever")
                .build();
        Watcher watcher = new Watcher();
        watcher.answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofLines());
        watcher.end = watcher.answer.thenAcceptAsync(response -> response.body()
                .filter(line -> line.startsWith("data:"))
                .forEach(line -> watcher.seen.add(new JsonObject(line.substring("data:".length())))));
        opened.add(watcher);
        return watcher;
    }

    @Test
    void shows_every_step_from_before_the_check_in_to_the_end_and_closes() {
        Patient first = patients.adult();
        Patient patient = patients.adult();
        String before = desk.booked(first, 0);
        String id = desk.booked(patient, 0);
        eight();
        Watcher watcher = watch(patient, id);
        watcher.sees("OPEN", null);

        desk.checkIn(first, before).then().statusCode(200);
        desk.checkIn(patient, id).then().statusCode(200);
        watcher.sees("WAITING", 1);
        assertThat(watcher.last().getString("number")).isEqualTo("A02");
        desk.next("1");
        watcher.sees("WAITING", 0);
        desk.next("2");
        watcher.sees("CALLED", null);
        assertThat(watcher.last().getString("room")).isEqualTo("2");
        desk.passed(id).then().statusCode(200);
        watcher.sees("PASSED", null);
        desk.checkIn(patient, id).then().statusCode(200);
        watcher.sees("WAITING", 0);
        desk.next("2");
        desk.done(id).then().statusCode(200);
        watcher.sees("DONE", null);
        Eventually.isTrue("the stream ends", () -> watcher.end.isDone());
    }

    @Test
    void tells_of_the_stop_of_the_clinic_and_closes() {
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        eight();
        desk.checkIn(patient, id).then().statusCode(200);
        Watcher watcher = watch(patient, id);
        watcher.sees("WAITING", 0);

        QueueDesk.stop(desk.hospital(), day).then().statusCode(201);

        watcher.sees("CLOSED", null);
        Eventually.isTrue("the stream ends", () -> watcher.end.isDone());
    }

    @Test
    void ends_with_the_right_to_see_it() throws Exception {
        Patient suspended = patients.adult();
        Patient parent = patients.adult();
        Patient carer = patients.adult();
        String first = desk.booked(suspended, 0);
        String second = desk.booked(parent, 0);
        pool.preparedQuery("insert into dependant (id, account, person, relation, kind, status, made_at, agreed_at)"
                        + " values (gen_random_uuid(), $1, $2, 'PARENT', 'CONSENT', 'ACTIVE', now(), now())")
                .execute(Tuple.of(carer.account(), parent.person()))
                .await()
                .indefinitely();
        eight();
        Watcher ofSuspended = watch(suspended, first);
        Watcher ofCarer = watch(carer, second);
        Watcher own = watch(parent, second);
        for (Watcher each : List.of(ofSuspended, ofCarer, own)) {
            each.sees("OPEN", null);
        }

        run("update account set status = 'SUSPENDED', suspended_for = 'OPERATOR' where id = $1", suspended.account());
        run("update dependant set status = 'ENDED' where account = $1", carer.account());

        ofSuspended.end.get(40, TimeUnit.SECONDS);
        ofCarer.end.get(40, TimeUnit.SECONDS);
        assertThat(own.end).isNotDone();
    }

    private void run(String sql, UUID id) {
        pool.preparedQuery(sql).execute(Tuple.of(id)).await().indefinitely();
    }

    @Test
    void is_for_the_booking_s_own_person_only_and_bounded() {
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        eight();
        assertThat(watch(patients.adult(), id).answer.join().statusCode()).isEqualTo(404);
        for (int i = 0; i < 3; i++) {
            watch(patient, id).sees("OPEN", null);
        }
        assertThat(watch(patient, id).answer.join().statusCode()).isEqualTo(429);
        opened.get(1).close();
        Eventually.isTrue("there is room again", () -> {
            Watcher another = watch(patient, id);
            boolean open = another.answer.join().statusCode() == 200;
            if (!open) {
                another.close();
            }
            return open;
        });
    }
}
