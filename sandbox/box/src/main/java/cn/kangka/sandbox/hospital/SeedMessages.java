package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.hospital.Line.Job;
import cn.kangka.sandbox.population.Dice;
import cn.kangka.sandbox.population.Registration;
import cn.kangka.sandbox.population.Resident;
import cn.kangka.sandbox.population.Resident.Kind;
import cn.kangka.sandbox.region.DemoRegion;
import cn.kangka.sandbox.region.Doctor;
import cn.kangka.sandbox.region.Institution;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the hospitals send before everyday life begins; the same text each time, so that a repetition is a duplicate. */
final class SeedMessages {
    private static final int WITH_HISTORY = 300;
    private static final int DAYS_OF_HISTORY = 540;

    private final DemoRegion region;
    private final Instant at;
    private final Map<String, List<Registration>> bySource = new LinkedHashMap<>();

    SeedMessages(DemoRegion region, Instant at) {
        this.region = region;
        this.at = at;
        for (Resident resident : region.residents()) {
            for (Registration registration : region.registrations(resident)) {
                bySource.computeIfAbsent(registration.source(), source -> new ArrayList<>())
                        .add(registration);
            }
        }
    }

    /** Everybody's jobs by line; what is not wanted is left out. */
    Map<String, List<Job>> byLine(Function<Institution, List<Job>> jobs, Predicate<Job> wanted) {
        Map<String, List<Job>> byLine = new LinkedHashMap<>();
        for (Institution institution : region.institutions()) {
            List<Job> own = jobs.apply(institution).stream().filter(wanted).toList();
            byLine.computeIfAbsent(institution.line(), line -> new ArrayList<>())
                    .addAll(own);
        }
        return byLine;
    }

    List<Job> staff(Institution institution) {
        String key = "S" + institution.id();
        return List.of(new Job(key, () -> StaffMessages.staff(institution, region.doctors(institution.id()), key, at)));
    }

    List<Job> firstRegistrations(Institution institution) {
        return registrations(institution, registration -> registration.number() == 0);
    }

    List<Job> furtherRegistrations(Institution institution) {
        return registrations(institution, registration -> registration.number() > 0);
    }

    private List<Job> registrations(Institution institution, Predicate<Registration> which) {
        return bySource.getOrDefault(institution.id(), List.of()).stream()
                .filter(which)
                .map(registration -> registration(institution, registration))
                .toList();
    }

    private Job registration(Institution institution, Registration registration) {
        String key = registrationKey(registration);
        boolean allergic = registration.number() == 0
                && Conditions.allergicToPenicillin(registration.written().index());
        return new Job(key, () -> PatientMessages.registration(institution, registration, allergic, key, at));
    }

    static String registrationKey(Registration registration) {
        return "R" + registration.key();
    }

    /** Laboratory reports of the last year and a half, and a prescription that an allergy forbids. */
    List<Job> history(Institution institution) {
        List<Job> jobs = new ArrayList<>();
        boolean prescribed = false;
        for (Registration registration : bySource.getOrDefault(institution.id(), List.of())) {
            Resident patient = registration.written();
            if (registration.number() == 0 && patient.index() < WITH_HISTORY && patient.kind() == Kind.ADULT) {
                jobs.addAll(reports(institution, registration));
                if (!prescribed && Conditions.allergicToPenicillin(patient.index())) {
                    prescribed = true;
                    jobs.add(amoxicillin(institution, registration));
                }
            }
        }
        return jobs;
    }

    /** The same panel at least twice, so that there is a curve. */
    private List<Job> reports(Institution institution, Registration registration) {
        Dice dice = Dice.of(21, registration.written().index());
        List<Panel> panels = List.copyOf(Panel.all().values());
        Panel followed = dice.pick(panels);
        int count = dice.between(2, 4);
        List<Job> jobs = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Panel panel = number == 2 ? dice.pick(panels) : followed;
            long days = (long) DAYS_OF_HISTORY * (count - number) / (count + 1) + dice.below(20);
            Instant issued = at.truncatedTo(ChronoUnit.DAYS)
                    .minus(days, ChronoUnit.DAYS)
                    .plus(dice.between(120, 480), ChronoUnit.MINUTES);
            Doctor doctor = dice.pick(region.doctors(institution.id()));
            String key = "L" + registration.written().index() + "." + number;
            jobs.add(new Job(key, () -> ResultMessages.report(institution, registration, panel, doctor, key, issued)));
        }
        return jobs;
    }

    private Job amoxicillin(Institution institution, Registration registration) {
        Doctor doctor = region.doctors(institution.id()).get(0);
        String key = "M" + registration.written().index();
        Instant prescribed = at.minus(1, ChronoUnit.DAYS);
        return new Job(
                key,
                () -> ResultMessages.prescription(
                        institution, registration, Drug.AMOXICILLIN, doctor, key, prescribed));
    }
}
