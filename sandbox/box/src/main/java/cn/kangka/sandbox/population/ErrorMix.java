package cn.kangka.sandbox.population;

import cn.kangka.sandbox.population.ErrorKind.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which kinds of error happen, and how often.
 *
 * @param rates per kind, the share (0 to 1) of the further records in which it is possible and happens; where those of a
 *     field's kinds add up to more than one, they are scaled down
 * @param required the kind without which there is no further record; empty when there may be any or none
 */
public record ErrorMix(Map<ErrorKind, Double> rates, Optional<ErrorKind> required) {

    public ErrorMix {
        rates.forEach((kind, rate) -> {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException(kind + " needs a rate from 0 to 1, not " + rate);
            }
        });
        rates = Collections.unmodifiableMap(new EnumMap<>(rates));
    }

    /** A further record with what happened to it. */
    record Spoiled(PatientRecord written, Set<ErrorKind> kinds) {}

    private record Possible(ErrorKind kind, double rate, PatientRecord written) {}

    /** Every kind at its usual rate. */
    public static ErrorMix usual() {
        Map<ErrorKind, Double> rates = new EnumMap<>(ErrorKind.class);
        for (ErrorKind kind : ErrorKind.values()) {
            rates.put(kind, kind.usualRate());
        }
        return new ErrorMix(rates, Optional.empty());
    }

    /** That kind in every further record and nothing else; humans in whose record it is impossible have one record. */
    public static ErrorMix only(ErrorKind kind) {
        return new ErrorMix(new EnumMap<>(Map.of(kind, 1.0)), Optional.of(kind));
    }

    /** The same but for some kinds. @throws IllegalArgumentException for a rate below 0 or above 1 */
    public ErrorMix with(Map<ErrorKind, Double> changes) {
        Map<ErrorKind, Double> changed = new EnumMap<>(rates);
        changed.putAll(changes);
        return new ErrorMix(changed, required);
    }

    /**
     * The record with the errors that the dice of its human bring; at most one per field.
     *
     * @return nothing where the required kind is impossible
     */
    Optional<Spoiled> spoil(PatientRecord right, Circumstances around, long seed) {
        PatientRecord written = right;
        Set<ErrorKind> kinds = EnumSet.noneOf(ErrorKind.class);
        for (Field field : Field.values()) {
            Optional<Possible> drawn = draw(field, written, around, seed);
            if (drawn.isPresent()) {
                written = drawn.get().written();
                kinds.add(drawn.get().kind());
            }
        }
        return required.isEmpty() || kinds.contains(required.get())
                ? Optional.of(new Spoiled(written, kinds))
                : Optional.empty();
    }

    /** Each kind has dice of its own, so that switching one off changes nothing about the others. */
    private Optional<Possible> draw(Field field, PatientRecord record, Circumstances around, long seed) {
        int index = around.resident().index();
        List<Possible> possible = new ArrayList<>();
        double total = 0;
        for (Map.Entry<ErrorKind, Double> each : rates.entrySet()) {
            ErrorKind kind = each.getKey();
            if (kind.field() == field && each.getValue() > 0) {
                Optional<PatientRecord> written = kind.spoil(record, around, Dice.of(seed, 21, index, kind.ordinal()));
                written.ifPresent(wrong -> possible.add(new Possible(kind, each.getValue(), wrong)));
                total += written.isPresent() ? each.getValue() : 0;
            }
        }
        double drawn = Dice.of(seed, 22, index, field.ordinal()).fraction() * Math.max(1, total);
        for (Possible each : possible) {
            drawn -= each.rate();
            if (drawn < 0) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
