package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a stop of clinic with 500 bookings takes: {@code docs/benchmarks.md}. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
@Tag("proof")
class StopSpeedTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int BOOKINGS = 500;
    private static final int ROUNDS = 5;

    @Inject
    MovableClock clock;

    @Inject
    Patients patients;

    @AfterEach
    void now_again() {
        clock.reset();
    }

    @Test
    void a_stop_of_five_hundred_bookings_is_timed() {
        LocalDate day = LocalDate.now(ZONE).plusDays(1);
        clock.set(day.minusDays(1).atTime(19, 0).atZone(ZONE).toInstant());
        BookingDesk.ordersAreTaken();
        String supervisor = Agent.supervisor("stop-speed").token();
        for (int round = 0; round < ROUNDS; round++) {
            Schedules hospital = Schedules.fresh().morning(day, 7, 100).say();
            List<String> slots = slots(hospital);
            List<Patient> people = patients.adults(BOOKINGS);
            for (int i = 0; i < BOOKINGS; i++) {
                booked(people.get(i), slots.get(i % slots.size()));
            }
            long start = System.nanoTime();
            given().auth()
                    .oauth2(supervisor)
                    .contentType(ContentType.JSON)
                    .body(Map.of(
                            "hospital",
                            hospital.source(),
                            "from",
                            day.toString(),
                            "to",
                            day.toString(),
                            "reason",
                            "演练"))
                    .post("/v1/stops")
                    .then()
                    .statusCode(201)
                    .body("bookings", equalTo(BOOKINGS));
            System.out.printf("stop of %d bookings: %d ms%n", BOOKINGS, (System.nanoTime() - start) / 1_000_000);
        }
    }
}
