package cn.kangka.notification.template;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * No diagnosis, department, result, name or id in a push or SMS (domain rules, "Notices"): such a text may use listed
 * parameters only, whose values are short codes and numbers, so that nothing else can be smuggled in.
 *
 * @param discreet parameters that may leave the login's protection
 */
public record DiscretionPolicy(Set<String> discreet) {
    private static final Pattern VALUE = Pattern.compile("[0-9A-Za-z]{1,12}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{6,}");
    private static final String CODE = "123456";

    /** Whether a push or SMS text may use the parameter. */
    public boolean allows(String param) {
        return discreet.contains(param);
    }

    /** Whether a value may be rendered into a push or SMS text. */
    public boolean allowsValue(String value) {
        return VALUE.matcher(value).matches();
    }

    /**
     * Whether an SMS with a code, rendered for {@code 123456}, holds exactly that one run of six digits, so that a phone
     * and a person find it (contract, "Login").
     */
    public boolean showsOneCode(String rendered) {
        Matcher runs = DIGITS.matcher(rendered);
        return runs.find() && runs.group().equals(CODE) && !runs.find();
    }

    /** A stand-in for the code when a text is checked. */
    public static String sampleCode() {
        return CODE;
    }
}
