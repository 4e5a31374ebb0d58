package cn.kangka.api.schedule;

import cn.kangka.api.directory.HospitalSchedules;
import cn.kangka.api.schedule.PlanException.Kind;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which sessions templates and exceptions mean.
 *
 * @param holidays of the country: nobody works, unless an exception says otherwise
 */
record SchedulePlan(List<Template> templates, List<PlanException> exceptions, Set<LocalDate> holidays, ZoneId zone) {

    /** A template on a day. */
    record Planned(Template template, LocalDate day) {
        String code() {
            return template.code(day);
        }
    }

    /** From a day to another, both included; by day. */
    List<Planned> of(LocalDate from, LocalDate to) {
        Map<LocalDate, List<PlanException>> byDay =
                exceptions.stream().collect(Collectors.groupingBy(PlanException::day));
        List<Planned> all = new ArrayList<>();
        from.datesUntil(to.plusDays(1)).forEach(day -> all.addAll(of(day, byDay.getOrDefault(day, List.of()))));
        return all;
    }

    private List<Planned> of(LocalDate day, List<PlanException> otherwise) {
        Map<UUID, String> others = otherwise.stream()
                .filter(each -> each.kind() == Kind.OTHER_DOCTOR)
                .collect(Collectors.toMap(PlanException::template, PlanException::role, (one, later) -> later));
        Set<UUID> extra = otherwise.stream()
                .filter(each -> each.kind() == Kind.EXTRA)
                .map(PlanException::template)
                .collect(Collectors.toSet());
        int weekday = weekday(day, otherwise);
        Stream<Template> usual = templates.stream()
                .filter(each -> each.weekday() == weekday && each.holds(day))
                .filter(each -> otherwise.stream().noneMatch(exception -> exception.closes(each)))
                .filter(each -> !extra.contains(each.id()));
        Stream<Template> besides = templates.stream().filter(each -> extra.contains(each.id()));
        return Stream.concat(usual, besides)
                .map(each -> others.containsKey(each.id()) ? each.by(others.get(each.id())) : each)
                .map(each -> new Planned(each, day))
                .toList();
    }

    /** The weekday that is worked; 0 on a holiday. */
    private int weekday(LocalDate day, List<PlanException> otherwise) {
        return otherwise.stream()
                .filter(each -> each.kind() == Kind.SWAP)
                .map(PlanException::weekday)
                .findFirst()
                .orElseGet(() -> holidays.contains(day) ? 0 : day.getDayOfWeek().getValue());
    }

    /** As the directory publishes it. */
    HospitalSchedules.Session session(Planned planned) {
        Template template = planned.template();
        Function<Integer, OffsetDateTime> at = band -> planned.day()
                .atTime(template.firstBand())
                .plusMinutes((long) band * template.minutes())
                .atZone(zone)
                .toOffsetDateTime();
        List<HospitalSchedules.Band> bands = new ArrayList<>();
        for (int band = 0; band < template.bands(); band++) {
            bands.add(new HospitalSchedules.Band(at.apply(band), at.apply(band + 1), template.units()));
        }
        return new HospitalSchedules.Session(
                planned.code(), template.role(), template.fee(), template.draw(), template.remote(), bands);
    }
}
