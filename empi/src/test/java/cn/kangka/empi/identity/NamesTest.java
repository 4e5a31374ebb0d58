package cn.kangka.empi.identity;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void chinese_names_have_no_blanks_and_others_do() {
        assertThat(Names.whole("张", "三")).isEqualTo("张三");
        assertThat(Names.whole("张 三", "")).isEqualTo("张三");
        assertThat(Names.whole("JOHNSTON", "ROBERT")).isEqualTo("ROBERT JOHNSTON");
        assertThat(Names.whole("", null)).isNull();
    }

    @Test
    void one_chinese_character_makes_a_chinese_name() {
        assertThat(Names.isHan("Anna")).isFalse();
        assertThat(Names.isHan("Anna王")).isTrue();
    }

    @Property
    void a_tidy_name_stays_as_it_is(@ForAll String name) {
        String tidy = Names.tidy(name);
        assertThat(Names.tidy(tidy)).isEqualTo(tidy);
        assertThat(Names.key(tidy)).isEqualTo(Names.key(name));
    }

    @Test
    void middle_dots_of_minority_names_are_one() {
        assertThat(Names.key("阿卜杜拉•买买提")).isEqualTo(Names.key("阿卜杜拉·买买提"));
        assertThat(Names.key("阿卜杜拉・买买提")).isEqualTo(Names.key("阿卜杜拉 · 买买提"));
    }

    @Test
    void order_and_case_do_not_matter_in_other_names() {
        assertThat(Names.key("Robert JOHNSTON")).isEqualTo(Names.key("johnston, robert"));
    }

    @Test
    void a_child_without_a_name_is_recognised() {
        assertThat(Names.isNewborn("张三之子")).isTrue();
        assertThat(Names.isNewborn("李四之女2")).isTrue();
        assertThat(Names.isNewborn("王之涣")).isFalse();
        assertThat(Names.isNewborn(null)).isFalse();
    }

    @Test
    void phones_lose_country_code_and_punctuation() {
        assertThat(Numbers.phone("+86 138-0013-8000")).contains("13800138000");
        assertThat(Numbers.phone("(0571) 8888 6666")).contains("057188886666");
        assertThat(Numbers.phone("无")).isEmpty();
    }
}
