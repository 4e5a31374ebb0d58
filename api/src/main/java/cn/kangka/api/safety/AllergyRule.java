package cn.kangka.api.safety;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rule {@code safety.allergy-ingredient-group}, tier 1: a documented allergy to the substance or to its ingredient group.
 *
 * <p>In this order: both belong to one group of the table; the allergy's ATC code is the order's or a class above it;
 * the order's name holds the allergy's.
 */
final class AllergyRule {
    static final String ID = "safety.allergy-ingredient-group";
    static final int TIER = 1;
    /** What both have in common when it is no group of the table. */
    static final String SAME_SUBSTANCE = "same-substance";

    /** A shorter code is an anatomical or therapeutic main group, and no substance. */
    private static final int SHORTEST_CLASS = 4;

    private static final int SHORTEST_NAME = 2;
    private static final String FILLING =
            "药物|药品|过敏史|过敏|皮试阳性|阳性|制剂|注射液|注射用|胶囊|片剂|口服液|颗粒|类|剂|allergy|allergic to" + "|[\\p{Punct}()、，。；：]";

    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}+");

    private final IngredientGroups groups;

    AllergyRule(IngredientGroups groups) {
        this.groups = groups;
    }

    /** What the allergy and the order have in common: a group's id, or {@link #SAME_SUBSTANCE}; empty when nothing. */
    Optional<String> conflict(Substance allergy, Substance order) {
        Set<String> common = groups.of(allergy);
        common.retainAll(groups.of(order));
        if (!common.isEmpty()) {
            return Optional.of(common.iterator().next());
        }
        return sameCode(allergy.atc(), order.atc()) || sameName(allergy.text(), order.text())
                ? Optional.of(SAME_SUBSTANCE)
                : Optional.empty();
    }

    private static boolean sameCode(String allergy, String order) {
        return allergy != null
                && order != null
                && allergy.length() >= SHORTEST_CLASS
                && order.toUpperCase(Locale.ROOT).startsWith(allergy.toUpperCase(Locale.ROOT));
    }

    /** A Chinese name may be part of a longer one; one of ASCII letters stands alone. */
    private static boolean sameName(String allergy, String order) {
        String core = core(allergy);
        if (core.codePointCount(0, core.length()) < SHORTEST_NAME) {
            return false;
        }
        return ASCII.matcher(core).matches()
                ? Pattern.compile("(?<![a-z])" + Pattern.quote(core) + "(?![a-z])")
                        .matcher(core(order))
                        .find()
                : core(order).contains(core);
    }

    private static String core(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll(FILLING, "").strip().replaceAll("\\s+", " ");
    }
}
