package cn.kangka.empi.matching.comparator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparatorsTest {
    /** Whether a level of that comparator and argument holds for two values; columns are parted by a slash. */
    private static boolean holds(String name, String argument, String one, String other) {
        Comparators.Agreement level = Comparators.level(name, argument);
        Object left = level.comparator().prepare(one.split("/"));
        Object right = level.comparator().prepare(other.split("/"));
        return left != null
                && right != null
                && level.comparator().similarity(left, right, level.atLeast()) >= level.atLeast();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            exact               | -   | Anna      | Anna      | true
            exact               | -   | Anna      | anna      | false
            jaro-winkler        | 0.9 | martha    | marhta    | true
            jaro-winkler        | 0.97 | martha   | marhta    | false
            damerau-levenshtein | 1   | martha    | marhta    | true
            damerau-levenshtein | 1   | martha    | mahrat    | false
            damerau-levenshtein | 5   | kitten    | sitting   | true
            damerau-levenshtein | 2   | kitten    | sitting   | false
            overlap             | 0.8 | 文三路1号2幢 | 文三路1号2幢3 | true
            overlap             | 0.8 | 文三路1号2幢 | 武林路7号9幢 | false
            prefix              | 2   | abc       | abd       | true
            prefix              | 3   | ab        | ab        | false
            suffix              | 2   | xbc       | ybc       | true
            truncated           | 3   | Maximilian | Max      | true
            truncated           | 4   | Maximilian | Max      | false
            same-before         | @   | jo@a.org  | jo@b.org  | true
            same-before         | @   | @a.org    | @a.org    | false
            number-near         | 5   | 100       | 104.9     | true
            number-near         | 5   | 100       | 106       | false
            number-near         | 5   | many      | many      | false
            swapped             | 0.9 | li/wei    | wei/li    | true
            swapped             | 0.9 | li/wei    | li/wei    | false
            crossed             | 0.9 | li/wei    | wei       | true
            same-part           | 2   | a/b       | c/b       | true
            same-part           | 2   | a         | c/b       | false
            date-swapped        | -   | 19840203  | 19840302  | true
            date-swapped        | -   | 19840203  | 19850302  | false
            date-digit          | -   | 19840203  | 19840208  | true
            date-digit          | -   | 19840203  | 19480203  | true
            date-digit          | -   | 19840203  | 19480302  | false
            date-days           | 31  | 19840203  | 19840303  | true
            date-days           | 28  | 19840203  | 19840303  | false
            date-years          | 1   | 19840203  | 19850203  | true
            date-years          | 1   | 19840203  | 19850204  | false
            date-parts          | 2   | 19840203  | 19840207  | true
            date-parts          | 2   | 19840203  | 19840507  | false
            date-lunar          | -   | 19500815  | 19500926  | true
            date-lunar          | -   | 19500815  | 19500927  | false
            han-variant         | -   | 張偉        | 张伟        | true
            han-variant         | -   | 张玮        | 张伟        | false
            han-variant         | -   | Anna      | Anna      | false
            han-homophone       | -   | 章玮        | 张伟        | true
            han-homophone       | -   | 单伟        | 丹伟        | false
            han-order           | -   | 伟张        | 张伟        | true
            han-order           | -   | 伟王        | 张伟        | false
            han-shortened       | -   | 阿不都热合曼·买买提 | 阿不都热合曼 | true
            han-shortened       | -   | 张伟        | 张伟民       | false
            han-newborn         | -   | 王芳之女      | 李小雨       | true
            han-newborn         | -   | 王芳之女      | 王芳之子      | false
            han-newborn         | -   | 李小雨       | 李小雪       | false
            """)
    void levels_hold_for_what_they_say(String name, String argument, String one, String other, boolean holds) {
        assertThat(holds(name, argument, one, other)).isEqualTo(holds);
        assertThat(holds(name, argument, other, one)).isEqualTo(holds);
    }

    /** 11010519491231002X and 440524188001010014 are the standard's own examples. */
    @ParameterizedTest
    @CsvSource({
        // an invalid one beside the valid one, one digit, two neighbours: typing errors
        "11010519491231002X, 11010519491231012X, true, false",
        "11010519491231002X, 11010519491321002X, true, false",
        // a valid one that is one digit and the check away is another human
        "11010519491231002X, 110105194912310038, false, true",
        "11010519491231002X, 440524188001010014, false, true",
        "11010519491231002X, 11010519491231002X, true, false",
    })
    void a_slip_in_a_resident_id_is_told_from_another_human(String one, String other, boolean typo, boolean human) {
        assertThat(holds("resident-id-typo", null, one, other)).isEqualTo(typo);
        assertThat(holds("resident-id-other-human", null, one, other)).isEqualTo(human);
    }

    @Test
    void a_passport_is_no_resident_id() {
        assertThat(holds("resident-id-other-human", null, "11010519491231002X/PASSPORT", "440524188001010014/PASSPORT"))
                .isFalse();
        assertThat(holds("resident-id-other-human", null, "11010519491231002X/RESIDENT_ID", "440524188001010014"))
                .isTrue();
    }

    @Test
    void numbers_of_two_kinds_say_nothing_about_each_other() {
        FieldComparator typed = Comparators.level("typed-id", null).comparator();
        Object passport = typed.prepare(new String[] {"E123", "PASSPORT"});
        Object card = typed.prepare(new String[] {"E123", "CARD"});
        assertThat(typed.similarity(passport, card, 1)).isNaN();
        assertThat(typed.similarity(passport, typed.prepare(new String[] {"E123", "PASSPORT"}), 1))
                .isEqualTo(1);
        assertThat(typed.similarity(passport, typed.prepare(new String[] {"E124", "PASSPORT"}), 1))
                .isEqualTo(FieldComparator.UNLIKE);
    }

    @Test
    void lunar_dates_are_those_of_the_almanac() {
        assertThat(LunarCalendar.SHARED.epochDay(2024, 1, 1, false))
                .isEqualTo(LocalDate.of(2024, 2, 10).toEpochDay());
        assertThat(LunarCalendar.SHARED.epochDay(1984, 10, 1, true))
                .isEqualTo(LocalDate.of(1984, 11, 23).toEpochDay());
        assertThat(LunarCalendar.SHARED.epochDay(1984, 11, 25, false))
                .isEqualTo(LocalDate.of(1985, 1, 15).toEpochDay());
        assertThat(LunarCalendar.SHARED.epochDay(2024, 1, 1, true)).isEqualTo(Integer.MIN_VALUE);
        assertThat(LunarCalendar.SHARED.epochDay(2024, 13, 1, false)).isEqualTo(Integer.MIN_VALUE);
        assertThat(LunarCalendar.SHARED.epochDay(1800, 1, 1, false)).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void every_day_has_one_lunar_date() {
        List<Integer> days = new ArrayList<>();
        for (int year = 1850; year <= 2150; year++) {
            for (int month = 1; month <= 12; month++) {
                for (int day = 1; day <= 30; day++) {
                    days.add(LunarCalendar.SHARED.epochDay(year, month, day, false));
                    days.add(LunarCalendar.SHARED.epochDay(year, month, day, true));
                }
            }
        }
        days.removeIf(day -> day == Integer.MIN_VALUE);
        days.sort(null);
        int first = (int) LocalDate.of(1850, 2, 12).toEpochDay();
        assertThat(days)
                .isEqualTo(IntStream.range(first, first + days.size()).boxed().toList());
        assertThat(LocalDate.ofEpochDay(days.get(days.size() - 1)).getYear()).isEqualTo(2151);
    }

    @Test
    void what_a_comparator_cannot_be_given_is_told() {
        assertThat(Comparators.problem("exact", "1")).contains("'exact' takes no value");
        assertThat(Comparators.problem("prefix", "1.5"))
                .contains("'prefix' needs a whole number from 1 to 100, not '1.5'");
        assertThat(Comparators.problem("prefix", "few")).isPresent();
        assertThat(Comparators.problem("same-before", "")).isPresent();
        assertThat(Comparators.problem("jaro-winkler", "0.9")).isEmpty();
        assertThatThrownBy(() -> Comparators.level("jaro", "0.9")).hasMessageContaining("unknown comparator 'jaro'");
    }

    @Test
    void long_texts_are_compared_as_short_ones_are() {
        String text = "x".repeat(40) + "martha" + "y".repeat(40);
        assertThat(holds("jaro-winkler", "0.99", text, text.replace("martha", "marhta")))
                .isTrue();
        assertThat(holds("jaro-winkler", "0.6", text, "z".repeat(86))).isFalse();
    }
}
