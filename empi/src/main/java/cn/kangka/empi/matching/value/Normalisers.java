package cn.kangka.empi.matching.value;

import static java.util.Map.entry;

import cn.kangka.empi.identity.Names;
import cn.kangka.empi.identity.ResidentId;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The normalisers by the names that models use. */
public final class Normalisers {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}]+");
    private static final Pattern NOT_DIGITS = Pattern.compile("[^0-9]+");
    private static final Pattern NOT_LETTERS_OR_DIGITS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern SAME_CHARACTER = Pattern.compile("(.)\\1*");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})\\D+(\\d{1,2})\\D+(\\d{1,2})\\D*.*");
    private static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})\\D+(\\d{1,2})\\D+(\\d{4})");
    private static final Pattern FULL_STOP = Pattern.compile("[.]");
    private static final Pattern CHINESE_PREFIX = Pattern.compile("^(?:00)?86(?=1\\d{10}$)");

    private static final Map<String, Normaliser> ALL = Map.ofEntries(
            entry("lower", text -> text.toLowerCase(Locale.ROOT)),
            entry("upper", text -> text.toUpperCase(Locale.ROOT)),
            entry("nfkc", text -> Normalizer.normalize(text, Normalizer.Form.NFKC)),
            entry("single-spaces", text -> BLANKS.matcher(text).replaceAll(" ").strip()),
            entry("no-spaces", text -> BLANKS.matcher(text).replaceAll("")),
            entry("no-accents", Normalisers::withoutAccents),
            entry("letters", text -> NOT_LETTERS.matcher(text).replaceAll("")),
            entry("digits", text -> NOT_DIGITS.matcher(text).replaceAll("")),
            entry(
                    "letters-and-digits",
                    text -> NOT_LETTERS_OR_DIGITS.matcher(text).replaceAll("")),
            entry("not-one-character", text -> SAME_CHARACTER.matcher(text).matches() ? "" : text),
            entry("date", Normalisers::date),
            entry("phone", Normalisers::phone),
            entry("sex", Normalisers::sex),
            entry("resident-id", Normalisers::residentId),
            entry("chinese-name", Normalisers::chineseName),
            entry("newborn", text -> Names.isNewborn(chineseName(text)) ? "newborn" : "named"),
            entry("newborn-only", text -> Names.isNewborn(chineseName(text)) ? "newborn" : ""),
            entry("simplified", ChineseScript::simplified));

    private Normalisers() {}

    /** All names, sorted. */
    public static Set<String> names() {
        return new TreeSet<>(ALL.keySet());
    }

    /** The normaliser of that name. */
    public static Optional<Normaliser> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** Makes values that say nothing, such as 13800000000, missing. */
    public static Normaliser without(Set<String> junk) {
        Set<String> values = Set.copyOf(junk);
        return text -> values.contains(text) ? "" : text;
    }

    private static String withoutAccents(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    }

    /** Eight digits, year first; what is no date keeps its digits, so that a typing error can still be compared. */
    private static String date(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        Matcher first = YEAR_FIRST.matcher(plain);
        if (first.matches()) {
            return first.group(1) + padded(first.group(2)) + padded(first.group(3));
        }
        Matcher last = YEAR_LAST.matcher(plain);
        if (last.matches()) {
            return last.group(3) + padded(last.group(2)) + padded(last.group(1));
        }
        return NOT_DIGITS.matcher(plain).replaceAll("");
    }

    private static String padded(String number) {
        return number.length() == 1 ? "0" + number : number;
    }

    private static String phone(String text) {
        String digits = NOT_DIGITS
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("");
        return CHINESE_PREFIX.matcher(digits).replaceFirst("");
    }

    private static String sex(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "m", "1", "male", "男" -> "m";
            case "f", "2", "female", "女" -> "f";
            default -> "";
        };
    }

    private static String residentId(String text) {
        String plain = BLANKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("")
                .toUpperCase(Locale.ROOT);
        return ResidentId.upgraded(Normalizer.normalize(plain, Normalizer.Form.NFKC));
    }

    /** {@link Names#tidy}; a full stop in a Chinese name is a middle dot, and other names are in small letters. */
    private static String chineseName(String text) {
        String tidy = Names.tidy(text);
        return Names.isHan(tidy)
                ? FULL_STOP.matcher(tidy).replaceAll("·")
                : Normalizer.normalize(tidy.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }
}
