package cn.kangka.sandbox.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoRegionTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final DemoRegion REGION = DemoRegion.of(20_260_101, 100, MONDAY);

    @Test
    void there_are_seven_hospitals_a_hundred_centres_and_four_hundred_doctors() {
        assertThat(REGION.hospitals()).hasSize(7);
        assertThat(REGION.centres()).hasSize(100).extracting(Institution::name).doesNotHaveDuplicates();
        assertThat(REGION.institutions().stream()
                        .mapToInt(each -> REGION.doctors(each.id()).size())
                        .sum())
                .isEqualTo(400);
        assertThat(REGION.institution("H001").departments()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(REGION.hospitals().stream().filter(each -> each.bookingMode() == BookingMode.HOSPITAL_FILLS))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void two_weeks_have_between_twenty_and_forty_five_thousand_bands() {
        long bands = IntStream.rangeClosed(0, DemoRegion.DAYS_AHEAD)
                .mapToObj(MONDAY::plusDays)
                .flatMap(date ->
                        REGION.institutions().stream().flatMap(each -> REGION.sessions(each.id(), date).stream()))
                .mapToLong(session -> session.bands().size())
                .sum();
        assertThat(bands).isBetween(20_000L, 45_000L);
    }

    @Test
    void every_hospital_has_sessions_on_every_weekday() {
        for (Institution hospital : REGION.hospitals()) {
            for (int day = 0; day < 5; day++) {
                assertThat(REGION.sessions(hospital.id(), MONDAY.plusDays(day))).isNotEmpty();
            }
        }
    }

    @Test
    void a_session_has_bands_of_thirty_minutes_by_the_clock_of_shanghai() {
        Session session = new Session(REGION.doctors("H001").get(0), MONDAY, Session.Half.PM);
        assertThat(session.bands()).hasSize(7);
        assertThat(session.bands().get(0).start()).isEqualTo("2026-03-02T13:30:00+08:00");
        assertThat(session.bands().get(6).end())
                .isEqualTo("2026-03-02T17:00:00+08:00")
                .isEqualTo(session.end());
    }
}
