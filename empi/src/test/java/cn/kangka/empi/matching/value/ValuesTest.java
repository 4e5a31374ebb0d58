package cn.kangka.empi.matching.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lower              | ÄB          | äb
            upper              | äb          | ÄB
            nfkc               | ＡＢ１２        | AB12
            single-spaces      | a \u3000  b     | a b
            no-spaces          | a \u3000 b      | ab
            no-accents         | José Ñandú  | Jose Nandu
            letters            | O'Brien 3   | OBrien
            digits             | 7-12 a      | 712
            letters-and-digits | 12-B/7      | 12B7
            not-one-character  | 000000      | ''
            not-one-character  | 000010      | 000010
            date               | 1984-2-3    | 19840203
            date               | 1984年2月3日   | 19840203
            date               | 3.2.1984    | 19840203
            date               | 19840203    | 19840203
            date               | 1984-02-03T00:00:00 | 19840203
            phone              | +86 138-1234-5678   | 13812345678
            phone              | 0086 13812345678    | 13812345678
            phone              | 0571-8888 1234      | 057188881234
            sex                | 女           | f
            sex                | M           | m
            sex                | unknown     | ''
            resident-id        | １１０１０５１９４９１２３１００２ｘ | 11010519491231002X
            resident-id        | 110105491231002     | 11010519491231002X
            chinese-name       | 张 伟         | 张伟
            chinese-name       | 阿不都•买买提    | 阿不都·买买提
            chinese-name       | 阿不都.买买提    | 阿不都·买买提
            chinese-name       | Anna  MARIA | anna maria
            newborn            | 王芳之女        | newborn
            newborn            | 王之芳         | named
            newborn-only       | 王芳之女        | newborn
            newborn-only       | 王之芳         | ''
            simplified         | 張偉          | 张伟
            """)
    void texts_come_into_one_spelling(String normaliser, String text, String normal) {
        assertThat(Normalisers.named(normaliser).orElseThrow().apply(text)).isEqualTo(normal);
    }

    @Property
    void a_normal_text_stays_as_it_is(@ForAll String text) {
        for (String name : Normalisers.names()) {
            Normaliser normaliser = Normalisers.named(name).orElseThrow();
            String normal = normaliser.apply(text);
            if (!name.startsWith("newborn") && !name.equals("sex")) {
                assertThat(normaliser.apply(normal)).as("%s of %s", name, text).isEqualTo(normal);
            }
        }
    }

    /** Found by the property above: two accents that stand free meet when the blanks between them go. */
    @Test
    void marks_that_meet_keep_one_order() {
        Normaliser name = Normalisers.named("chinese-name").orElseThrow();
        String normal = name.apply("\u2E80\u02D8\uFC62");
        assertThat(name.apply(normal)).isEqualTo(normal);
    }

    @Test
    void junk_becomes_missing() {
        Normaliser normaliser =
                Normalisers.named("digits").orElseThrow().then(Normalisers.without(Set.of("13800000000")));
        assertThat(normaliser.apply("138-0000-0000")).isEmpty();
        assertThat(normaliser.apply("138-0000-0001")).isEqualTo("13800000001");
    }

    @Test
    void what_nobody_knows_is_no_normaliser_and_no_key() {
        assertThat(Normalisers.named("lowr")).isEmpty();
        assertThat(KeyTransforms.of(new String[] {"foremost"})).isEmpty();
        assertThat(KeyTransforms.of(new String[] {"first", "0"})).isEmpty();
        assertThat(KeyTransforms.of(new String[] {"first", "1", "2"})).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            first 3        | abcd      | abc
            first 5        | abcd      | -
            last 2         | abcd      | cd
            last 5         | abcd      | -
            from 3         | abcd      | cd
            part 1         | abcd      | abcd
            part 2         | abcd      | -
            word 2         | 12 High St. | High
            word 4         | 12 High St. | -
            year           | 19840203  | 1984
            month-day      | 19840203  | 0203
            year-month     | 19840203  | 198402
            day-and-month  | 19840302  | 19840203
            day-and-month  | 1984      | -
            soundex        | Robert    | R163
            soundex        | 王伟        | -
            metaphone      | Smith     | SM0
            letters-sorted | dbca      | abcd
            parts-sorted   | abcd      | abcd
            folded         | 張偉        | 张伟
            pinyin         | 單雄信       | shan xiong xin
            """)
    void keys_take_a_part_of_a_value(String words, String value, String key) {
        KeyTransform transform = KeyTransforms.of(words.split(" ")).orElseThrow();
        assertThat(transform.apply(new String[] {value})).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "单雄信, shan xiong xin", "仇英, qiu ying", "解缙, xie jin", "曾国藩, zeng guo fan", "区寄, ou ji", "欧阳修, ouyang xiu",
        "尉迟恭, yuchi gong", "万俟卨, moqi xie", "吕布, lv bu", "张伟, zhang wei", "章玮, zhang wei", "查良镛, zha liang yong"
    })
    void surnames_are_read_as_surnames(String name, String pinyin) {
        assertThat(ChineseScript.pinyin(name)).isEqualTo(pinyin);
    }

    @Test
    void traditional_and_variant_characters_fold_into_one() {
        assertThat(ChineseScript.folded("髙麗")).isEqualTo("高丽");
        assertThat(ChineseScript.folded("阿不都·买买提")).isEqualTo("阿不都买买提");
        assertThat(ChineseScript.simplified("Anna")).isEqualTo("Anna");
    }
}
