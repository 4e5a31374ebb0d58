package cn.kangka.sandbox.region;

import cn.kangka.sandbox.population.Dice;
import cn.kangka.sandbox.region.Session.Half;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Who sees patients when: half of the weekday half-days, few at weekends, the same every week. */
final class Timetable {
    private static final double WEEKDAY = 0.5;
    private static final double SATURDAY = 0.2;
    private static final double SUNDAY = 0.08;

    private final long seed;

    Timetable(long seed) {
        this.seed = seed;
    }

    List<Session> of(Doctor doctor, LocalDate date) {
        List<Session> sessions = new ArrayList<>(2);
        for (Half half : Half.values()) {
            Dice dice = Dice.of(
                    seed,
                    11,
                    (doctor.source() + doctor.code()).hashCode(),
                    date.getDayOfWeek().getValue(),
                    half.ordinal());
            if (dice.chance(share(date.getDayOfWeek()))) {
                sessions.add(new Session(doctor, date, half));
            }
        }
        return sessions;
    }

    private static double share(DayOfWeek day) {
        return switch (day) {
            case SATURDAY -> SATURDAY;
            case SUNDAY -> SUNDAY;
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> WEEKDAY;
        };
    }
}
