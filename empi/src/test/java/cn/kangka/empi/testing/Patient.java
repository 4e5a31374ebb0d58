package cn.kangka.empi.testing;

/**
 * A patient as a source writes them down.
 *
 * @param birth yyyyMMdd
 * @param sex HL7 table 0001
 * @param residentId empty when it was not asked for
 * @param phone empty when it was not asked for
 * @param street empty when it was not asked for
 */
public record Patient(String name, String birth, String sex, String residentId, String phone, String street) {
    public Patient withName(String now) {
        return new Patient(now, birth, sex, residentId, phone, street);
    }

    public Patient withBirth(String now) {
        return new Patient(name, now, sex, residentId, phone, street);
    }

    public Patient withSex(String now) {
        return new Patient(name, birth, now, residentId, phone, street);
    }

    public Patient withResidentId(String now) {
        return new Patient(name, birth, sex, now, phone, street);
    }

    public Patient withPhone(String now) {
        return new Patient(name, birth, sex, residentId, now, street);
    }

    public Patient withStreet(String now) {
        return new Patient(name, birth, sex, residentId, phone, now);
    }

    /** The PID segment. */
    String pid(String source, String localId) {
        return "PID|1||" + localId + "^^^" + source + "^MR"
                + (residentId.isEmpty() ? "" : "~" + residentId + "^^^CHN^NNCHN")
                + "||" + name.substring(0, 1) + "^" + name.substring(1) + "^^^^^L||" + birth + "|" + sex + "|||"
                + (street.isEmpty() ? "" : street + "^^云江市^浙江省")
                + "||" + (phone.isEmpty() ? "" : phone + "^PRN^CP") + "\r";
    }
}
