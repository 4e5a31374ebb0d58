package cn.kangka.sandbox.population;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Resident ids for newborns once they have a name. They use the sequences that {@link Numbers} keeps for twins, and
 * remember one counter per day of birth, of which newborns have 27.
 */
final class NewbornIds {
    private static final int PER_DIVISION = 250;

    private final Map<LocalDate, Integer> given = new HashMap<>();

    String next(LocalDate birthDate, Sex sex) {
        int number = given.merge(birthDate, 1, Integer::sum) - 1;
        List<Divisions.District> districts = Divisions.districts();
        int division = districts.get(number % districts.size()).code();
        int sequence = number / districts.size() % PER_DIVISION * 4 + 2 + (sex == Sex.MALE ? 1 : 0);
        return ResidentId.of(division, birthDate, sequence);
    }
}
