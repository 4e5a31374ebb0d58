package cn.kangka.sandbox.population;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is in a {@link PatientFile}: records, kinds of error, and how many people share phone and address. */
public final class PatientFileSummary {
    private final Map<ErrorKind, Integer> kinds = new EnumMap<>(ErrorKind.class);
    private int people;
    private int further;
    private int withoutError;
    private int households;
    private int householdsOfSeveral;
    private int householdsWithSharedPhone;
    private int peopleWithSharedAddress;
    private int peopleWithSharedPhone;

    PatientFileSummary() {}

    void count(List<Resident> household) {
        Map<String, Integer> phones = new HashMap<>();
        household.forEach(member -> phones.merge(member.phone(), 1, Integer::sum));
        int sharing = phones.values().stream()
                .filter(users -> users > 1)
                .mapToInt(users -> users)
                .sum();
        boolean several = household.size() > 1;
        people += household.size();
        households++;
        householdsOfSeveral += several ? 1 : 0;
        householdsWithSharedPhone += sharing > 0 ? 1 : 0;
        peopleWithSharedAddress += several ? household.size() : 0;
        peopleWithSharedPhone += sharing;
    }

    void count(Set<ErrorKind> happened) {
        further++;
        withoutError += happened.isEmpty() ? 1 : 0;
        happened.forEach(kind -> kinds.merge(kind, 1, Integer::sum));
    }

    public int people() {
        return people;
    }

    /** Records beyond the first of a human. */
    public int further() {
        return further;
    }

    /** Further records with that kind. */
    public int of(ErrorKind kind) {
        return kinds.getOrDefault(kind, 0);
    }

    /** Share of people who live with somebody else, 0 to 1. */
    public double sharedAddress() {
        return share(peopleWithSharedAddress, people);
    }

    /** Share of people with a phone that somebody else is registered with too, 0 to 1. */
    public double sharedPhone() {
        return share(peopleWithSharedPhone, people);
    }

    /** For a person at the command line. */
    public String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                %,d people in %,d households, %,d further records (%,d of them without an error)
                households of several people: %.1f %%; households with a shared phone: %.1f %%
                people who share their address: %.1f %%; people who share their phone: %.1f %%
                """,
                people,
                households,
                further,
                withoutError,
                100 * share(householdsOfSeveral, households),
                100 * share(householdsWithSharedPhone, households),
                100 * sharedAddress(),
                100 * sharedPhone()));
        kinds.forEach((kind, count) -> text.append(String.format(
                Locale.ROOT, "%-20s %,9d  %5.1f %% of further records%n", kind, count, 100 * share(count, further))));
        return text.toString().stripTrailing();
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
