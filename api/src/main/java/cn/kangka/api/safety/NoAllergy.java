package cn.kangka.api.safety;

import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises entries that say that there is no allergy, which many systems send as if it were one. */
final class NoAllergy {
    private static final Pattern DENIED = Pattern.compile("^(否认|未发现|未见|无(?!花果)|没有|不详|未知|暂无).*|.*阴性.*");
    private static final Pattern NONE =
            Pattern.compile("^(nka|nkda|none|nil|no|unknown|n/?a|no known( drug)? allerg(y|ies)( .*)?|denies .*)$");

    private NoAllergy() {}

    static boolean says(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        return DENIED.matcher(plain).matches() || NONE.matcher(plain).matches();
    }
}
