package cn.kangka.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.schedule.PlanException.Kind;
import cn.kangka.api.schedule.SchedulePlan.Planned;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Templates, exceptions and holidays as sessions. */
class SchedulePlanTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate MONDAY = LocalDate.of(2027, 2, 1);
    private static final LocalDate SUNDAY = MONDAY.plusDays(6);

    private final Template monday = template(1, "D1", 8, 3, "20");
    private final Template wednesday = template(3, "D2", 14, 2, "30");

    private static Template template(int weekday, String doctor, int hour, int bands, String fee) {
        return new Template(
                UUID.randomUUID(),
                weekday,
                hour < 12 ? "AM" : "PM",
                "DEP",
                doctor,
                doctor + "/DEP",
                LocalTime.of(hour, 0),
                30,
                bands,
                2,
                new BigDecimal(fee),
                false,
                false,
                MONDAY,
                null);
    }

    private static PlanException closed(LocalDate day, String half, String doctor) {
        return new PlanException(day, Kind.CLOSED, half, null, doctor, null, null, null);
    }

    private SchedulePlan plan(Set<LocalDate> holidays, PlanException... exceptions) {
        return new SchedulePlan(List.of(monday, wednesday), List.of(exceptions), holidays, ZONE);
    }

    private List<String> days(SchedulePlan plan) {
        return plan.of(MONDAY, SUNDAY).stream()
                .map(each -> each.day().getDayOfWeek() + " " + each.template().role())
                .toList();
    }

    @Test
    void a_week_is_as_the_templates_say() {
        assertThat(days(plan(Set.of()))).containsExactly("MONDAY D1/DEP", "WEDNESDAY D2/DEP");
        assertThat(plan(Set.of()).of(MONDAY.minusDays(7), MONDAY.minusDays(1)))
                .as("before they hold")
                .isEmpty();
    }

    @Test
    void nobody_works_on_holidays_unless_the_day_is_swapped() {
        LocalDate holiday = MONDAY;
        LocalDate saturday = MONDAY.plusDays(5);
        assertThat(days(plan(Set.of(holiday)))).containsExactly("WEDNESDAY D2/DEP");
        assertThat(days(plan(Set.of(holiday), new PlanException(saturday, Kind.SWAP, null, null, null, 1, null, null))))
                .containsExactly("WEDNESDAY D2/DEP", "SATURDAY D1/DEP");
        assertThat(days(plan(Set.of(holiday), new PlanException(holiday, Kind.SWAP, null, null, null, 3, null, null))))
                .containsExactly("MONDAY D2/DEP", "WEDNESDAY D2/DEP");
    }

    @Test
    void closing_means_what_it_names() {
        assertThat(days(plan(Set.of(), closed(MONDAY, null, null)))).containsExactly("WEDNESDAY D2/DEP");
        assertThat(days(plan(Set.of(), closed(MONDAY, "PM", null)))).hasSize(2);
        assertThat(days(plan(Set.of(), closed(MONDAY, "AM", "D2")))).hasSize(2);
        assertThat(days(plan(Set.of(), closed(MONDAY, "AM", "D1")))).hasSize(1);
    }

    @Test
    void extra_days_and_other_doctors() {
        LocalDate friday = MONDAY.plusDays(4);
        assertThat(days(plan(
                        Set.of(), new PlanException(friday, Kind.EXTRA, null, null, null, null, monday.id(), null))))
                .containsExactly("MONDAY D1/DEP", "WEDNESDAY D2/DEP", "FRIDAY D1/DEP");
        assertThat(days(plan(
                        Set.of(), new PlanException(MONDAY, Kind.EXTRA, null, null, null, null, monday.id(), null))))
                .as("an extra of what is there anyway is not twice")
                .hasSize(2);
        assertThat(days(plan(
                        Set.of(),
                        new PlanException(MONDAY, Kind.OTHER_DOCTOR, null, null, "D3", null, monday.id(), "D3/DEP"))))
                .containsExactly("MONDAY D3/DEP", "WEDNESDAY D2/DEP");
    }

    @Test
    void bands_follow_each_other() {
        SchedulePlan plan = plan(Set.of());
        var session = plan.session(new Planned(monday, MONDAY));
        assertThat(session.bands()).hasSize(3);
        assertThat(session.bands().get(0).start()).hasToString("2027-02-01T08:00+08:00");
        assertThat(session.bands().get(2).end()).hasToString("2027-02-01T09:30+08:00");
        assertThat(session.bands().get(1).start())
                .isEqualTo(session.bands().get(0).end());
    }

    @Test
    void whatever_must_not_change_under_a_booking_makes_another_session() {
        assertThat(monday.code(MONDAY)).isNotEqualTo(monday.by("D9/DEP").code(MONDAY));
        assertThat(monday.code(MONDAY)).isNotEqualTo(monday.code(MONDAY.plusDays(7)));
    }
}
