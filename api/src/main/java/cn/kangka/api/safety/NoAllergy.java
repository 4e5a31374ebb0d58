package cn.kangka.api.safety;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognises entries that say that there is no allergy, which many systems send as if it were one. An entry of several
 * clauses says so only when each of them does: "青霉素过敏，头孢皮试阴性" is an allergy.
 */
final class NoAllergy {
    private static final Pattern CLAUSES = Pattern.compile("[，,；;。、]");
    private static final Pattern DENIED = Pattern.compile("(否认|未发现|未见|无(?!花果)|没有|不详|未知|暂无).*|(?!.*过敏).*阴性(反应)?");
    private static final Pattern NONE =
            Pattern.compile("nka|nkda|none|nil|no|unknown|n/?a|no known( drug)? allerg(y|ies)( .*)?|denies .*");

    private NoAllergy() {}

    static boolean says(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        return !plain.isEmpty()
                && Arrays.stream(CLAUSES.split(plain))
                        .map(String::strip)
                        .filter(clause -> !clause.isEmpty())
                        .allMatch(clause -> DENIED.matcher(clause).matches()
                                || NONE.matcher(clause).matches());
    }
}
