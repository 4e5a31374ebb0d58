package cn.kangka.kit.masking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MasksTest {
    @Test
    void a_number_shows_its_first_three_and_last_four_characters() {
        assertThat(Masks.number("13812345678")).isEqualTo("138****5678");
        assertThat(Masks.number("440103199001011234")).isEqualTo("440***********1234");
        assertThat(Masks.number("1234567")).isEqualTo("*******");
        assertThat(Masks.number(null)).isNull();
    }

    @Test
    void a_name_shows_its_first_character() {
        assertThat(Masks.name("张三")).isEqualTo("张*");
        assertThat(Masks.name("欧阳娜娜")).isEqualTo("欧**");
        assertThat(Masks.name("𠮷野")).isEqualTo("𠮷*");
        assertThat(Masks.name("王")).isEqualTo("王*");
    }
}
