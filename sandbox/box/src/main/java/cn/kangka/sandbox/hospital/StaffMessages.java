package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.population.Names;
import cn.kangka.sandbox.region.Doctor;
import cn.kangka.sandbox.region.Institution;
import java.time.Instant;
import java.util.List;

/** {@code MFN^M02}: the hospital's doctors. */
final class StaffMessages {
    private StaffMessages() {}

    static String staff(Institution hospital, List<Doctor> doctors, String controlId, Instant at) {
        Er7 message = Er7.message(hospital, "MFN^M02^MFN_M02", controlId, at)
                .segment("MFI")
                .set(1, "PRA", "Practitioner master file", "HL70175")
                .raw(3, "UPD")
                .raw(6, "AL");
        for (Doctor doctor : doctors) {
            doctor(message, doctor, at);
        }
        return message.text();
    }

    private static void doctor(Er7 message, Doctor doctor, Instant at) {
        List<String> name = Names.common().parts(doctor.name());
        message.segment("MFE")
                .raw(1, "MAD")
                .raw(2, doctor.code())
                .raw(3, Er7.time(at))
                .raw(4, doctor.code())
                .raw(5, "CWE")
                .segment("STF")
                .raw(1, doctor.code())
                .raw(2, doctor.code())
                .set(3, name.get(0), name.get(1))
                .raw(7, "A")
                .set(8, doctor.department().code(), doctor.department().name())
                .set(18, doctor.title().chinese())
                .segment("PRA")
                .raw(1, doctor.code())
                .set(5, doctor.specialty());
    }
}
