package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.population.Registration;
import cn.kangka.sandbox.population.Resident;
import cn.kangka.sandbox.region.Doctor;
import cn.kangka.sandbox.region.Institution;
import cn.kangka.sandbox.region.SandboxSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** {@code ORU^R01}: laboratory reports; {@code RDE^O11}: prescriptions. */
final class ResultMessages {
    private static final int MINUTES_TO_RESULT = 95;

    private ResultMessages() {}

    /**
     * A final report.
     *
     * @param number OBR-3, unique in the hospital
     * @param at when it was issued; the sample is an hour and a half older
     */
    static String report(
            Institution hospital, Registration registration, Panel panel, Doctor doctor, String number, Instant at) {
        Instant taken = at.minus(MINUTES_TO_RESULT, ChronoUnit.MINUTES);
        Er7 message = Er7.message(hospital, "ORU^R01^ORU_R01", number, at);
        PatientMessages.patient(message, hospital, registration);
        PatientMessages.outpatient(message, doctor.department(), doctor, "V" + number);
        message.segment("ORC").raw(1, "RE").raw(2, "P" + number).raw(3, number);
        message.segment("OBR")
                .raw(1, "1")
                .raw(2, "P" + number)
                .raw(3, number)
                .set(4, panel.loinc(), panel.name(), "LN")
                .raw(7, Er7.time(taken))
                .set(16, doctor.code(), doctor.name())
                .raw(22, Er7.time(at))
                .raw(24, "LAB")
                .raw(25, "F");
        int line = 0;
        for (Analyte analyte : panel.analytes()) {
            observation(message, ++line, analyte, registration.written(), taken);
        }
        return message.text();
    }

    private static void observation(Er7 message, int line, Analyte analyte, Resident person, Instant taken) {
        LocalDate day = LocalDate.ofInstant(taken, SandboxSettings.ZONE);
        BigDecimal value = analyte.value(person, day);
        message.segment("OBX")
                .raw(1, Integer.toString(line))
                .raw(2, "NM")
                .set(3, analyte.loinc(), analyte.name(), "LN")
                .raw(5, value.toPlainString())
                .set(6, analyte.unit(), analyte.unit(), "UCUM")
                .raw(7, analyte.printedRange(person.sex()))
                .raw(8, analyte.flag(value, person.sex()))
                .raw(11, "F")
                .raw(14, Er7.time(taken));
    }

    /** A prescription of one drug. */
    static String prescription(
            Institution hospital, Registration registration, Drug drug, Doctor doctor, String number, Instant at) {
        Er7 message = Er7.message(hospital, "RDE^O11^RDE_O11", number, at);
        PatientMessages.patient(message, hospital, registration);
        PatientMessages.outpatient(message, doctor.department(), doctor, "V" + number);
        message.segment("ORC")
                .raw(1, "NW")
                .raw(2, number)
                .raw(3, number)
                .raw(5, "SC")
                .raw(9, Er7.time(at))
                .set(12, doctor.code(), doctor.name());
        message.segment("RXE")
                .raw(1, "1^" + drug.frequency() + "^D" + drug.days())
                .set(2, drug.atc(), drug.name(), "ATC")
                .raw(3, drug.dose())
                .set(5, drug.unit())
                .set(7, "", drug.instruction());
        message.segment("RXR").set(1, "PO", "口服", "HL70162");
        return message.text();
    }
}
