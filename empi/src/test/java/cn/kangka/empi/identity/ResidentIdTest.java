package cn.kangka.empi.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResidentIdTest {
    @Test
    void knows_the_examples_of_the_standard() {
        assertThat(ResidentId.isValid("11010519491231002X")).isTrue();
        assertThat(ResidentId.isValid("440524188001010014")).isTrue();
        assertThat(ResidentId.isValid("440524188001010015")).isFalse();
        assertThat(ResidentId.birthDate("11010519491231002X")).contains(LocalDate.of(1949, 12, 31));
        assertThat(ResidentId.sex("11010519491231002X")).isEqualTo(Sex.FEMALE);
    }

    @Test
    void a_day_that_never_was_is_not_valid() {
        String body = "11010519490231002";
        assertThat(ResidentId.isValid(body + ResidentId.check(body))).isFalse();
    }

    @Test
    void fifteen_digits_full_width_and_lower_case_become_one_spelling() {
        assertThat(Numbers.document(DocumentType.RESIDENT_ID, "110105491231002").number())
                .isEqualTo("11010519491231002X");
        assertThat(Numbers.document(DocumentType.RESIDENT_ID, " １１０１０５１９４９１２３１００２ｘ")
                        .number())
                .isEqualTo("11010519491231002X");
    }

    @Property
    void one_wrong_digit_is_always_noticed(
            @ForAll @IntRange(max = 999) int sequence,
            @ForAll @IntRange(max = 16) int at,
            @ForAll @IntRange(min = 1, max = 9) int by) {
        String body = "33010219800517" + String.format("%03d", sequence);
        String id = body + ResidentId.check(body);
        char wrong = (char) ('0' + (id.charAt(at) - '0' + by) % 10);
        assertThat(ResidentId.isValid(id)).isTrue();
        assertThat(ResidentId.isValid(id.substring(0, at) + wrong + id.substring(at + 1)))
                .isFalse();
    }
}
