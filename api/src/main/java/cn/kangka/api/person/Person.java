package cn.kangka.api.person;

import java.time.LocalDate;
import java.util.UUID;

/**
 * A human as the index knows them.
 *
 * @param name null while unknown
 * @param sex MALE, FEMALE or UNKNOWN
 * @param suspect true after a split until it was reviewed
 */
public record Person(UUID id, String name, String sex, LocalDate birthDate, boolean suspect) {
    @Override
    public String toString() {
        return "person " + id;
    }
}
