package cn.kangka.sandbox.population;

import cn.kangka.sandbox.population.Resident.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** People under one roof: one address, one surname of the father, phones of their own and phones that are shared. */
final class Household {
    private static final double FOREIGN_DOCUMENT = 0.015;
    private static final double ELDERLY_WITHOUT_PHONE = 0.35;
    private static final double TWINS = 0.03;

    private final Numbers numbers;
    private final Names names;
    private final LocalDate asOf;
    private final Dice dice;
    private final int id;
    private final boolean minority;
    private final boolean plain;
    private final String address;
    private final List<Resident> members = new ArrayList<>();
    private int next;

    /** The household {@code id}, whose first member has the position {@code firstIndex}. The very first one is plain. */
    Household(Numbers numbers, Names names, long seed, int id, int firstIndex, LocalDate asOf) {
        this.numbers = numbers;
        this.names = names;
        this.asOf = asOf;
        this.dice = Dice.of(seed, 1, id);
        this.id = id;
        this.next = firstIndex;
        this.plain = id == 0;
        this.minority = dice.chance(names.minorityShare()) && !plain;
        this.address = Divisions.address(dice);
    }

    List<Resident> members() {
        double kind = plain ? 0.5 : dice.fraction();
        if (kind < 0.15) {
            adult(dice.chance(0.5) ? Sex.MALE : Sex.FEMALE, dice.between(19, 85), null);
        } else if (kind < 0.27) {
            int age = dice.between(62, 88);
            couple(age, Math.min(88, age + dice.between(-4, 3)));
        } else if (kind < 0.45) {
            int age = dice.between(24, 61);
            couple(age, Math.max(20, age + dice.between(-5, 3)));
        } else {
            family();
        }
        return members;
    }

    private List<Resident> couple(int fathersAge, int mothersAge) {
        Resident man = adult(Sex.MALE, fathersAge, null);
        return List.of(man, adult(Sex.FEMALE, mothersAge, man));
    }

    private void family() {
        int mothersAge = dice.between(24, 58);
        List<Resident> parents = couple(Math.min(60, mothersAge + dice.between(-1, 6)), mothersAge);
        Resident mother = parents.get(1);
        String surname = surnameOf(parents.get(0));
        int oldest = Math.max(0, mothersAge - 23);
        if (mothersAge <= 40 && dice.chance(0.12)) {
            newborn(mother);
        } else if (oldest > 0) {
            children(surname, mother, Math.max(1, dice.between(oldest / 2, oldest)));
        }
        if (dice.chance(0.2)) {
            adult(dice.chance(0.4) ? Sex.MALE : Sex.FEMALE, Math.min(88, mothersAge + dice.between(22, 32)), mother);
        }
    }

    private void children(String surname, Resident mother, int age) {
        child(surname, mother, age, null);
        if (dice.chance(TWINS)) {
            child(surname, mother, age, members.get(members.size() - 1));
        } else if (age > 4 && dice.chance(0.3)) {
            child(surname, mother, dice.between(1, age - 2), null);
        }
    }

    private Resident adult(Sex sex, int age, Resident neighbour) {
        int index = next++;
        LocalDate birthDate = birthDate(index, age);
        String name = name(sex, birthDate.getYear());
        boolean shares = neighbour != null && age >= 68 && dice.chance(ELDERLY_WITHOUT_PHONE);
        String phone = shares ? neighbour.phone() : numbers.phone(index);
        IdType type = idType();
        String number = type == IdType.RESIDENT_ID
                ? numbers.residentId(index, birthDate, sex, false)
                : numbers.permit(type, index);
        return add(index, name, sex, birthDate, type, number, phone, !shares, Kind.ADULT, null);
    }

    private void child(String surname, Resident mother, int age, Resident twin) {
        Sex sex = dice.chance(0.52) ? Sex.MALE : Sex.FEMALE;
        int index = next++;
        int numbered = twin == null ? index : twin.index();
        LocalDate birthDate = twin == null ? birthDate(index, age) : twin.birthDate();
        String name = minority ? name(sex, birthDate.getYear()) : surname + given(sex, birthDate, twin);
        boolean grown = age >= 19;
        add(
                index,
                name,
                sex,
                birthDate,
                IdType.RESIDENT_ID,
                numbers.residentId(numbered, birthDate, sex, twin != null),
                grown ? numbers.phone(index) : mother.phone(),
                grown,
                grown ? Kind.ADULT : Kind.CHILD,
                null);
    }

    private String given(Sex sex, LocalDate birthDate, Resident twin) {
        String given = names.given(dice, sex, birthDate.getYear());
        if (twin == null) {
            return given;
        }
        String first = twin.name().substring(twin.name().length() - 1);
        return given.equals(first) ? given + given : given.substring(0, given.length() - 1) + first;
    }

    private void newborn(Resident mother) {
        Sex sex = dice.chance(0.52) ? Sex.MALE : Sex.FEMALE;
        int index = next++;
        String name = mother.name() + (sex == Sex.MALE ? "之子" : "之女");
        LocalDate birthDate = asOf.minusDays(dice.between(1, 27));
        String number = numbers.birthCertificate(index);
        add(index, name, sex, birthDate, IdType.BIRTH_CERTIFICATE, number, mother.phone(), false, Kind.NEWBORN, mother);
    }

    private Resident add(
            int index,
            String name,
            Sex sex,
            LocalDate birthDate,
            IdType type,
            String number,
            String phone,
            boolean ownPhone,
            Kind kind,
            Resident mother) {
        Resident resident = new Resident(
                index,
                name,
                sex,
                birthDate,
                type,
                number,
                phone,
                ownPhone,
                address,
                id,
                kind,
                mother == null ? -1 : mother.index(),
                mother == null ? "" : mother.name());
        members.add(resident);
        return resident;
    }

    private LocalDate birthDate(int index, int age) {
        LocalDate thisYear = LocalDate.ofYearDay(asOf.getYear() - age, numbers.dayOfYear(index));
        if (!thisYear.plusYears(age).isAfter(asOf)) {
            return thisYear;
        }
        // The day before 1 March would be another person's 28 February; nobody has the last day of a leap year.
        LocalDate lastYear = thisYear.minusYears(1);
        return lastYear.getDayOfMonth() == thisYear.getDayOfMonth()
                ? lastYear
                : LocalDate.of(lastYear.getYear(), 12, 31);
    }

    private String name(Sex sex, int birthYear) {
        return minority ? names.minority(dice, sex, id) : names.surname(dice) + names.given(dice, sex, birthYear);
    }

    private String surnameOf(Resident father) {
        return names.parts(father.name()).get(0);
    }

    private IdType idType() {
        if (plain || minority || !dice.chance(FOREIGN_DOCUMENT)) {
            return IdType.RESIDENT_ID;
        }
        double kind = dice.fraction();
        if (kind < 0.55) {
            return IdType.HK_MACAO_PERMIT;
        }
        return kind < 0.8 ? IdType.TAIWAN_PERMIT : IdType.PASSPORT;
    }
}
