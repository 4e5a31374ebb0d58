package cn.kangka.sandbox.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.sandbox.population.ErrorKind;
import cn.kangka.sandbox.population.ErrorMix;
import cn.kangka.sandbox.population.PatientFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ./run people}: writes labelled patients of an invented Chinese region as CSV, to measure record linkage with. */
final class MakePeople {
    private static final int MOST = 10_000_000;

    private final int count;
    private final double duplicates;
    private final long seed;
    private final ErrorMix mix;
    private final Path out;

    private MakePeople(int count, double duplicates, long seed, ErrorMix mix, Path out) {
        this.count = count;
        this.duplicates = duplicates;
        this.seed = seed;
        this.mix = mix;
        this.out = out;
    }

    private static String kinds() {
        return Stream.of(ErrorKind.values())
                .map(kind -> String.format(Locale.ROOT, "  %-20s %-5s %s", kind, kind.usualRate(), kind.text()))
                .collect(Collectors.joining("\n"));
    }

    /** Reads the arguments. @throws Refusal naming what makes no sense */
    static MakePeople parse(List<String> arguments) {
        int count = 0;
        double duplicates = 0.03;
        long seed = 1;
        Map<ErrorKind, Double> changes = Map.of();
        Optional<ErrorKind> only = Optional.empty();
        Path out = null;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.poll();
            String value = rest.isEmpty() ? "" : rest.poll();
            switch (option) {
                case "--count" -> count = (int) number(option, value, 1, MOST);
                case "--duplicates" -> duplicates = share(option, value);
                case "--seed" -> seed = number(option, value, Long.MIN_VALUE, Long.MAX_VALUE);
                case "--errors" -> changes = rates(value);
                case "--only" -> only = Optional.of(kind(value));
                case "--out" -> out = Path.of(value);
                default -> throw Usage.PEOPLE.refusal("I don't know the option " + option + ".");
            }
        }
        if (count == 0 || out == null || out.toString().isEmpty()) {
            throw Usage.PEOPLE.refusal("Say how many people (--count) and where to write them (--out).");
        }
        ErrorMix mix = only.map(ErrorMix::only).orElseGet(ErrorMix::usual).with(changes);
        return new MakePeople(count, duplicates, seed, mix, out);
    }

    private static Map<ErrorKind, Double> rates(String text) {
        Map<ErrorKind, Double> rates = new EnumMap<>(ErrorKind.class);
        for (String each : text.split(",", -1)) {
            String[] parts = each.split("=", 2);
            rates.put(kind(parts[0]), share("--errors " + parts[0], parts.length > 1 ? parts[1] : ""));
        }
        return rates;
    }

    private static ErrorKind kind(String name) {
        return Stream.of(ErrorKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal("There is no kind of error " + name + "; there are\n" + kinds()));
    }

    private static double share(String option, String text) {
        if (text.matches("\\d+(\\.\\d+)?") && Double.parseDouble(text) <= 1) {
            return Double.parseDouble(text);
        }
        throw new Refusal(option + " needs a share from 0 to 1, not '" + text + "'.");
    }

    private static long number(String option, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new Refusal(option + " needs a number from " + least + " to " + most + ", not '" + text + "'.");
    }

    /** Writes the file and says what is in it. */
    void run() {
        try (Writer writer = Files.newBufferedWriter(out, UTF_8)) {
            Launcher.say(
                    new PatientFile(seed, count, duplicates, mix).write(writer).text());
        } catch (IOException e) {
            throw new Refusal("I can't write " + out + " (" + e.getMessage() + ").");
        }
    }
}
