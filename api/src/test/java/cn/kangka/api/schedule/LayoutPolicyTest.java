package cn.kangka.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.schedule.LayoutPolicy.There;
import cn.kangka.api.schedule.LayoutPolicy.Work;
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

/** What is done about sessions that are there. */
class LayoutPolicyTest {
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

    private There there(Template template, LocalDate day, int taken, boolean open, boolean stopped) {
        return new There(
                template.code(day), template.id(), template.role(), day, template.half(), taken, open, stopped);
    }

    private static Work work(SchedulePlan plan, There... there) {
        return LayoutPolicy.of(plan.of(MONDAY, SUNDAY), List.of(there));
    }

    @Test
    void what_nobody_booked_is_closed_and_what_somebody_booked_is_reported() {
        SchedulePlan plan = plan(Set.of(), closed(MONDAY, null, null));
        assertThat(work(plan, there(monday, MONDAY, 0, true, false)).close()).containsExactly(monday.code(MONDAY));
        Work booked = work(plan, there(monday, MONDAY, 2, true, false));
        assertThat(booked.close()).isEmpty();
        assertThat(booked.conflicts()).hasSize(1);
        assertThat(booked.conflicts().get(0).reason()).isEqualTo(LayoutPolicy.Reason.BOOKED);
        assertThat(booked.conflicts().get(0).bookings()).isEqualTo(2);
        assertThat(work(plan, there(monday, MONDAY, 0, false, false)).close())
                .as("once")
                .isEmpty();
    }

    @Test
    void a_changed_template_waits_where_people_have_booked() {
        Template before = monday.by("D9/DEP");
        Work work = work(plan(Set.of()), there(before, MONDAY, 1, true, false));
        assertThat(work.publish()).extracting(Planned::day).containsExactly(MONDAY.plusDays(2));
        Work free = work(plan(Set.of()), there(before, MONDAY, 0, true, false));
        assertThat(free.close()).containsExactly(before.code(MONDAY));
        assertThat(free.publish()).hasSize(2);
        assertThat(free.fresh()).isEqualTo(2);
    }

    @Test
    void what_the_hospital_published_itself_is_not_doubled_and_what_was_stopped_stays_stopped() {
        There own = new There("S1", null, "D1/DEP", MONDAY, "AM", 0, true, false);
        Work work = work(plan(Set.of()), own);
        assertThat(work.publish()).extracting(Planned::day).containsExactly(MONDAY.plusDays(2));
        assertThat(work.conflicts().get(0).reason()).isEqualTo(LayoutPolicy.Reason.PUBLISHED);
        assertThat(work.close()).isEmpty();

        assertThat(work(plan(Set.of()), there(monday, MONDAY, 0, false, true)).publish())
                .extracting(Planned::day)
                .containsExactly(MONDAY.plusDays(2));
        Work again = work(
                plan(Set.of()),
                there(monday, MONDAY, 0, true, false),
                there(wednesday, MONDAY.plusDays(2), 3, true, false));
        assertThat(again.publish()).hasSize(2);
        assertThat(again.fresh()).isZero();
    }
}
