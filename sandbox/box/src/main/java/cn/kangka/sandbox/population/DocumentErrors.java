package cn.kangka.sandbox.population;

import java.util.Optional;

/** Documents mistyped, borrowed, forgotten and old. */
final class DocumentErrors {
    private static final int FULL_WIDTH = 'Ａ' - 'A';
    private static final String LAST_YEAR_OF_FIFTEEN_DIGITS = "1999";

    private DocumentErrors() {}

    static Optional<PatientRecord> fullWidth(PatientRecord right) {
        StringBuilder wide = new StringBuilder(right.idNumber().length());
        right.idNumber().chars().forEach(character -> wide.append((char) (character + FULL_WIDTH)));
        return written(right, wide.toString());
    }

    static Optional<PatientRecord> lowerCaseX(PatientRecord right) {
        return right.hasResidentId() ? written(right, right.idNumber().replace('X', 'x')) : Optional.empty();
    }

    static Optional<PatientRecord> fifteenDigits(PatientRecord right) {
        String id = right.idNumber();
        boolean isOldEnough = right.hasResidentId() && id.substring(6, 10).compareTo(LAST_YEAR_OF_FIFTEEN_DIGITS) <= 0;
        return isOldEnough ? written(right, id.substring(0, 6) + id.substring(8, 17)) : Optional.empty();
    }

    static Optional<PatientRecord> digit(PatientRecord right, Dice dice) {
        return right.hasResidentId()
                ? written(right, Digits.mistyped(right.idNumber(), dice.between(1, 16), dice))
                : Optional.empty();
    }

    static Optional<PatientRecord> transposed(PatientRecord right, Dice dice) {
        return right.hasResidentId()
                ? Digits.transposed(right.idNumber(), 1, 16, dice).flatMap(id -> written(right, id))
                : Optional.empty();
    }

    static Optional<PatientRecord> relatives(PatientRecord right, Circumstances around, Dice dice) {
        return around.relative(dice, Resident::idNumber, right.idNumber())
                .map(other -> right.withDocument(other.idType().name(), other.idNumber()));
    }

    static Optional<PatientRecord> missing(PatientRecord right) {
        return Optional.of(right.withDocument("", ""));
    }

    static Optional<PatientRecord> other(PatientRecord right, Circumstances around) {
        int index = around.resident().index();
        boolean small = around.resident().age(around.asOf()) < 7;
        IdType type = small ? IdType.BIRTH_CERTIFICATE : IdType.PASSPORT;
        String number = small
                ? around.numbers().birthCertificate(index)
                : around.numbers().permit(type, index);
        return number.equals(right.idNumber())
                ? Optional.empty()
                : Optional.of(right.withDocument(type.name(), number));
    }

    private static Optional<PatientRecord> written(PatientRecord right, String number) {
        return number.equals(right.idNumber())
                ? Optional.empty()
                : Optional.of(right.withDocument(right.idType(), number));
    }
}
