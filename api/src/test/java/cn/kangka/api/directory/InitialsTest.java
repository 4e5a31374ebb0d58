package cn.kangka.api.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InitialsTest {
    @Test
    void gives_the_pinyin_initials_of_common_characters() {
        assertThat(Initials.of("心血管内科")).isEqualTo("XXGNK");
        assertThat(Initials.of("儿科")).isEqualTo("EK");
        assertThat(Initials.of("第一人民医院")).isEqualTo("DYRMYY");
    }

    @Test
    void keeps_latin_letters_and_digits_and_leaves_rare_characters_out() {
        assertThat(Initials.of("B超 2 室")).isEqualTo("BC2S");
        assertThat(Initials.of("鑫𠮷")).isEmpty();
    }
}
