package cn.kangka.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhonePolicyTest {
    private final PhonePolicy phones = PhonePolicy.of("1[3-9]\\d{9}");

    @ParameterizedTest
    @ValueSource(strings = {"13912345678", "+8613912345678", "0086 139 1234 5678", "86-139-1234-5678", "１３９１２３４５６７８"})
    void one_number_has_one_spelling(String text) {
        assertThat(phones.normal(text)).isEqualTo("13912345678");
    }

    @Test
    void what_is_no_mobile_number_has_none() {
        assertThat(phones.normal("01012345678")).isNull();
        assertThat(phones.normal("139123456789")).isNull();
        assertThat(phones.normal("")).isNull();
    }
}
