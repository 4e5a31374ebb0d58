package cn.kangka.api.safety;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the groups that a substance belongs to: by ATC code where there is one, and always by its name. */
final class IngredientGroups {
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}+");

    private final List<IngredientGroup> groups;

    IngredientGroups(List<IngredientGroup> groups) {
        this.groups = List.copyOf(groups);
    }

    /** Ids of the groups, in the order of the table; empty when it belongs to none that we know. */
    Set<String> of(Substance substance) {
        Set<String> found = new LinkedHashSet<>();
        for (IngredientGroup group : groups) {
            if (byCode(group, substance.atc()) || byName(group, substance.text())) {
                found.add(group.id());
            }
        }
        return found;
    }

    /** The group with that id; null when there is none. */
    IngredientGroup find(String id) {
        return groups.stream()
                .filter(group -> group.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static boolean byCode(IngredientGroup group, String atc) {
        return atc != null && group.atc().stream().anyMatch(atc.toUpperCase(Locale.ROOT)::startsWith);
    }

    private static boolean byName(IngredientGroup group, String text) {
        String name = text.toLowerCase(Locale.ROOT);
        return group.words().stream().anyMatch(word -> holds(name, word));
    }

    /** A Chinese word may be part of a longer one; one of ASCII letters stands alone. */
    private static boolean holds(String name, String word) {
        int at = name.indexOf(word);
        if (at < 0 || !ASCII.matcher(word).matches()) {
            return at >= 0;
        }
        Matcher alone = Pattern.compile("(?<![a-z])" + Pattern.quote(word) + "s?(?![a-z])")
                .matcher(name);
        return alone.find();
    }
}
