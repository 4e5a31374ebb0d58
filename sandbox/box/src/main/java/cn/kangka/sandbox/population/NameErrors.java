package cn.kangka.sandbox.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Names misheard, misread, cut, turned round and not yet given. */
final class NameErrors {
    private static final String DOT = "·";
    private static final List<String> OTHER_DOTS = List.of("•", "・", "‧", "．", ".", " ", "");

    private NameErrors() {}

    static Optional<PatientRecord> homophoneGiven(PatientRecord right, Dice dice) {
        List<String> parts = parts(right);
        return replaced(parts.get(1), Writing::homophones, dice).map(given -> right.withName(parts.get(0) + given));
    }

    static Optional<PatientRecord> homophoneSurname(PatientRecord right, Dice dice) {
        List<String> parts = parts(right);
        List<String> others = Writing.surnameHomophones(parts.get(0));
        return parts.get(1).isEmpty() || others.isEmpty()
                ? Optional.empty()
                : Optional.of(right.withName(dice.pickEarly(others) + parts.get(1)));
    }

    static Optional<PatientRecord> lookAlike(PatientRecord right, Dice dice) {
        return replaced(right.name(), Writing::lookAlikes, dice).map(right::withName);
    }

    static Optional<PatientRecord> traditional(PatientRecord right) {
        return changed(right, Writing.traditional(right.name()));
    }

    static Optional<PatientRecord> rareCharacter(PatientRecord right, Dice dice) {
        for (String character : right.name().split("")) {
            if (GivenCharacters.isRare(character)) {
                String instead = dice.chance(0.6)
                        ? Writing.pinyin(character).toUpperCase(Locale.ROOT)
                        : dice.pick(List.of("？", "?"));
                return changed(right, right.name().replace(character, instead));
            }
        }
        return Optional.empty();
    }

    static Optional<PatientRecord> swapped(PatientRecord right) {
        int dot = right.name().indexOf(DOT);
        if (dot > 0) {
            return changed(
                    right, right.name().substring(dot + 1) + DOT + right.name().substring(0, dot));
        }
        List<String> parts = parts(right);
        return changed(right, parts.get(1) + parts.get(0));
    }

    /** Names of the Han and names that were short enough stay as they are. */
    static Optional<PatientRecord> truncated(PatientRecord right, Dice dice) {
        String name = right.name();
        int dot = name.indexOf(DOT);
        int length = dice.between(4, 6);
        if (dot > 1 && dice.chance(0.4)) {
            length = dot;
        }
        boolean minority = dot > 0 || name.length() > 4 && !isNewborn(name);
        return minority && length < name.length() ? changed(right, name.substring(0, length)) : Optional.empty();
    }

    static Optional<PatientRecord> middleDot(PatientRecord right, Dice dice) {
        return changed(right, right.name().replace(DOT, dice.pick(OTHER_DOTS)));
    }

    static Optional<PatientRecord> newbornNamed(PatientRecord right, Circumstances around, Dice dice) {
        Resident child = around.resident();
        if (child.kind() != Resident.Kind.NEWBORN) {
            return Optional.empty();
        }
        List<String> father = Names.common().parts(around.household().get(0).name());
        String name = father.get(1).isEmpty()
                ? Names.wide().minority(dice, child.sex(), child.householdId())
                : father.get(0)
                        + Names.wide()
                                .given(dice, child.sex(), child.birthDate().getYear());
        return Optional.of(right.withName(name)
                .withDocument(IdType.RESIDENT_ID.name(), around.newbornIds().next(child.birthDate(), child.sex())));
    }

    /** One character, any that has another instead. */
    private static Optional<String> replaced(String text, Function<String, List<String>> others, Dice dice) {
        List<String> characters = List.of(text.split(""));
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < characters.size(); i++) {
            if (!others.apply(characters.get(i)).isEmpty()) {
                places.add(i);
            }
        }
        if (places.isEmpty()) {
            return Optional.empty();
        }
        int place = dice.pick(places);
        List<String> written = new ArrayList<>(characters);
        written.set(place, dice.pickEarly(others.apply(characters.get(place))));
        return Optional.of(String.join("", written));
    }

    private static List<String> parts(PatientRecord right) {
        return isNewborn(right.name())
                ? List.of(right.name(), "")
                : Names.common().parts(right.name());
    }

    private static boolean isNewborn(String name) {
        return name.endsWith("之子") || name.endsWith("之女");
    }

    private static Optional<PatientRecord> changed(PatientRecord right, String name) {
        return name.equals(right.name()) ? Optional.empty() : Optional.of(right.withName(name));
    }
}
