package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.hospital.PatientMessages.Visit;
import cn.kangka.sandbox.population.Dice;
import cn.kangka.sandbox.population.Registration;
import cn.kangka.sandbox.population.Resident;
import cn.kangka.sandbox.region.DemoRegion;
import cn.kangka.sandbox.region.Doctor;
import cn.kangka.sandbox.region.Institution;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Everyday life: visits, laboratory results and prescriptions of residents who are patients already. */
final class Living {
    private static final double RESULTS = 0.45;
    private static final double ARRIVALS = 0.7;
    private static final double VISITS = 0.9;

    private final DemoRegion region;
    private final Map<String, SimulatedHospital> hospitals;
    private final Progress progress;
    private final Clock clock;
    private final Dice dice;
    private final AtomicLong numbers;

    Living(DemoRegion region, Map<String, SimulatedHospital> hospitals, Progress progress, Clock clock) {
        this.region = region;
        this.hospitals = hospitals;
        this.progress = progress;
        this.clock = clock;
        this.dice = new Dice(clock.millis());
        this.numbers = new AtomicLong(clock.millis());
    }

    /** A report's number and the message that brings it. */
    record Report(String number, String message) {}

    /** One thing happens somewhere. */
    void once() {
        Resident resident = dice.pick(region.residents());
        Registration registration = dice.pick(region.registrations(resident));
        Institution institution = region.institution(registration.source());
        if (progress.isDone(SeedMessages.registrationKey(registration))
                && !hospitals.get(institution.line()).isDown()) {
            happen(institution, registration);
        }
    }

    private void happen(Institution institution, Registration registration) {
        double kind = dice.fraction();
        if (kind < RESULTS) {
            Panel panel = dice.pick(List.copyOf(Panel.all().values()));
            send(institution, report(institution, registration, panel).message());
        } else if (kind < VISITS) {
            visit(institution, registration, kind < ARRIVALS ? "A04" : "A03");
        } else {
            prescription(institution, registration);
        }
    }

    /** A laboratory result of this moment. */
    Report report(Institution institution, Registration registration, Panel panel) {
        String number = "L" + numbers.incrementAndGet();
        Doctor doctor = doctor(institution);
        return new Report(
                number, ResultMessages.report(institution, registration, panel, doctor, number, clock.instant()));
    }

    private void visit(Institution institution, Registration registration, String trigger) {
        String number = "V" + numbers.incrementAndGet();
        Doctor doctor = doctor(institution);
        Visit visit = new Visit(number, doctor.department(), doctor, "");
        send(institution, PatientMessages.visit(institution, registration, trigger, visit, number, clock.instant()));
    }

    private void prescription(Institution institution, Registration registration) {
        String number = "M" + numbers.incrementAndGet();
        Drug drug = dice.pick(Drug.COMMON);
        send(
                institution,
                ResultMessages.prescription(
                        institution, registration, drug, doctor(institution), number, clock.instant()));
    }

    private synchronized Doctor doctor(Institution institution) {
        return dice.pick(region.doctors(institution.id()));
    }

    private void send(Institution institution, String message) {
        hospitals.get(institution.line()).send(message);
    }
}
