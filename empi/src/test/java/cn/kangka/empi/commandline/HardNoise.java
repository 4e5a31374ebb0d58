package cn.kangka.empi.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Records of people who are hard to tell apart: families that share surname, postcode and place of birth, sons who have
 * their father's name, twins; few fields, a third of the values missing, birthdays rounded to the year, names misspelt
 * or shortened, people who move and change their work. Each human has one to eight records. Seeded.
 */
final class HardNoise {
    static final String HEADER = "id,first_name,surname,birth,birth_place,postcode,occupation,person";
    private static final String[] SYLLABLES = {
        "al", "ber", "to", "mar", "li", "sa", "ed", "win", "har", "ri", "jo", "se", "phi", "ne", "wil", "lam", "an",
                "na",
        "ge", "or", "the", "do", "ra", "cla", "ren", "ce", "fre", "da", "lu", "cy", "hen", "ni", "vic", "tor", "ka",
                "te"
    };

    private final Random random;
    private final List<String> given;
    private final List<String> surnames;
    private final List<String> places;
    private final List<String> occupations;
    private final List<String> rows = new ArrayList<>();
    private int people;
    private int records;

    private HardNoise(long seed) {
        random = new Random(seed);
        given = words(250, 2);
        surnames = words(900, 3);
        places = words(120, 3);
        occupations = words(80, 3);
    }

    private record Human(
            int number, String first, String last, LocalDate birth, String place, String postcode, String work) {}

    /** Writes records of about so many humans, in random order. */
    static void write(Path file, long seed, int humans) throws IOException {
        HardNoise noise = new HardNoise(seed);
        while (noise.people < humans) {
            noise.family();
        }
        Collections.shuffle(noise.rows, noise.random);
        Files.writeString(file, HEADER + "\n" + String.join("\n", noise.rows) + "\n");
    }

    private List<String> words(int count, int syllables) {
        List<String> words = new ArrayList<>();
        while (words.size() < count) {
            StringBuilder word = new StringBuilder();
            for (int i = 0; i < syllables; i++) {
                word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
            }
            if (!words.contains(word.toString())) {
                words.add(word.toString());
            }
        }
        return words;
    }

    /** The first words are by far the commonest, as names are. */
    private String common(List<String> words) {
        double place = Math.pow(words.size() + 1.0, random.nextDouble()) - 1;
        return words.get(Math.min(words.size() - 1, (int) place));
    }

    private void family() {
        String last = common(surnames);
        String place = common(places);
        String postcode = postcode();
        LocalDate parents = LocalDate.of(1850, 1, 1).plusDays(random.nextInt(365 * 60));
        String father = common(given);
        int members = 1 + random.nextInt(5);
        LocalDate birth = parents;
        for (int i = 0; i < members; i++) {
            boolean twin = i > 1 && chance(0.03);
            birth = i == 0 || twin ? birth : parents.plusDays(365L * 22 + random.nextInt(365 * 18));
            String first = i == 0 || i == 1 && chance(0.08) ? father : common(given);
            human(new Human(people++, first, last, birth, place, postcode, common(occupations)));
        }
    }

    private String postcode() {
        return "" + (char) ('A' + random.nextInt(26)) + (10 + random.nextInt(90)) + (char) ('A' + random.nextInt(26));
    }

    private void human(Human human) {
        int copies = 1;
        while (copies < 8 && chance(0.6)) {
            copies++;
        }
        Human now = human;
        for (int i = 0; i < copies; i++) {
            boolean moves = i > 0 && chance(0.2);
            boolean changes = i > 0 && chance(0.2);
            now = new Human(
                    now.number,
                    now.first,
                    now.last,
                    now.birth,
                    now.place,
                    moves ? postcode() : now.postcode,
                    changes ? common(occupations) : now.work);
            rows.add(row(now));
        }
    }

    private String row(Human human) {
        String first = missing(0.06, chance(0.08) ? human.first.substring(0, 3) : misspelt(human.first, 0.12));
        String last = missing(0.04, misspelt(human.last, 0.12));
        boolean swapped = chance(0.03);
        return String.join(
                ",",
                "r" + records++,
                swapped ? last : first,
                swapped ? first : last,
                missing(0.2, birth(human.birth)),
                missing(0.35, misspelt(human.place, 0.05)),
                missing(0.25, misspelt(human.postcode, 0.05)),
                missing(0.5, human.work),
                "p" + human.number);
    }

    private String birth(LocalDate date) {
        if (chance(0.1)) {
            return date.withDayOfYear(1).toString();
        }
        LocalDate near = chance(0.05) ? date.plusYears(random.nextBoolean() ? 1 : -1) : date;
        return chance(0.08) ? near.withDayOfMonth(1 + random.nextInt(28)).toString() : near.toString();
    }

    private String misspelt(String word, double rate) {
        if (!chance(rate) || word.length() < 3) {
            return word;
        }
        int at = 1 + random.nextInt(word.length() - 1);
        String letter = Character.toString('a' + random.nextInt(26));
        return switch (random.nextInt(3)) {
            case 0 -> word.substring(0, at) + word.substring(at + 1);
            case 1 -> word.substring(0, at) + letter + word.substring(at);
            default -> word.substring(0, at) + letter + word.substring(at + 1);
        };
    }

    private String missing(double rate, String value) {
        return chance(rate) ? "" : value;
    }

    private boolean chance(double rate) {
        return random.nextDouble() < rate;
    }
}
