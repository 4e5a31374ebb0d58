package cn.kangka.empi.matching.value;

import cn.kangka.empi.identity.Names;
import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chinese characters: simplified forms, variants that clerks take for each other, and toneless pinyin. The readings are
 * ICU's, computed once for all characters of the basic block.
 */
public final class ChineseScript {
    private static final char FIRST = '\u4E00';
    private static final char LAST = '\u9FFF';
    private static final Set<String> COMPOUND_SURNAMES = Set.of(
            "欧阳", "上官", "司徒", "司马", "诸葛", "皇甫", "东方", "令狐", "尉迟", "慕容", "夏侯", "端木", "公孙", "长孙", "宇文", "轩辕", "独孤", "南宫",
            "百里", "呼延", "闻人", "申屠", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "仲孙", "钟离", "鲜于", "闾丘", "拓跋", "第五", "万俟");

    /** Characters that are read in another way as surnames. */
    private static final String READ_DIFFERENTLY = "单仇解曾区盖查朴任召乐洗缪员燕纪尉种折覃翟黑薄卜哈繁逄";

    /** Forms that are written for the same name and that neither NFKC nor the simplification brings together. */
    private static final String VARIANTS =
            "囯国淸清靑青敎教産产爲为啓启喆哲昇升堃坤淼水犇奔鑫金森林垚尧燚炎仝同玥月旸阳琟维瑛英裡里峯峰羣群畧略" + "汎泛昰是晧皓曌照甦苏徳德髙高吳吴呂吕黃黄祿禄絲丝";

    private ChineseScript() {}

    /** Tables that take a moment to compute, only when Chinese is compared. */
    private static final class Tables {
        private static final char[] SIMPLIFIED = simplifiedForms();
        private static final String[] READINGS = readings();
        private static final Map<String, String> SURNAMES = surnameReadings();

        private static String all(char separator) {
            StringBuilder all = new StringBuilder();
            for (char each = FIRST; each <= LAST; each++) {
                all.append(each).append(separator);
            }
            return all.toString();
        }

        private static char[] simplifiedForms() {
            String[] forms = Transliterator.getInstance("Hant-Hans")
                    .transliterate(all('\n'))
                    .split("\n");
            char[] table = new char[forms.length];
            for (int i = 0; i < table.length; i++) {
                table[i] = forms[i].length() == 1 ? forms[i].charAt(0) : (char) (FIRST + i);
            }
            for (int i = 0; i < VARIANTS.length(); i += 2) {
                table[VARIANTS.charAt(i) - FIRST] = VARIANTS.charAt(i + 1);
            }
            for (int i = 0; i < table.length; i++) {
                table[i] = table[i] >= FIRST && table[i] <= LAST ? table[table[i] - FIRST] : table[i];
            }
            return table;
        }

        private static String[] readings() {
            return toneless(Transliterator.getInstance("Han-Latin").transliterate(all('\n')))
                    .split("\n");
        }

        private static Map<String, String> surnameReadings() {
            Transliterator names = Transliterator.getInstance("Han-Latin/Names");
            Map<String, String> table = new HashMap<>();
            Stream.concat(READ_DIFFERENTLY.chars().mapToObj(Character::toString), COMPOUND_SURNAMES.stream())
                    .forEach(surname -> table.put(
                            surname, toneless(names.transliterate(surname)).replace(" ", "")));
            return Map.copyOf(table);
        }

        private static String toneless(String pinyin) {
            return Normalizer.normalize(pinyin, Normalizer.Form.NFD)
                    .replace("u\u0308", "v")
                    .replaceAll("\\p{M}", "")
                    .toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Traditional and variant characters become simplified ones; everything else stays. */
    public static String simplified(String text) {
        return Names.isHan(text) ? mapped(text) : text;
    }

    /** The form by which two spellings of one name agree: {@link #simplified}, without middle dots and blanks. */
    public static String folded(String name) {
        return simplified(name).replace("·", "").replace(" ", "");
    }

    private static String mapped(String text) {
        StringBuilder mapped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            mapped.append(each >= FIRST && each <= LAST ? Tables.SIMPLIFIED[each - FIRST] : each);
        }
        return mapped.toString();
    }

    /** Toneless syllables joined by blanks, the surname read as a surname: 单雄信 is {@code shan xiong xin}. */
    public static String pinyin(String name) {
        int surname = name.length() > 2 && COMPOUND_SURNAMES.contains(name.substring(0, 2)) ? 2 : 1;
        String family = name.substring(0, Math.min(surname, name.length()));
        StringBuilder pinyin = new StringBuilder(name.length() * 5);
        String special = Tables.SURNAMES.get(family);
        pinyin.append(special == null ? syllables(family) : special);
        String given = name.substring(family.length());
        return given.isEmpty()
                ? pinyin.toString()
                : pinyin.append(' ').append(syllables(given)).toString();
    }

    private static String syllables(String text) {
        StringBuilder syllables = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            syllables.append(i == 0 ? "" : " ");
            syllables.append(each >= FIRST && each <= LAST ? Tables.READINGS[each - FIRST] : String.valueOf(each));
        }
        return syllables.toString();
    }
}
