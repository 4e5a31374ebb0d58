package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.population.Divisions;
import cn.kangka.sandbox.population.IdType;
import cn.kangka.sandbox.population.Names;
import cn.kangka.sandbox.population.Registration;
import cn.kangka.sandbox.population.Registrations;
import cn.kangka.sandbox.population.Resident;
import cn.kangka.sandbox.region.Department;
import cn.kangka.sandbox.region.Doctor;
import cn.kangka.sandbox.region.Institution;
import java.time.Instant;
import java.util.List;

/** ADT: registrations and visits. */
final class PatientMessages {
    private static final String PHONE_OF_HOME = "PRN";

    private PatientMessages() {}

    /** {@code ADT^A28}: the hospital has a new patient; allergies that the patient told of come along. */
    static String registration(
            Institution hospital, Registration registration, boolean allergic, String controlId, Instant at) {
        Er7 message = Er7.message(hospital, "ADT^A28^ADT_A05", controlId, at)
                .segment("EVN")
                .raw(1, "A28")
                .raw(2, Er7.time(at));
        patient(message, hospital, registration);
        message.segment("PD1").set(3, hospital.name(), "", hospital.id());
        mother(message, registration.written());
        message.segment("PV1").raw(2, "N");
        if (allergic) {
            penicillin(message);
        }
        return message.text();
    }

    /** {@code ADT^A04} or {@code A03}: an outpatient came, or left. */
    static String visit(
            Institution hospital,
            Registration registration,
            String trigger,
            Visit visit,
            String controlId,
            Instant at) {
        String structure = trigger.equals("A03") ? "ADT_A03" : "ADT_A01";
        Er7 message = Er7.message(hospital, "ADT^" + trigger + "^" + structure, controlId, at)
                .segment("EVN")
                .raw(1, trigger)
                .raw(2, Er7.time(at));
        patient(message, hospital, registration);
        outpatient(message, visit.department(), visit.doctor(), visit.number());
        message.raw(trigger.equals("A03") ? 45 : 44, Er7.time(at));
        if (!visit.appointment().isEmpty()) {
            message.raw(50, visit.appointment());
        }
        return message.text();
    }

    /** One outpatient visit; {@code appointment} is the region's id or empty. */
    record Visit(String number, Department department, Doctor doctor, String appointment) {}

    static void patient(Er7 message, Institution hospital, Registration registration) {
        Resident patient = registration.written();
        List<String> name = Names.common().parts(patient.name());
        message.segment("PID")
                .raw(1, "1")
                .raw(3, localId(hospital, registration.localId()) + "~" + document(patient))
                .set(5, name.get(0), name.get(1), "", "", "", "", "L")
                .raw(7, Er7.date(patient.birthDate()))
                .raw(8, patient.sex().hl7())
                .set(11, street(patient.address()), "", Divisions.CITY, Divisions.PROVINCE, "", "CHN", "H")
                .set(13, patient.phone(), PHONE_OF_HOME, "CP");
        if (patient.motherIndex() >= 0) {
            message.raw(21, localId(hospital, Registrations.firstLocalId(patient.motherIndex())));
        }
    }

    static void outpatient(Er7 message, Department department, Doctor doctor, String visitNumber) {
        message.segment("PV1")
                .raw(1, "1")
                .raw(2, "O")
                .set(3, department.code(), department.name())
                .set(7, doctor.code(), doctor.name())
                .raw(19, visitNumber);
    }

    private static String street(String address) {
        return address.substring((Divisions.PROVINCE + Divisions.CITY).length());
    }

    private static void mother(Er7 message, Resident patient) {
        if (patient.motherIndex() >= 0) {
            List<String> name = Names.common().parts(patient.motherName());
            message.segment("NK1")
                    .raw(1, "1")
                    .set(2, name.get(0), name.get(1))
                    .set(3, "MTH", "母亲", "HL70063")
                    .set(4, street(patient.address()), "", Divisions.CITY, Divisions.PROVINCE)
                    .set(5, patient.phone(), PHONE_OF_HOME, "CP");
        }
    }

    private static void penicillin(Er7 message) {
        message.segment("AL1")
                .raw(1, "1")
                .set(2, "DA", "药物过敏", "HL70127")
                .set(3, "J01CE01", "青霉素", "ATC")
                .set(4, "SV", "严重", "HL70128")
                .set(5, "皮疹、呼吸困难");
    }

    private static String localId(Institution hospital, String localId) {
        return localId + "^^^" + hospital.id() + "&" + hospital.oid() + "&ISO^MR";
    }

    private static String document(Resident patient) {
        return Er7.components(patient.idNumber(), "", "") + "^CHN^" + code(patient.idType());
    }

    /** CX.5: HL7 table 0203 where it has the document. */
    private static String code(IdType type) {
        return switch (type) {
            case RESIDENT_ID -> "NNCHN";
            case PASSPORT -> "PPN";
            case HK_MACAO_PERMIT -> "HKM";
            case TAIWAN_PERMIT -> "TWP";
            case BIRTH_CERTIFICATE -> "BCT";
        };
    }
}
