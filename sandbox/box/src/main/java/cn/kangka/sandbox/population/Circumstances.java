package cn.kangka.sandbox.population;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What surrounds a record, for errors that take something from there.
 *
 * @param resident the human behind the record
 * @param household all who live there, the human too
 * @param newbornIds resident ids for newborns that get a name
 * @param asOf the day on which the records are written
 */
record Circumstances(
        Resident resident, List<Resident> household, Numbers numbers, NewbornIds newbornIds, LocalDate asOf) {

    /** Something of another member that is not what one has oneself. */
    Optional<Resident> relative(Dice dice, Function<Resident, String> what, String own) {
        List<Resident> others = household.stream()
                .filter(member -> member.index() != resident.index())
                .filter(member -> !what.apply(member).equals(own))
                .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(dice.pick(others));
    }
}
