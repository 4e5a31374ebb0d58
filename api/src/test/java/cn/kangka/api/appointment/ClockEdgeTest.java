package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.free;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens around a boundary of time, on both sides of it. The hospital's wall clock is the region's, without DST. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ClockEdgeTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate LEAP_DAY = LocalDate.of(2028, 2, 29);

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @BeforeEach
    void ordersAreTaken() {
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    @Test
    void a_session_is_released_at_its_second_fourteen_days_before_also_across_a_leap_day() {
        LocalDate visit = LocalDate.of(2028, 3, 5);
        at(LocalDate.of(2028, 2, 20), "17:00:00");
        Schedules hospital = Schedules.fresh().morning(visit, 7, 3).say();
        String slot = one("select s.id::text from slot s where s.hospital = $1 order by s.start_at limit 1", hospital);
        Patient patient = patients.adult();

        at(LocalDate.of(2028, 2, 20), "17:59:30");
        given().get("/v1/slots?hospital=" + hospital.source()).then().body("items", hasSize(0));
        book(patient, slot)
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/slot-not-released"))
                .body("liftsAt", equalTo("2028-02-20T18:00:00+08:00"));
        at(LocalDate.of(2028, 2, 20), "18:00:00");
        given().get("/v1/slots?hospital=" + hospital.source()).then().body("items", hasSize(7));
        booked(patient, slot);
    }

    @Test
    void a_cancel_is_in_time_until_three_in_the_afternoon_of_the_day_before_a_leap_day() {
        at(LEAP_DAY.minusDays(3), "10:00:00");
        Schedules hospital = Schedules.fresh().morning(LEAP_DAY, 7, 3).say();
        Patient inTime = patients.adult();
        Patient late = patients.adult();
        String first = booked(inTime, slots(hospital).get(0));
        String second = booked(late, slots(hospital).get(1));

        at(LEAP_DAY.minusDays(1), "14:59:30");
        cancel(inTime.token(), first).then().statusCode(200);
        at(LEAP_DAY.minusDays(1), "15:00:01");
        cancel(late.token(), second).then().statusCode(200);

        assertThat(late(first)).isFalse();
        assertThat(late(second)).isTrue();
    }

    @Test
    void quotas_flow_back_at_their_second_the_evening_before() {
        LocalDate visit = LEAP_DAY.plusDays(1);
        at(visit.minusDays(2), "10:00:00");
        Schedules hospital = Schedules.fresh().morning(visit, 1, 20).say();
        String slot = slots(hospital).get(0);
        int own = free(slot, hospital, null);

        at(visit.minusDays(1), "17:59:30");
        assertThat(free(slot, hospital, null)).isEqualTo(own);
        at(visit.minusDays(1), "18:00:00");
        assertThat(free(slot, hospital, null)).isGreaterThan(own);
    }

    @Test
    void the_day_changes_at_the_regions_midnight_not_at_utcs() {
        at(LEAP_DAY, "23:59:30");
        Schedules today = Schedules.fresh().morning(LEAP_DAY.plusDays(1), 7, 3).say();
        given().get("/v1/slots?hospital=" + today.source() + "&from=2028-02-29&to=2028-02-29")
                .then()
                .body("items", hasSize(0));
        given().get("/v1/slots?hospital=" + today.source() + "&from=2028-03-01&to=2028-03-01")
                .then()
                .body("items", hasSize(7));
        at(LEAP_DAY.plusDays(1), "00:00:30");
        given().get("/v1/slots?hospital=" + today.source() + "&to=2028-03-01")
                .then()
                .body("items", hasSize(7));
        at(LEAP_DAY.plusDays(1), "08:30:00");
        given().get("/v1/slots?hospital=" + today.source() + "&to=2028-03-01")
                .then()
                .body("items", hasSize(6));
    }

    @Test
    void three_months_from_the_first_of_december_end_with_the_leap_day() {
        at(LocalDate.of(2028, 2, 20), "10:00:00");
        Schedules hospital = Schedules.fresh().morning(LEAP_DAY, 7, 3).say();
        Patient patient = patients.adult();
        for (int day = 1; day <= 5; day++) {
            past(patient, LocalDate.of(2027, 12, day));
        }
        book(patient, slots(hospital).get(0))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.max-per-3-months"))
                .body("liftsAt", equalTo("2028-03-01T00:00:00+08:00"));
        Schedules later = Schedules.fresh().morning(LEAP_DAY.plusDays(1), 7, 3).say();
        booked(patient, slots(later).get(0));
    }

    /** A visit that the person had, of a department of its own. */
    private void past(Patient patient, LocalDate date) {
        pool.preparedQuery("""
                        insert into appointment (id, person, hospital, department_id, practitioner_id, session_id, slot_id,
                            visit_date, start_at, end_at, fee, channel, status, hospital_status, booked_at, booked_by_kind,
                            booked_by)
                        select gen_random_uuid(), $1, s.hospital, gen_random_uuid(), e.practitioner_id, e.id, s.id, $2,
                            $3::timestamptz, $3 + interval '30 minutes', 0, 1, 'COMPLETED', 'ACCEPTED', $3, 'CITIZEN', 'test'
                        from slot s join clinic_session e on e.id = s.session_id
                        where e.practitioner_id is not null limit 1
                        """)
                .execute(Tuple.of(patient.person(), date, moment(date, "09:00:00")))
                .await()
                .indefinitely();
    }

    private boolean late(String appointment) {
        return pool.preparedQuery("select late_cancel from appointment where id = $1")
                .execute(Tuple.of(UUID.fromString(appointment)))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getBoolean(0);
    }

    private String one(String sql, Schedules hospital) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(hospital.source()))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString(0);
    }

    private void at(LocalDate date, String time) {
        clock.set(moment(date, time).toInstant());
    }

    private static OffsetDateTime moment(LocalDate date, String time) {
        return date.atTime(LocalTime.parse(time)).atZone(ZONE).toOffsetDateTime();
    }
}
