package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.departments;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.units;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class BookingRushTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @TestHTTPResource
    URI service;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private LocalDate day;

    @BeforeEach
    void ten_in_the_morning() {
        day = LocalDate.now(ZONE).plusDays(3);
        clock.set(LocalDate.now(ZONE).atTime(10, 0).atZone(ZONE).toInstant());
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    @Test
    void five_hundred_people_at_once_get_exactly_the_units_of_their_channel() {
        Schedules hospital = Schedules.fresh().morning(day, 3, 10).say();
        List<String> slots = slots(hospital);
        List<Patient> people = patients.adults(500);

        Map<String, Long> outcomes = count(all(people.stream()
                .map(patient -> book(patient, slots.get(people.indexOf(patient) % 3), UUID.randomUUID()))
                .toList()));

        // 30 units, 24 of them on pre-booking, 15 of these the app's.
        assertThat(outcomes).isEqualTo(Map.of("201", 15L, "409 slot-full", 485L));
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(30, 15, 0, 0, 15));
    }

    @Test
    void one_key_in_parallel_makes_one_booking() {
        Schedules hospital = Schedules.fresh().morning(day, 7, 3).say();
        Patient patient = patients.adult();
        UUID key = UUID.randomUUID();
        String slot = slots(hospital).get(0);

        List<HttpResponse<String>> answers = all(
                IntStream.range(0, 40).mapToObj(i -> book(patient, slot, key)).toList());

        assertThat(count(answers).keySet()).isSubsetOf("201", "409 idempotency-key-in-progress");
        assertThat(answers.stream()
                        .filter(each -> each.statusCode() == 201)
                        .map(each -> JsonPath.from(each.body()).getString("id"))
                        .distinct())
                .hasSize(1);
        assertThat(units(pool, hospital).used()).isEqualTo(1);
    }

    @Test
    void one_person_in_parallel_stays_within_the_limits() {
        Schedules hospital = departments(day, 20, 1, 3);
        Patient patient = patients.adult();

        Map<String, Long> outcomes = count(all(slots(hospital).stream()
                .map(slot -> book(patient, slot, UUID.randomUUID()))
                .toList()));

        assertThat(outcomes).isEqualTo(Map.of("201", 2L, "409 max-per-visit-day", 18L));
    }

    @Test
    void storms_of_bookings_holds_and_cancels_keep_every_unit() {
        Schedules hospital = Schedules.fresh().morning(day, 3, 5).say();
        List<String> slots = slots(hospital);
        List<Patient> people = patients.adults(60);
        Random random = new Random(7);

        List<CompletableFuture<HttpResponse<String>>> storms = new ArrayList<>();
        for (Patient patient : people) {
            String slot = slots.get(random.nextInt(slots.size()));
            storms.add(
                    switch (random.nextInt(4)) {
                        case 0 -> book(patient, slot, UUID.randomUUID());
                        case 1 -> bookAndCancelTwice(patient, slot);
                        case 2 -> hold(patient, slot);
                        default -> holdAndBook(patient, slot);
                    });
        }
        List<HttpResponse<String>> answers = all(storms);

        assertThat(answers).allMatch(answer -> answer.statusCode() < 500);
        BookingDesk.Units units = units(pool, hospital);
        assertThat(units.taken()).isLessThanOrEqualTo(12);
        assertThat(units.used() + units.held()).isPositive();
    }

    private CompletableFuture<HttpResponse<String>> bookAndCancelTwice(Patient patient, String slot) {
        return book(patient, slot, UUID.randomUUID()).thenCompose(booked -> {
            if (booked.statusCode() != 201) {
                return CompletableFuture.completedFuture(booked);
            }
            String path = "/v1/appointments/" + JsonPath.from(booked.body()).getString("id") + "/cancel";
            return send(patient, path, UUID.randomUUID(), "")
                    .thenCombine(send(patient, path, UUID.randomUUID(), ""), (one, other) -> other);
        });
    }

    private CompletableFuture<HttpResponse<String>> holdAndBook(Patient patient, String slot) {
        return hold(patient, slot).thenCompose(held -> {
            if (held.statusCode() != 201) {
                return CompletableFuture.completedFuture(held);
            }
            String id = JsonPath.from(held.body()).getString("id");
            String body = "{\"slotId\":\"" + slot + "\",\"holdId\":\"" + id + "\"}";
            return send(patient, "/v1/appointments", UUID.randomUUID(), body);
        });
    }

    private CompletableFuture<HttpResponse<String>> hold(Patient patient, String slot) {
        return send(patient, "/v1/holds", UUID.randomUUID(), "{\"slotId\":\"" + slot + "\"}");
    }

    private CompletableFuture<HttpResponse<String>> book(Patient patient, String slot, UUID key) {
        return send(patient, "/v1/appointments", key, "{\"slotId\":\"" + slot + "\"}");
    }

    private CompletableFuture<HttpResponse<String>> send(Patient patient, String path, UUID key, String body) {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .header("Authorization", "Bearer " + patient.token())
                .header("Idempotency-Key", key.toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private static List<HttpResponse<String>> all(List<CompletableFuture<HttpResponse<String>>> sent) {
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private static Map<String, Long> count(List<HttpResponse<String>> answers) {
        return answers.stream()
                .map(BookingRushTest::outcome)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static String outcome(HttpResponse<String> answer) {
        return answer.statusCode() == 201
                ? "201"
                : answer.statusCode() + " "
                        + JsonPath.from(answer.body()).getString("type").replace("/problems/", "");
    }
}
