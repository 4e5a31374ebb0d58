package cn.kangka.api.dependant;

import static cn.kangka.api.dependant.DependantPolicy.Ground.CONSENT;
import static cn.kangka.api.dependant.DependantPolicy.Ground.MINOR;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DependantPolicyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
    private static final DependantPolicy POLICY = new DependantPolicy(14, 18);

    private static LocalDate turning(int age) {
        return TODAY.minusYears(age);
    }

    @Test
    void a_guardian_decides_for_a_child_even_with_an_account_of_its_own() {
        assertThat(POLICY.ground(turning(11), true, TODAY)).isEqualTo(MINOR);
        assertThat(POLICY.ground(turning(14).plusDays(1), true, TODAY)).isEqualTo(MINOR);
    }

    @Test
    void from_the_fourteenth_birthday_on_who_has_an_account_is_asked() {
        assertThat(POLICY.ground(turning(14), true, TODAY)).isEqualTo(CONSENT);
        assertThat(POLICY.ground(turning(14), false, TODAY)).isEqualTo(MINOR);
        assertThat(POLICY.ground(turning(18).plusDays(1), false, TODAY)).isEqualTo(MINOR);
    }

    @Test
    void from_the_eighteenth_birthday_on_nobody_but_the_person() {
        assertThat(POLICY.ground(turning(18), false, TODAY)).isEqualTo(CONSENT);
        assertThat(POLICY.holds(MINOR, turning(18).plusDays(1), TODAY)).isTrue();
        assertThat(POLICY.holds(MINOR, turning(18), TODAY)).isFalse();
        assertThat(POLICY.holds(CONSENT, turning(60), TODAY)).isTrue();
    }

    @Test
    void without_a_known_birthday_as_for_an_adult() {
        assertThat(POLICY.ground(null, false, TODAY)).isEqualTo(CONSENT);
        assertThat(POLICY.holds(MINOR, null, TODAY)).isFalse();
    }
}
