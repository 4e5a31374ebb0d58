package cn.kangka.sandbox.launch;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the command line asked for.
 *
 * @param home the repository's root, where the services' jars lie
 * @param data where the region keeps its data
 * @param fresh whether to throw the data away first
 * @param demo whether to fill the region with demo people and let the hospitals live
 * @param ports where everything listens
 * @param without services that somebody runs by hand (dev mode)
 * @param people how many residents the demo region has
 * @param pace messages a minute that the hospitals send by themselves
 */
public record Options(
        Path home, Path data, boolean fresh, boolean demo, Ports ports, Set<String> without, int people, double pace) {
    public static final int PEOPLE = 5_000;
    public static final double PACE = 4;

    /** Reads the arguments. @throws Refusal naming the argument that makes no sense */
    public static Options parse(Path home, List<String> arguments) {
        Path data = home.resolve("data");
        boolean fresh = false;
        boolean demo = true;
        Ports ports = Ports.usual();
        Set<String> without = new TreeSet<>();
        int people = PEOPLE;
        double pace = PACE;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.poll();
            switch (argument) {
                case "--fresh" -> fresh = true;
                case "--no-demo" -> demo = false;
                case "--data" -> data = Path.of(value(argument, rest));
                case "--port-base" -> ports = Ports.from(number(argument, value(argument, rest), 1_024, 65_000));
                case "--people" -> people = number(argument, value(argument, rest), 1, 1_000_000);
                case "--pace" -> pace = number(argument, value(argument, rest), 0, 100_000);
                case "--without" -> without.add(service(value(argument, rest)));
                default -> throw Usage.RUN.refusal("I don't know the option " + argument + ".");
            }
        }
        return new Options(home, data.toAbsolutePath().normalize(), fresh, demo, ports, without, people, pace);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw Usage.RUN.refusal("The option " + option + " needs a value.");
        }
        return rest.poll();
    }

    static int number(String option, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw Usage.RUN.refusal(
                "The option " + option + " needs a number from " + least + " to " + most + ", not " + text + ".");
    }

    private static String service(String name) {
        if (!Service.NAMES.contains(name)) {
            throw Usage.RUN.refusal(
                    "There is no service " + name + "; there are " + String.join(", ", Service.NAMES) + ".");
        }
        return name;
    }
}
