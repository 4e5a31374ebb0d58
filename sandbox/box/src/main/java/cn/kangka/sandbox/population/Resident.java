package cn.kangka.sandbox.population;

import java.time.LocalDate;
import java.time.Period;

/**
 * A human of the invented city.
 *
 * @param index position in the population, from 0
 * @param phone what a hospital writes down: the person's own, or the one that the household shares
 * @param ownPhone whether nobody else gives that phone as their own
 * @param motherIndex the mother's position when this is a newborn, else -1; {@code motherName} is empty then
 */
public record Resident(
        int index,
        String name,
        Sex sex,
        LocalDate birthDate,
        IdType idType,
        String idNumber,
        String phone,
        boolean ownPhone,
        String address,
        int householdId,
        Kind kind,
        int motherIndex,
        String motherName) {

    /** A newborn is registered as 王某某之子 or 王某某之女 before it has a name. */
    public enum Kind {
        ADULT,
        CHILD,
        NEWBORN
    }

    /** In full years. */
    public int age(LocalDate on) {
        return Period.between(birthDate, on).getYears();
    }

    Resident with(String newName, LocalDate newBirthDate, String newIdNumber, String newPhone) {
        return new Resident(
                index,
                newName,
                sex,
                newBirthDate,
                idType,
                newIdNumber,
                newPhone,
                ownPhone,
                address,
                householdId,
                kind,
                motherIndex,
                motherName);
    }
}
