package cn.kangka.sandbox.population;

import cn.kangka.sandbox.population.ErrorMix.Spoiled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Labelled patients of the whole region as CSV: each human has one right record, some have a further one with errors.
 * Made household by household: a million people need no more memory than a thousand.
 */
public final class PatientFile {
    /** The first line. {@code person} is the human, {@code errors} what happened to the record, joined by semicolons. */
    public static final String HEADER =
            "source,id,name,sex,birth,idType,idNumber,phone,address,divisionCode,motherName,insurance,person,errors";

    /** So many further records wait, so that they don't stand beside the first ones. */
    private static final int WAITING = 4_096;

    private static final double HOSPITAL = 0.7;
    private static final double SAME_SOURCE = 0.1;
    private static final double INSURED = 0.85;
    private static final double WITH_MOTHERS_ID = 0.6;

    private static final List<String> HOSPITALS = ids("H%03d", 7);
    private static final List<String> CENTRES = ids("C%03d", 100);

    private final long seed;
    private final int people;
    private final double duplicates;
    private final ErrorMix mix;

    /**
     * @param people how many humans, at most {@value Numbers#MOST}
     * @param duplicates share of them with a further record, 0 to 1
     */
    public PatientFile(long seed, int people, double duplicates, ErrorMix mix) {
        this.seed = seed;
        this.people = people;
        this.duplicates = duplicates;
        this.mix = mix;
    }

    private static List<String> ids(String format, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> String.format(Locale.ROOT, format, number))
                .toList();
    }

    /** Writes the header and all records, each line ended by a line feed, and counts what was written. */
    public PatientFileSummary write(Appendable out) throws IOException {
        return new Pass(out).all();
    }

    /** One pass over the people. */
    private final class Pass {
        private final Appendable out;
        private final Numbers numbers = new Numbers(seed);
        private final NewbornIds newbornIds = new NewbornIds();
        private final PatientFileSummary summary = new PatientFileSummary();
        private final String[] waiting = new String[WAITING];
        private final Dice shuffle = Dice.of(seed, 25);

        Pass(Appendable out) {
            this.out = out;
        }

        PatientFileSummary all() throws IOException {
            out.append(HEADER).append('\n');
            List<Resident> household = new ArrayList<>();
            Iterator<Resident> residents = Population.wide(seed, people).iterator();
            while (residents.hasNext()) {
                Resident resident = residents.next();
                if (!household.isEmpty() && household.get(0).householdId() != resident.householdId()) {
                    write(household);
                    household.clear();
                }
                household.add(resident);
            }
            write(household);
            for (String line : waiting) {
                out.append(line == null ? "" : line);
            }
            return summary;
        }

        private void write(List<Resident> household) throws IOException {
            summary.count(household);
            for (Resident resident : household) {
                PatientRecord first = first(resident, household);
                out.append(line(first, resident, Set.of()));
                Dice dice = Dice.of(seed, 24, resident.index());
                if (dice.chance(duplicates)) {
                    further(first, resident, household, dice);
                }
            }
        }

        private void further(PatientRecord first, Resident resident, List<Resident> household, Dice dice)
                throws IOException {
            Circumstances around =
                    new Circumstances(resident, List.copyOf(household), numbers, newbornIds, Population.DEFAULT_DAY);
            Optional<Spoiled> spoiled = mix.spoil(first, around, seed);
            if (spoiled.isPresent()) {
                Set<ErrorKind> kinds = spoiled.get().kinds();
                PatientRecord further =
                        spoiled.get().written().at(another(first.source(), dice), numbers.localId(resident.index(), 1));
                summary.count(kinds);
                int place = shuffle.below(WAITING);
                out.append(waiting[place] == null ? "" : waiting[place]);
                waiting[place] = line(further, resident, kinds);
            }
        }

        private String another(String source, Dice dice) {
            if (dice.chance(SAME_SOURCE)) {
                return source;
            }
            String other = source(dice);
            return other.equals(source) ? dice.pick(CENTRES) : other;
        }

        private PatientRecord first(Resident resident, List<Resident> household) {
            int index = resident.index();
            Optional<Resident> mother = mother(resident, household);
            boolean newborn = resident.kind() == Resident.Kind.NEWBORN;
            int registeredWith = newborn ? resident.motherIndex() : index;
            Dice dice = Dice.of(seed, 26, index);
            boolean mothersId = newborn && dice.chance(WITH_MOTHERS_ID) && mother.isPresent();
            Resident holder = mothersId ? mother.get() : resident;
            boolean insured = !newborn && dice.chance(INSURED);
            return new PatientRecord(
                    source(Dice.of(seed, 27, registeredWith)),
                    numbers.localId(index, 0),
                    resident.name(),
                    resident.sex().hl7(),
                    resident.birthDate().toString(),
                    holder.idType().name(),
                    holder.idNumber(),
                    resident.phone(),
                    resident.address(),
                    Divisions.codeOf(resident.address()),
                    mother.map(Resident::name).orElse(""),
                    insured ? numbers.insurance(index) : "");
        }
    }

    private static String source(Dice dice) {
        return dice.chance(HOSPITAL) ? dice.pickEarly(HOSPITALS) : dice.pick(CENTRES);
    }

    /** A newborn's, and a child's, which is registered with her phone. */
    private static Optional<Resident> mother(Resident resident, List<Resident> household) {
        return switch (resident.kind()) {
            case ADULT -> Optional.empty();
            case NEWBORN, CHILD ->
                household.stream()
                        .filter(member -> member.kind() == Resident.Kind.ADULT && member.sex() == Sex.FEMALE)
                        .filter(member -> member.ownPhone() && member.phone().equals(resident.phone()))
                        .findFirst();
        };
    }

    private static String line(PatientRecord record, Resident person, Set<ErrorKind> kinds) {
        String errors = kinds.stream().sorted().map(ErrorKind::name).collect(Collectors.joining(";"));
        return String.join(
                        ",",
                        record.source(),
                        record.id(),
                        record.name(),
                        record.sex(),
                        record.birth(),
                        record.idType(),
                        record.idNumber(),
                        record.phone(),
                        record.address(),
                        record.divisionCode(),
                        record.motherName(),
                        record.insurance(),
                        Integer.toString(person.index()),
                        errors)
                + "\n";
    }
}
