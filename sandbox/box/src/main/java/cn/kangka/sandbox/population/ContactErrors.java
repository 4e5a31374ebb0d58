package cn.kangka.sandbox.population;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Sex, phone, address and insurance: wrong, changed, shared and missing. */
final class ContactErrors {
    private static final List<String> JUNK_PHONES =
            List.of("13800000000", "13800138000", "13888888888", "13900000000", "13000000000", "11111111111");

    /** How clerks save time on an address that they write 40 times a day. */
    private static final List<UnaryOperator<String>> ABBREVIATIONS = List.of(
            address -> address.replace(Divisions.PROVINCE, ""),
            address -> address.replace(Divisions.PROVINCE + Divisions.CITY, ""),
            address -> address.replaceAll("(\\d+)幢(\\d+)单元(\\d+)室", "$1-$2-$3"),
            address -> address.replace(Divisions.PROVINCE + Divisions.CITY, "")
                    .replaceAll("(\\d+)幢(\\d+)单元(\\d+)室", "$1-$2-$3"),
            address -> address.replaceAll("号\\D+(\\d+)幢", "号$1幢"),
            address -> address.replaceAll(".*[区县](.+号).*", "$1"));

    private ContactErrors() {}

    static Optional<PatientRecord> otherSex(PatientRecord right) {
        return Optional.of(right.withSex(right.sex().equals("M") ? "F" : "M"));
    }

    static Optional<PatientRecord> noSex(PatientRecord right) {
        return Optional.of(right.withSex("U"));
    }

    static Optional<PatientRecord> newPhone(PatientRecord right, Circumstances around) {
        return Optional.of(
                right.withPhone(around.numbers().newPhone(around.resident().index())));
    }

    static Optional<PatientRecord> phoneTypo(PatientRecord right, Dice dice) {
        String phone = right.phone();
        if (dice.chance(0.5)) {
            return Optional.of(right.withPhone(Digits.mistyped(phone, dice.between(3, phone.length() - 1), dice)));
        }
        return Digits.transposed(phone, 2, phone.length() - 1, dice).map(right::withPhone);
    }

    static Optional<PatientRecord> junkPhone(PatientRecord right, Dice dice) {
        return Optional.of(right.withPhone(dice.pickEarly(JUNK_PHONES)));
    }

    static Optional<PatientRecord> relativesPhone(PatientRecord right, Circumstances around, Dice dice) {
        return around.relative(dice, Resident::phone, right.phone()).map(other -> right.withPhone(other.phone()));
    }

    static Optional<PatientRecord> noPhone(PatientRecord right) {
        return Optional.of(right.withPhone(""));
    }

    static Optional<PatientRecord> moved(PatientRecord right, Dice dice) {
        String address = Divisions.address(dice);
        return Optional.of(right.withAddress(address, Divisions.codeOf(address)));
    }

    static Optional<PatientRecord> abbreviated(PatientRecord right, Dice dice) {
        String address = dice.pick(ABBREVIATIONS).apply(right.address());
        return Optional.of(right.withAddress(address, right.divisionCode()));
    }

    static Optional<PatientRecord> noAddress(PatientRecord right) {
        return Optional.of(right.withAddress("", ""));
    }

    static Optional<PatientRecord> noInsurance(PatientRecord right) {
        return right.insurance().isEmpty() ? Optional.empty() : Optional.of(right.withInsurance(""));
    }
}
