package cn.kangka.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class DiscretionPolicyTest {
    private final DiscretionPolicy policy = new DiscretionPolicy(Set.of("code"));

    @Test
    void only_listed_parameters_leave_the_logins_protection() {
        assertThat(policy.allows("code")).isTrue();
        assertThat(policy.allows("department")).isFalse();
    }

    @Test
    void values_are_short_codes_so_that_nothing_is_smuggled() {
        assertThat(policy.allowsValue("123456")).isTrue();
        assertThat(policy.allowsValue("A1b2C3d4E5f6")).isTrue();
        assertThat(policy.allowsValue("A1b2C3d4E5f67")).isFalse();
        assertThat(policy.allowsValue("糖尿病")).isFalse();
        assertThat(policy.allowsValue("")).isFalse();
    }

    @Test
    void a_login_text_shows_its_code_once_and_no_other_number_like_it() {
        String code = DiscretionPolicy.sampleCode();
        assertThat(policy.showsOneCode("验证码 " + code + "，5 分钟内有效")).isTrue();
        assertThat(policy.showsOneCode("验证码")).isFalse();
        assertThat(policy.showsOneCode("验证码 " + code + "9")).isFalse();
        assertThat(policy.showsOneCode(code + " 或 " + code)).isFalse();
        assertThat(policy.showsOneCode("热线 400820882 验证码 " + code)).isFalse();
    }
}
