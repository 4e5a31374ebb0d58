package cn.kangka.sandbox.population;

/**
 * A line of a hospital's patient file, as written there. An empty text is a missing value.
 *
 * @param source the institution
 * @param id its own number for the patient, unique within it
 * @param sex M, F or U
 * @param birth year-month-day, not necessarily right
 * @param idType a name of {@link IdType}
 * @param phone as typed
 * @param divisionCode of the address, GB/T 2260
 * @param motherName of newborns and children
 * @param insurance the number of the city's basic medical insurance
 */
public record PatientRecord(
        String source,
        String id,
        String name,
        String sex,
        String birth,
        String idType,
        String idNumber,
        String phone,
        String address,
        String divisionCode,
        String motherName,
        String insurance) {

    PatientRecord at(String newSource, String newId) {
        return new PatientRecord(
                newSource,
                newId,
                name,
                sex,
                birth,
                idType,
                idNumber,
                phone,
                address,
                divisionCode,
                motherName,
                insurance);
    }

    PatientRecord withName(String newName) {
        return new PatientRecord(
                source, id, newName, sex, birth, idType, idNumber, phone, address, divisionCode, motherName, insurance);
    }

    PatientRecord withSex(String newSex) {
        return new PatientRecord(
                source, id, name, newSex, birth, idType, idNumber, phone, address, divisionCode, motherName, insurance);
    }

    PatientRecord withBirth(String newBirth) {
        return new PatientRecord(
                source, id, name, sex, newBirth, idType, idNumber, phone, address, divisionCode, motherName, insurance);
    }

    PatientRecord withDocument(String newType, String newNumber) {
        return new PatientRecord(
                source, id, name, sex, birth, newType, newNumber, phone, address, divisionCode, motherName, insurance);
    }

    PatientRecord withPhone(String newPhone) {
        return new PatientRecord(
                source, id, name, sex, birth, idType, idNumber, newPhone, address, divisionCode, motherName, insurance);
    }

    PatientRecord withAddress(String newAddress, String newDivision) {
        return new PatientRecord(
                source, id, name, sex, birth, idType, idNumber, phone, newAddress, newDivision, motherName, insurance);
    }

    PatientRecord withInsurance(String newInsurance) {
        return new PatientRecord(
                source, id, name, sex, birth, idType, idNumber, phone, address, divisionCode, motherName, newInsurance);
    }

    boolean hasResidentId() {
        return idType.equals(IdType.RESIDENT_ID.name());
    }
}
